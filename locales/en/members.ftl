# A member's own page, which nobody else sees.

me =
    .title = Me
    .help = Your thanks, your allowance and your time zone, for your eyes only

mine = You and your thanks
received = Received
given = Given
in-private = Received in private
times =
    { $count ->
        [0] Not yet
        [one] Once
       *[other] { $count } times
    }
allowance = Left to give
    .left =
        { $count ->
            [0] Nobody more today. A new day begins { $renews }.
           *[other] { $count } of { $most } people today. A new day begins { $renews }.
        }
own-zone = Your time zone
    .own = { $zone }
    .community = { $zone }, as for the whole community
    .changing = { $zone }; { $coming } from { $at }
own-quiet = Your quiet hours
    .none = None, so Laurel writes to you at any time
    .of = { $since } to { $until }
own-previews = Preview before posting
    .on = On: you see a shoutout before anybody else does
    .off = Off: a shoutout is posted at once

last = Your latest thanks
no-thanks = Nothing yet. The first one often comes after you give one: try /shoutout.
thanks =
    .public = { $giver }, { $on }: “{ $reason }”
    .private = { $giver }, { $on }, just between you two: “{ $reason }”
    .words-erased = { $giver }, { $on }. The words are no longer kept, but the thanks still count.
    .giver-erased = { $on }, from somebody whose name and words are no longer kept. The thanks still count.

change-zone = Change my time zone
change-quiet = Quiet hours
quiet =
    .title = Your quiet hours
    .since = From
    .since-hint = What Laurel would write to you waits for their end. Empty: none
    .until = Until
    .until-hint = On your own clock; it may be the next morning
turn-previews =
    .on = Show me a preview first
    .off = Post without a preview
zone =
    .title = Your time zone
    .zone = Time zone
    .zone-hint = Type a city or pick one; it counts from the later of the two midnights
    .city = Not in the list?
    .city-hint = A large city in your time zone, such as Kathmandu
previews =
    .title = Preview

change-about = What I do
own-about = What you do
    .none = Nothing is said yet. A line can stand beside thanks to you.
    .line = { $line }
    .linked = { $line } ({ $link })
about =
    .title = What I do
    .line = One line
    .line-hint = Stands beside thanks to you, such as: Letterpress cards, made to order
    .link = Address
    .link-hint = Shown as text, such as example.org/cards
refused-link = Please write an address as it stands in a browser, such as example.org/cards.
refused-link-alone = Please say in a line what is to be found at the address.
