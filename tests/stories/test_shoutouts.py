"""Shoutouts, as the people of a community live them.

Ana, Bo and their neighbours are members, Mika is a moderator, and Ada is the admin who
set Laurel up. It is a Friday in March, two minutes past four in the afternoon.
"""

from __future__ import annotations

from tests.stories.town import Answer, Town

KILN = "for staying late on Thursday to mend the kiln with me"
ROOF = "for holding the ladder while I swore at the gutter"
SOUP = "for the soup that was there when the meeting ran long"


async def test_a_first_shoutout_and_all_that_can_follow_it(town: Town) -> None:
    """It is given, seen by all, undone, given again, and survives a restart."""
    ana, bo = town.person("Ana"), town.person("Bo")

    receipt = await ana.types("/shoutout", to=[bo], why=KILN)

    assert "Your thanks to @Bo Lindqvist go up in #wall of thanks." in receipt.text
    assert "You can thank 4 more people today." in receipt.text
    (seen,) = await town.wall()
    assert f"@Ana Souza thanks @Bo Lindqvist: “{KILN}”" in seen
    assert "First time @Bo Lindqvist" in seen
    assert await ana.sees(receipt)
    assert not await bo.sees(receipt)

    await town.waits(minutes=9)
    undone = await ana.presses("Undo until 4:12", on=receipt)

    assert "it counts for nobody; you have it to give again" in undone.text
    assert [] == await town.wall()
    assert "Received Not yet" in (await bo.types("/laurel me")).text

    again = await ana.types("/shoutout", to=[bo], why=KILN)
    await _it_survives_a_restart(town, again)


async def _it_survives_a_restart(town: Town, again: Answer) -> None:
    ana, bo = town.person("Ana"), town.person("Bo")
    await town.restarts()

    (seen,) = await town.wall()
    assert KILN in seen
    assert await ana.sees(again)
    mine = (await bo.types("/laurel me")).text
    assert "Received Once" in mine
    assert f"@Ana Souza, Fri, Mar 6: “{KILN}”" in mine

    late = await ana.presses("Undo until", on=again)
    assert "you have it to give again" in late.text
    assert [] == await town.wall()


async def test_undo_ends_and_retracting_begins(town: Town) -> None:
    """After ten minutes the button says what still helps, and what helps does."""
    ana, bo, dana = town.person("Ana"), town.person("Bo"), town.person("Dana")
    receipt = await ana.types("/shoutout", to=[bo], why=KILN)

    await town.waits(minutes=11)
    refused = await ana.presses("Undo", on=receipt)

    assert "Undo works for 10 minutes. /retract still takes it back" in refused.text
    assert 1 == len(await town.wall())

    (post,) = await town.posts()
    form = await dana.chooses("Take shoutout back", on=post)
    refused = await dana.fills_in(form, why="I only wanted to see what this does")
    assert "Only who gave it, who received it or a moderator" in refused.text

    done = await ana.types("/retract", which=KILN[:20], why="It was Chidi")
    assert "Taken back." in done.text
    assert [] == await town.wall()


async def test_three_people_a_value_and_thank_too(town: Town) -> None:
    """One shoutout names three people and a value, and others can join in."""
    ana, bo, ada = town.person("Ana"), town.person("Bo"), town.person("Ada")
    chidi, dana = town.person("Chidi"), town.person("Dana")
    sheet = await ada.types("/laurel setup")
    values = await ada.presses("Values", on=sheet)
    drafted = await ada.fills_in(values, labels="Kindness\nCraft")
    await ada.presses("Save", on=drafted)

    await ana.types("/shoutout", to=[bo, chidi, dana], why=ROOF, value="Craft")

    (seen,) = await town.wall()
    everybody = "@Bo Lindqvist, @Chidi Okafor, and @Dana Levi"
    assert f"A shoutout for {everybody}" in seen
    assert "For Craft" in seen

    (post,) = await town.posts()
    form = await bo.presses("Thank too", on=post)
    receipt = await bo.fills_in(form, why="for doing the half that I could not reach")
    assert "@Bo" not in receipt.text
    board = (await ana.types("/leaderboard")).text
    assert "@Chidi Okafor 2" in board
    assert "@Dana Levi 2" in board
    assert "3 @Bo Lindqvist 1" in board


async def test_every_no_says_why_and_keeps_what_was_typed(town: Town) -> None:
    """A refusal stands beside the field at fault, and what was typed can be mended."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    dana, eva, kiln = town.person("Dana"), town.person("Eva"), town.person("Kiln")

    itself = await ana.types("/shoutout", to=[ana], why=KILN)
    assert "thank yourself here." in itself.errors["to"]
    assert KILN == itself.asks["why"]
    robot = await ana.types("/shoutout", to=[kiln], why=KILN)
    assert "@Kiln Watch is a bot" in robot.errors["to"]
    short = await ana.types("/shoutout", to=[bo], why="thanks")
    assert "Please write at least 20" in short.errors["why"]
    four = await ana.types("/shoutout", to=[bo, chidi, dana, eva], why=KILN)
    assert "up to 3 people" in four.errors["to"]
    assert [] == await town.wall()

    mended = await ana.fills_in(short, why=KILN)
    assert "Your thanks to @Bo Lindqvist" in mended.text


async def test_scarce_thanks_free_when_the_refusal_said(town: Town) -> None:
    """The same two people wait a day; the allowance is new at the giver's midnight."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    dana, eva, gil = town.person("Dana"), town.person("Eva"), town.person("Gil")
    farid, mika = town.person("Farid"), town.person("Mika")
    await ana.types("/shoutout", to=[bo], why=KILN)

    soon = await ana.types("/shoutout", to=[bo], why=ROOF)
    assert "You can again from Sat, Mar 7, 4:02 PM." in soon.errors["to"]
    circle = await bo.types("/shoutout", to=[ana], why=ROOF)
    assert "you can thank them from Sat, Mar 7, 4:02 PM." in circle.errors["to"]

    await ana.types("/shoutout", to=[chidi, dana], why=ROOF)
    many = await ana.types("/shoutout", to=[eva, farid, gil], why=SOUP)
    assert "You can thank 2 more people today." in many.errors["to"]
    await ana.fills_in(many, to=[eva, farid])
    spent = await ana.types("/shoutout", to=[mika], why=SOUP)
    assert "You have thanked 5 people today" in spent.errors["to"]
    assert "You can again from Sat, Mar 7, 12:00 AM." in spent.errors["to"]

    await town.waits(hours=8)
    fresh = await ana.fills_in(spent)
    assert "You can thank 4 more people today." in fresh.text
    still = await ana.types("/shoutout", to=[bo], why=ROOF)
    assert "4:02 PM" in still.errors["to"]

    await town.waits(hours=16)
    assert "Your thanks" in (await ana.fills_in(still)).text


async def test_an_admin_sets_laurel_up(town: Town) -> None:
    """Nothing changes for anybody until the sheet is saved; then it does."""
    ana, ada = town.person("Ana"), town.person("Ada")
    refused = await ana.types("/laurel setup")
    assert "How Laurel works here" not in refused.text
    assert () == refused.buttons

    sheet = await ada.types("/laurel setup")
    limits = await ada.presses("Limits", on=sheet)
    wrong = await ada.fills_in(limits, allowance=2, shortest=50, longest=40)
    assert wrong.errors
    drafted = await ada.fills_in(wrong, longest=400)
    assert "2 people a day" in drafted.text
    places = await ada.presses("Where things are posted", on=drafted)
    drafted = await ada.fills_in(places, wall="#general")
    assert "not saved yet" in drafted.text

    test = await ada.presses("Test post", on=drafted)
    await _nothing_is_different_yet(town, test)

    saved = await ada.presses("Save", on=drafted)
    assert "changes are in force" in saved.text
    await town.restarts()
    await _what_was_saved_holds(town)


async def _nothing_is_different_yet(town: Town, test: Answer) -> None:
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    dana = town.person("Dana")
    assert "how a shoutout will look in #general" in test.text
    assert not await bo.sees(test)
    await ana.types("/shoutout", to=[bo, chidi, dana], why=KILN)
    assert 1 == len(await town.wall())


async def _what_was_saved_holds(town: Town) -> None:
    bo, dana, ada = town.person("Bo"), town.person("Dana"), town.person("Ada")
    why = "for the new shelves, which carry more than their own weight"
    many = await bo.types("/shoutout", to=[ada, dana, town.person("Gil")], why=why)
    assert "You can thank 2 more people today." in many.errors["to"]
    short = await bo.types("/shoutout", to=[ada], why=KILN[:45])
    assert "Please write at least 50" in short.errors["why"]
    done = await bo.fills_in(many, to=[ada, dana])
    assert "go up in #general" in done.text
    assert 1 == len(await town.wall())
    assert why in (await town.posts("general"))[-1].text


async def test_two_admins_do_not_overwrite_each_other(town: Town) -> None:
    """Who saves second is told who was faster, and begins anew."""
    ada = town.person("Ada")
    first = await ada.types("/laurel setup")
    second = await ada.types("/laurel setup")
    values = await ada.presses("Values", on=first)
    first = await ada.fills_in(values, labels="Kindness")
    values = await ada.presses("Values", on=second)
    second = await ada.fills_in(values, labels="Speed")
    await ada.presses("Save", on=first)

    late = await ada.presses("Save", on=second)

    assert "@Ada Bright saved other settings" in late.text
    fresh = await ada.presses("Start anew", on=late)
    assert "Values Kindness" in fresh.text


async def test_privacy_holds_for_what_is_still_waiting(town: Town) -> None:
    """Who asks not to be named is left out of a post that could not go out yet."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    mika = town.person("Mika")
    await town.deletes("wall")
    await ana.types("/shoutout", to=[bo, chidi], why=ROOF)
    await town.person("Dana").types("/shoutout", to=[bo], why=SOUP)

    card = await bo.types("/laurel privacy")
    chosen = await bo.presses("Private", on=card)
    assert "told to you alone, counted nowhere" in chosen.text

    await town.opens("wall")
    await _everything_is_tried_again(town)

    (seen,) = await town.wall()
    assert f"@Ana Souza thanks @Chidi Okafor: “{ROOF}”" in seen
    assert "Bo" not in seen
    receipt = await mika.types("/shoutout", to=[bo], why=KILN)
    assert "will hear of it by direct message, and nobody else" in receipt.text
    assert 1 == len(await town.wall())
    assert KILN in (await bo.hears())[-1]


async def test_who_wants_no_recognition_gets_none(town: Town) -> None:
    """Level none is a no to givers, and the choice survives a restart."""
    ana, bo = town.person("Ana"), town.person("Bo")
    card = await bo.types("/laurel privacy")
    await bo.presses("None", on=card)
    await town.restarts()

    refused = await ana.types("/shoutout", to=[bo], why=KILN)

    assert "@Bo Lindqvist prefers not to be recognized here." in refused.errors["to"]
    assert [] == await town.wall()
    assert [] == await bo.hears()


async def test_private_praise_reaches_one_person_alone(town: Town) -> None:
    """It comes by direct message, in the reader's language, and counts nowhere."""
    ana, eva = town.person("Ana"), town.person("Eva")
    assert "Recibidos" in (await eva.types("/laurel me")).text

    receipt = await ana.types("/shoutout", to=[eva], why=SOUP, private=True)

    assert "will hear of it by direct message, and nobody else" in receipt.text
    assert [] == await town.wall()
    (note,) = await eva.hears()
    assert f"@Ana Souza te da las gracias «{SOUP}»" in note
    assert [] == await ana.hears()
    assert "@Eva Ruiz" not in (await ana.types("/leaderboard")).text


async def test_a_moderator_takes_a_shoutout_back(town: Town) -> None:
    """From the message's menu, with a reason that nobody else is shown."""
    ana, bo, mika = town.person("Ana"), town.person("Bo"), town.person("Mika")
    await ana.types("/shoutout", to=[bo], why="for buying my vote with biscuits again")
    (post,) = await town.posts()

    form = await mika.chooses("Take shoutout back", on=post)
    later = await mika.chooses("Take shoutout back", on=post)
    assert "@Bo Lindqvist" in form.asks["which"]
    done = await mika.fills_in(form, why="Votes are not for sale")

    assert "Taken back." in done.text
    assert [] == await town.wall()
    assert "Given Not yet" in (await ana.types("/laurel me")).text
    refused = await mika.fills_in(later, why="Votes are not for sale")
    assert "It was taken back already." in refused.text
    shown = [
        post.text for room in ("wall", "general") for post in await ana.reads(room)
    ]
    assert not [text for text in shown if "not for sale" in text]


async def test_a_message_is_shouted_out_from_its_menu(town: Town) -> None:
    """The form knows who wrote it and what they said."""
    ana, bo = town.person("Ana"), town.person("Bo")
    message = await bo.writes("The bandsaw runs true again, and the dust port fits")

    form = await ana.chooses("Shout out this message", on=message)
    assert "The bandsaw runs true again" in form.asks["why"]
    await ana.fills_in(form)

    (seen,) = await town.wall()
    assert "A shoutout for @Bo Lindqvist" in seen
    assert "The bandsaw runs true again, and the dust port fits" in seen


async def test_a_preview_before_anybody_sees_it(town: Town) -> None:
    """Who wants one posts it, edits it or drops it; nobody else notices."""
    ana, bo = town.person("Ana"), town.person("Bo")
    page = await ana.types("/laurel me")
    await ana.presses("Show me a preview first", on=page)

    preview = await ana.types("/shoutout", to=[bo], why=KILN)
    assert "This is how it will look" in preview.text
    assert [] == await town.wall()
    form = await ana.presses("Edit", on=preview)
    assert KILN == form.asks["why"]
    preview = await ana.fills_in(form, why=ROOF)
    dropped = await ana.presses("Drop it", on=preview)
    assert "Nobody saw it" in dropped.text

    preview = await ana.types("/shoutout", to=[bo], why=SOUP)
    await town.restarts()
    receipt = await ana.presses("Post it", on=preview)

    assert "Your thanks to @Bo Lindqvist" in receipt.text
    (seen,) = await town.wall()
    assert SOUP in seen


async def test_help_says_what_one_may_do(town: Town) -> None:
    """Members, moderators and admins each read of their own commands."""
    texts = {name: await _help_of(town, name) for name in ("Ana", "Mika", "Ada")}

    assert all("/shoutout Thank up to three people" in each for each in texts.values())
    assert {"Mika", "Ada"} == {
        n for n, t in texts.items() if "/laurel undelivered" in t
    }
    assert {"Ada"} == {n for n, t in texts.items() if "/laurel setup" in t}


async def _help_of(town: Town, name: str) -> str:
    """Return all that help says to somebody, page after page."""
    reader = town.person(name)
    page = await reader.types("/laurel help")
    said = page.text
    while "Next" in page.buttons:
        page = await reader.presses("Next", on=page)
        said += page.text
    return said


async def test_what_could_not_be_posted_is_seen_and_tried_again(town: Town) -> None:
    """Moderators hear of it once; when the room is back, the thanks go out."""
    ana, bo, mika = town.person("Ana"), town.person("Bo"), town.person("Mika")
    await town.deletes("wall")
    await ana.types("/shoutout", to=[bo], why=KILN)
    await town.person("Dana").types("/shoutout", to=[bo], why=SOUP)

    told = [post.text for post in await town.posts("moderators")]
    (note,) = [text for text in told if "could not be delivered" in text]
    assert "A message could not be delivered: #" in note
    assert "The channel is gone." in note
    listed = await mika.types("/laurel undelivered")
    assert "2 messages are set aside." in listed.text
    assert "The channel is gone." in listed.text

    await town.restarts()
    await town.opens("wall")
    await _everything_is_tried_again(town)

    assert [KILN, SOUP] == [
        each for post in await town.wall() for each in (KILN, SOUP) if each in post
    ]
    assert (
        "Every message was delivered." in (await mika.types("/laurel undelivered")).text
    )


async def test_a_member_leaves_with_their_data(town: Town) -> None:
    """Everything kept about them goes with them; what others got still counts."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    await ana.types("/shoutout", to=[bo], why=KILN)
    await bo.types("/shoutout", to=[chidi], why=ROOF)

    card = await bo.types("/laurel privacy")
    handed = await bo.presses("Export my data", on=card)
    kept = await bo.keeps(handed)
    assert KILN in kept
    assert ROOF in kept
    assert not await ana.sees(handed)

    form = await bo.presses("Erase my data", on=card)
    wrong = await bo.fills_in(form, word="yes please")
    assert "Nothing was erased." in wrong.errors["word"]
    erased = await bo.fills_in(wrong, word="ERASE")
    assert "Your name, your words and the thanks written to you are gone" in erased.text

    assert [] == await town.wall()
    his = (await chidi.types("/laurel me")).text
    assert "Received Once" in his
    assert ROOF not in his
    assert "Bo" not in (await ana.types("/leaderboard")).text
    await town.restarts()
    assert "Received Not yet" in (await bo.types("/laurel me")).text


async def _everything_is_tried_again(town: Town) -> None:
    """Have the moderator try the oldest message that is set aside, until none is."""
    mika = town.person("Mika")
    listed = await mika.types("/laurel undelivered")
    for _ in listed.buttons:
        listed = await mika.types("/laurel undelivered")
        if listed.buttons:
            await mika.presses(listed.buttons[0], on=listed)
