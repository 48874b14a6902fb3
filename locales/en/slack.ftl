# What Laurel says on Slack alone.

## Round a form

title = Laurel
cancel = Cancel
close = Close
loading = One moment, your form is on its way.

## What the app says of itself where Slack lists it

about = Thanks that are seen, kept and celebrated.
    .more = Laurel is for communities that thank each other. Say in one line who helped you and how, and it goes up on the wall for everybody to see. Leaderboards, a page of your own with what you received, and settings that an admin changes in chat come with it. It reads nobody’s messages, and everybody can see, take along or delete what it keeps of them.
group-laurel = Your own page, your privacy, help, and how Laurel is set up here
group-template = What Laurel posts, in your community’s own words

## Answers

directly = direct messages
gone = deleted-channel
answered = Done. The answer is in the channel that you came from.
answered-directly = Done. The answer is in your messages with Laurel.
not-installed = Laurel is not installed in this workspace, or not any more, so nothing was done. Whoever looks after its apps can install it again.
unknown-command = This command is from another time and does nothing any more. Type { $help } to see what Laurel can do now.
unknown-word = This is not something that Laurel knows. Try one of these: { $commands }
file-lost = This file could not be fetched from Slack. Please add it again.
file-sent = Here is { $names }.
file-unsent = Laurel brings files as direct messages, and could not write to you. Please let apps write to you, then ask again: { $names }

## Home

home-doing = What you can do
home-running = Looking after Laurel
home-command = { $command }
