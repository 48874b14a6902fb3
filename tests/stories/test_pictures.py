"""Thanks as a picture, for whoever gave them: the same story on every platform."""

from __future__ import annotations

from tests.stories.town import Town

KILN = "You sat by the kiln all night so that my bowls would not crack."


async def test_a_giver_keeps_their_thanks_as_a_picture(town: Town) -> None:
    """It comes to them alone, whichever way the platform has for that."""
    ana, bo = town.person("Ana"), town.person("Bo")
    receipt = await ana.types("/shoutout", to=[bo], why=KILN)
    shown = await ana.presses("As a picture", on=receipt)
    picture = await ana.looks_at(shown)

    assert "Yours to keep or to pass on." in shown.text
    assert picture.startswith(b"\x89PNG\r\n")
    assert not await bo.sees(shown)
    assert 1 == len(await town.wall())
