# What Laurel says on Discord alone.

only-in-servers = Here Laurel only brings you news. Please do this in the server that it is about.
unknown-command = This command is from another time and does nothing any more. Type / to see what Laurel can do now.
file-lost = This file could not be fetched from Discord. Please add it again.
event-here = Here, in this server
thread = News from Laurel

## What Laurel asks a server's admin for, in Discord's own words

permission-view-channel = View Channels
    .why = to see the channels that it posts to
permission-send-messages = Send Messages
    .why = to post shoutouts and what you set up
permission-create-public-threads = Create Public Threads
    .why = to keep what belongs together, such as a challenge’s days, under one post
permission-send-messages-in-threads = Send Messages in Threads
    .why = to post into threads and forums: where you choose one, and into its own
permission-attach-files = Attach Files
    .why = to add pictures and files to its posts
permission-read-message-history = Read Message History
    .why = to look, after a bad connection, whether a post arrived, so that none appears twice
permission-pin-messages = Pin Messages
    .why = to keep the calendar at the top of its channel
permission-create-events = Create Events
    .why = to show the calendar among the server’s events; asked for only where that is turned on
