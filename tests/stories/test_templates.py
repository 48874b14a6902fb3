"""A community finds words of its own, as its moderators live it.

Mika is a moderator, and Ada the admin who set Laurel up.
"""

from __future__ import annotations

from tests.stories.town import Town

KILN = "for staying late on Thursday to mend the kiln with me"
ROOF = "for holding the ladder while I swore at the gutter"

WRONG = "Hooray for {{ receiver }}\n{{ giver }} saw it: {{ reason|upper }}"
OURS = "Hooray for {{ receivers }}! {{ giver }} saw it: {{ reason }}"


async def test_a_moderator_puts_shoutouts_into_other_words(town: Town) -> None:
    """They hear what is wrong, mend it, see the last real one, save, and go back."""
    ana, bo, dana = town.person("Ana"), town.person("Bo"), town.person("Dana")
    mika = town.person("Mika")
    await ana.types("/shoutout", to=[bo], why=KILN)

    listed = await mika.types("/template edit")
    assert "In Laurel\u2019s own words." in listed.text
    form = await mika.presses("Shoutouts", on=listed)
    assert "{{ giver }} thanks {{ receivers }}: “{{ reason }}”" == form.asks["source"]
    told = await mika.fills_in(form, source=WRONG)
    assert "Did you mean receivers?" in told.text
    assert "Line 2: “upper” can\u2019t stand behind a bar" in told.text
    assert ("Edit again", "Drop") == told.buttons

    again = await mika.presses("Edit again", on=told)
    assert WRONG == again.asks["source"]
    shown = await mika.fills_in(again, source=OURS)
    assert f"Hooray for @Bo Lindqvist! @Ana Souza saw it: {KILN}" in shown.text
    await town.restarts()
    saved = await mika.presses("Save", on=shown)
    assert "Saved." in saved.text

    await town.waits(minutes=1)
    await bo.types("/shoutout", to=[dana], why=ROOF)
    before, after = await town.wall()
    assert f"@Ana Souza thanks @Bo Lindqvist: “{KILN}”" in before
    assert f"Hooray for @Dana Levi! @Bo Lindqvist saw it: {ROOF}" in after
    await _and_back(town)


async def _and_back(town: Town) -> None:
    chidi, eva, mika = town.person("Chidi"), town.person("Eva"), town.person("Mika")
    looked = await mika.types("/template preview", which="Shoutouts")
    assert f"saw it: {ROOF}" in looked.text
    assert f"saw it: {KILN}" in looked.text
    asked = await mika.types("/template reset", which="Shoutouts")
    assert f"thanks @Dana Levi: “{ROOF}”" in asked.text
    done = await mika.presses("Use Laurel\u2019s own words", on=asked)
    assert "in its own words" in done.text
    await town.waits(minutes=1)
    await chidi.types("/shoutout", to=[eva], why=KILN)
    assert "@Chidi Okafor thanks @Eva" in (await town.wall())[-1]

    earlier = await mika.types("/template reset", which="Shoutouts")
    form = await mika.presses("No. 1", on=earlier)
    assert OURS == form.asks["source"]


async def test_the_second_of_two_moderators_is_told(town: Town) -> None:
    """What they wrote waits until they have seen what the other one saved."""
    mika, ada = town.person("Mika"), town.person("Ada")
    shown = {}
    for who, words in ((mika, "First"), (ada, "Second")):
        listed = await who.types("/template edit")
        form = await who.presses("Shoutouts", on=listed)
        shown[who.name] = await who.fills_in(form, source=f"{words}! {OURS}")
    await mika.presses("Save", on=shown[mika.name])
    late = await ada.presses("Save", on=shown[ada.name])

    assert "saved other words" in late.text
    assert "@Mika" in late.text
    mine = await ada.presses("Go on with mine", on=late)
    assert "Second! Hooray for @Ada" in mine.text
    await ada.presses("Drop", on=mine)
    looked = await mika.types("/template preview", which="Shoutouts")
    assert "First! Hooray for @Mika" in looked.text
