# Points that moderators set right by hand.

adjust =
    .title = Set points right
    .help = Give a member points, or take some, with a reason that they read
    .member = Whose points
    .member-hint = Anybody but yourself
    .amount = How many
    .amount-hint = With a minus in front, they are taken
    .reason = Why
    .reason-hint = The member reads it
take-back =
    .title = Take it back

done = Done
done-give =
    { $count ->
        [one] { $member } has one point more, as of today.
       *[other] { $member } has { $count } points more, as of today.
    }
done-take =
    { $count ->
        [one] { $member } has one point less, as of today.
       *[other] { $member } has { $count } points less, as of today.
    }
reason = { $reason }
told = { $member } is told by direct message, with your reason. That you did it stands in the audit.
untold = { $member } takes no messages from Laurel. That you did it stands in the audit.
undo = Take it back
undone = It counts no more

# What the member reads.
given = You were given points
    .body =
        { $count ->
            [one] A moderator gave you one point on the boards. This is why:
           *[other] A moderator gave you { $count } points on the boards. This is why:
        }
taken = Points were taken
    .body =
        { $count ->
            [one] A moderator took one of your points on the boards. This is why:
           *[other] A moderator took { $count } of your points on the boards. This is why:
        }
ask = If you see it otherwise, ask a moderator.
back = Your points are as they were
given-back =
    { $count ->
        [one] The point that a moderator had given you counts no more.
       *[other] The { $count } points that a moderator had given you count no more.
    }
taken-back =
    { $count ->
        [one] The point that a moderator had taken is yours again.
       *[other] The { $count } points that a moderator had taken are yours again.
    }

refused-own = Your own points are for another moderator to set right.
refused-bot = { $member } is a bot, and stands on no board.
refused-left = { $member } has left, so nothing changes for them.
refused-opted-out = { $member } prefers not to be recognized here, so they have no points.
refused-nothing = Zero points change nothing. Please say how many, with a minus where they are taken.
refused-again = That is done already.
refused-gone = There is no such thing here, or it was taken back already.
