# What a chat platform itself writes around a message, for its rendering in the playground.

author = Laurel
app = App
edited = (edited)
only-you = Only you can see this
nobody = unknown-user
choose = Make a selection
picture = Picture
unknown-part = A part that cannot be drawn here (type { $kind })

## Slack alone

only-visible = Only visible to you
yesterday = yesterday
today = today
tomorrow = tomorrow
