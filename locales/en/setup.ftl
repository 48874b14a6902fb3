# The sheet on which admins choose how Laurel works in their community.

setup =
    .title = Set up Laurel
    .help = Choose where shoutouts go, the language, the values and the limits
places = Where things are posted
    .title = Where things go
    .wall = Wall
    .wall-hint = Where shoutouts are posted. Empty: wherever they are given
    .moderators = Moderators’ channel
    .moderators-hint = Where moderators hear of what needs them. Empty: nowhere
language = Language and time zone
    .title = Language and time zone
    .tongue = Language of public posts
    .tongue-hint = Private answers come in each member’s own language
    .zone = Time zone
    .zone-hint = When a day begins, unless a member chooses their own in /laurel me
    .city = Or the name of a city
    .city-hint = If your zone is not on the list: a large city that is in it
values = Values
    .title = Values
    .labels = Values, one on each line
    .labels-hint = Up to ten, each up to 40 characters. Empty: no values
limits = Limits
    .title = Limits
    .allowance = People one member can thank in a day
    .allowance-hint = 1 to 100
    .cooldown = Hours between the same two people
    .cooldown-hint = 0 to 720, in both directions. 0: no wait
    .undo = Minutes in which a shoutout can be undone
    .undo-hint = 0 to 1440. 0: no undo
    .shortest = Shortest reason, in characters
    .shortest-hint = 1 to 500
    .longest = Longest reason, in characters
    .longest-hint = 1 to 500

sheet = How Laurel works here
    .intro = Change what you like and save it at the end. Until then, nothing is different for anybody.

wall = Wall
wall-open = Wherever a shoutout is given
moderators = Moderators’ channel
moderators-open = None, so nobody is told
place = { $channel }
posts-in = Public posts
# The name that a language has for itself; each one stands here in its own words.
language-name =
    { $tag ->
        [en] English
        [es] Español
       *[other] { $tag }
    }
zone = Time zone
zone-name = { $zone }
values-listed = { $values }
no-values = None
allowance = Allowance
allowance-of =
    { $count ->
        [one] One person a day
       *[other] { $count } people a day
    }
cooldown = Same two people
cooldown-of =
    { $hours ->
        [0] As often as they like
        [one] One hour apart
       *[other] { $hours } hours apart
    }
undo = Undo
undo-of =
    { $minutes ->
        [0] Off
        [one] For one minute
       *[other] For { $minutes } minutes
    }
reason = Reason
reason-of = { $least } to { $most } characters

test-post = Test post
tested = A test post
    .wall = This is how a shoutout will look in { $wall }. Only you can see this one, and it counts for nobody.
    .no-wall = No wall is chosen, so a shoutout will stand wherever it is given. If everyone should find them in one place, choose a wall. Only you can see this one, and it counts for nobody.
    .no-moderators = No moderators’ channel is chosen, so nobody is told when something can’t be delivered.
# What the test post is for, in the language of public posts.
sample = for setting up Laurel with care, so that good work here is seen from now on

saved =
    { $count ->
        [0] Nothing was different, so all is as it was
        [one] Saved: one change is in force
       *[other] Saved: { $count } changes are in force
    }
    .footer = This is what holds now, for everyone.
cancelled = Dropped. Everything is as it was.
overtaken = The settings were changed after you opened this, so yours were not saved over them. Start anew to see what holds now.
overtaken-by = { $member } saved other settings { $when }, after you opened this, so yours were not saved over them. Start anew to see what holds now.
restart = Start anew

refused-channel = This channel is not in this community. Please pick one from the list.
refused-values = These are { $count } values, and { $most } is the most. Fewer are easier to choose from, too.
refused-value-long = “{ $value }” has { $count } characters, and { $most } is the most. A word or two will do.
refused-reasons = The shortest reason can’t be longer than the longest: these are { $least } and { $most } characters.

roles = Allowance by role
    .title = Allowance by role
    .role = Role
    .role-hint = Whoever holds several has the most of them
    .allowance = People a day
    .allowance-hint = Leave it empty for as many as everybody
role-allowance = { $role } { $count }
roles-listed = { $roles }
no-roles = The same for everybody
refused-roles = Up to { $most } roles can have an allowance of their own. To free one, leave its number empty.
refused-role = This role is from another community. Please pick one of yours.

recaps = Recaps
    .title = Recaps
    .often = How often
    .often-hint = Moderators see each one a day before it is posted
    .often-off = Not at all
    .often-weekly = Every week
    .often-both = Every week, and every month
    .weekday = Day
    .weekday-hint = The monthly one comes on the first such day of a month
    .weekday-0 = Monday
    .weekday-1 = Tuesday
    .weekday-2 = Wednesday
    .weekday-3 = Thursday
    .weekday-4 = Friday
    .weekday-5 = Saturday
    .weekday-6 = Sunday
    .at = Time
    .at-hint = In the community’s time zone
recaps-off = None
recaps-weekly = { $day } at { $time }, every week
recaps-both = { $day } at { $time }, every week, and on the first one of each month about the month before
recaps-no-wall = Once a wall is chosen
weekday-name =
    { $day ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }

# What whoever brought Laurel to a community is told first.
welcome = Laurel is here
    .body = Thank you for bringing Laurel to { $name }. From now on, people there can thank each other with /shoutout, wherever they talk.
    .next = One thing is worth doing first: /laurel setup. It takes two minutes and asks where thanks are posted, in which language, and in which time zone. All of it can be changed at any time.
    .help = /laurel help says what else there is.
back = Laurel is back
    .body = Everything in { $name } is as it was: thanks, boards and settings.
    .next = /laurel setup shows what is set, should anything be different by now.
lost-wall = The channel where shoutouts are posted was deleted.
    .next = Choose another one in /laurel setup. Until then, shoutouts are kept and counted; they are posted there once it is chosen.

quiet = Quiet hours
    .title = Quiet hours
    .since = From
    .since-hint = What the calendar says waits for their end. Empty: no quiet hours
    .until = To
    .until-hint = In the community’s time zone; may be the next morning
quiet-none = None, so all is said when it is due
quiet-of = { $since } to { $until }

patience = What waits for a decision
    .title = What waits
    .remind = Days until moderators are reminded
    .remind-hint = 1 to 30. It is for nominations and appeals
    .escalate = Days until admins are asked to step in
    .escalate-hint = 2 to 60, and more than the first
patience-of =
    { $remind ->
        [one] Moderators are reminded after one day, and admins asked after { $escalate }
       *[other] Moderators are reminded after { $remind } days, and admins asked after { $escalate }
    }
refused-patience =
    { $days ->
        [one] Moderators would be reminded after one day, so admins can be asked after two at the earliest.
       *[other] Moderators would be reminded after { $days } days, so admins can only be asked later than that.
    }
