"""Awards, as a community lives with them.

Ada is the admin, Mika moderates, and the others know who should be seen. It is a Friday
in March, two minutes past four.
"""

from __future__ import annotations

import sys
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path

from tests.stories.town import Answer, Person, Town

KILN = "for staying late on Thursday to mend the kiln with me"
GLAZE = "She reads every glaze that goes wrong, and never makes you feel foolish."
ROTA = "He keeps the rota fair, and takes the shift that nobody wants himself."
DOORS = "She opened the workshop to the neighbours, and forty of them came."
APPEAL = "The rota kept the whole winter going. Please look at it once more."
ANSWER = "Both were close; the rota comes first when this is given again."
MORE = "How many was it that she taught this winter?"
TROWEL = "The Golden Trowel"
RESULT = "The Golden Trowel: the committee"
EVERYBODY = ("Ana", "Bo", "Chidi", "Dana", "Farid", "Gil")

VERIFIER = Path(__file__).parents[2] / "bot" / "audit_verify.py"


async def test_a_committee_nobody_chose_decides(town: Town, tmp_path: Path) -> None:
    """From the award to a file that a sceptic can check."""
    ana, bo, dana = town.person("Ana"), town.person("Bo"), town.person("Dana")
    mika = town.person("Mika")
    await _everybody_has_been_seen(town)
    await _a_committee_is_drawn(town)
    await _an_award_is_opened(mika, who="A committee, drawn by lot")

    await _nominates(ana, dana, GLAZE)
    await _nominates(bo, dana, DOORS)
    await _nominates(dana, bo, ROTA)
    await town.settles()
    merged = await _card(town)
    assert DOORS in merged.text
    assert "nominated by 2 people" in merged.text

    closing = await mika.types("/award close", which=TROWEL)
    assert "is closed" in (await mika.presses("Close it now", on=closing)).text
    await town.settles()
    await _everybody_votes(town)
    (result,) = [post for post in await town.wall() if RESULT in post]
    assert "Chosen: @Dana Levi" in result
    assert "Bo Lindqvist" not in result

    await _dana_appeals(town)
    await _the_audit_holds(town, tmp_path)
    assert [] == await town.flaws()


async def test_moderators_decide_once(town: Town) -> None:
    """They ask for more, one of them keeps out of it, and the winner is announced."""
    ada, ana, dana = town.person("Ada"), town.person("Ana"), town.person("Dana")
    mika = town.person("Mika")
    await _an_award_is_opened(mika, who="Moderators")
    assert "Nominations are open" in (await town.wall())[-1]
    oneself = await dana.types("/nominate", who=dana, award=TROWEL, why=GLAZE)
    assert "nominate yourself" in _said(oneself)
    await _nominates(ana, dana, GLAZE)
    await _nominates(ada, dana, DOORS)
    await town.settles()
    await _mika_asks_ana(town)

    card = await _card(town)
    assert f"{GLAZE} Forty." in card.text
    no = await ada.presses("Approve", on=card)
    assert "You nominated them, so others decide this one." in no.text
    await mika.presses("Approve", on=card)
    await town.settles()
    assert "Approve" not in (await _card(town)).buttons
    won = (await town.wall())[-1]
    assert "@Dana Levi" in won
    assert TROWEL in won
    assert "Dana" not in (await town.person("Bo").types("/why")).text
    assert [] == await town.flaws()


async def _card(town: Town) -> Answer:
    """Return what moderators see of Dana, who is nominated."""
    seen = await town.posts("moderators")
    (card,) = [each for each in seen if "@Dana Levi was nominated" in each.text]
    return card


async def _mika_asks_ana(town: Town) -> None:
    ana, mika = town.person("Ana"), town.person("Mika")
    form = await mika.presses("Ask for more", on=await _card(town))
    await mika.fills_in(form, words=MORE)
    await town.settles()
    assert MORE in (await ana.hears())[-1]
    why = f"{GLAZE} Forty."
    again = await ana.types("/nominate", who=town.person("Dana"), award=TROWEL, why=why)
    await ana.presses("Replace what stands", on=again)
    await town.settles()


async def _everybody_has_been_seen(town: Town) -> None:
    people = [town.person(name) for name in EVERYBODY]
    for giver, to in zip(people, [*people[1:], people[0]], strict=True):
        await giver.types("/shoutout", to=[to], why=KILN)
    await town.settles()


async def _a_committee_is_drawn(town: Town) -> None:
    mika = town.person("Mika")
    begun = await mika.types("/committee draw", seats=7, days=30, backups=0)
    assert "The draw has begun" in begun.text
    await town.settles()
    assert "A committee will be drawn" in (await town.wall())[-1]
    await town.waits(minutes=10)
    assert "The committee is drawn" in (await town.wall())[-1]


async def _an_award_is_opened(mika: Person, who: str) -> None:
    sheet = await mika.types("/award create", name=TROWEL)
    form = await mika.presses("Who decides", on=sheet)
    sheet = await mika.fills_in(form, decider=who, winners=1, quorum=2)
    saved = await mika.presses("Save", on=sheet)
    assert "Its rules are version 1." in saved.text
    assert "is open" in (await mika.presses("Open it now", on=saved)).text


async def _nominates(giver: Person, to: Person, why: str) -> None:
    shown = await giver.types("/nominate", who=to, award=TROWEL, why=why)
    if "Nominate" in shown.buttons:
        shown = await giver.presses("Nominate", on=shown)
    assert f"is nominated for {TROWEL}" in shown.text


async def _everybody_votes(town: Town) -> None:
    """Whoever may says yes to Dana and no to Bo; Ana leaves Bo to the others."""
    paper = await town.person("Ana").types("/committee vote")
    assert (
        "One person is left for you to vote about" in paper.text
    )  # she nominated Dana
    look = await town.person("Ana").presses("Bo", on=paper)
    await town.person("Ana").presses("Leave it to others", on=look)
    for name in ("Chidi", "Farid", "Gil"):
        await _votes(town.person(name), "Yes", "No")
    farid = town.person("Farid")
    assert ROTA in (await _votes(farid, "Abstain", "Yes")).text
    await _votes(farid, "Yes", "No")
    assert not [post for post in await town.wall() if RESULT in post]
    await _votes(town.person("Mika"), "Yes", "No")
    await town.settles()


async def _votes(voter: Person, dana: str, bo: str) -> Answer:
    paper = await voter.types("/committee vote")
    look = await voter.presses("Dana", on=paper)
    await voter.presses(dana, on=look)
    look = await voter.presses("Bo", on=await voter.types("/committee vote"))
    await voter.presses(bo, on=look)
    return look


async def _dana_appeals(town: Town) -> None:
    """For Bo; and whoever had a part in the decision leaves the answer to others."""
    ada, dana, mika = town.person("Ada"), town.person("Dana"), town.person("Mika")
    told = await dana.presses("Bo", on=await dana.types("/why"))
    assert "votes went to others" in told.text
    form = await dana.presses("Appeal", on=told)
    await dana.fills_in(form, words=APPEAL)
    await town.settles()

    card = (await town.posts("moderators"))[-1]
    assert APPEAL in card.text
    form = await mika.presses("Let it stand", on=card)  # who voted as well
    refused = await mika.fills_in(form, reason=ANSWER)
    assert "You had a part in this decision" in _said(refused)
    form = await ada.presses("Let it stand", on=card)
    await ada.fills_in(form, reason=ANSWER)
    await town.settles()
    assert ANSWER in (await dana.hears())[-1]


async def _the_audit_holds(town: Town, folder: Path) -> None:
    """Also for who has nothing of Laurel but one file that reads itself in minutes."""
    ada = town.person("Ada")
    handed = await ada.presses("Export the audit", on=await ada.types("/audit"))
    whole = await ada.keeps(handed)
    assert KILN not in whole
    assert "Dana" not in whole

    file = folder / "audit.jsonl"
    file.write_text(whole, "utf-8")
    code, told = await _verified(file)
    assert 0 == code, told
    changed = whole.replace("committees.count", "committees.cheat", 1)
    row = 1 + whole[: whole.index("committees.count")].count("\n")
    file.write_text(changed, "utf-8")
    code, told = await _verified(file)
    assert 0 != code
    assert told.startswith(f"Row {row} was changed"), told


async def _verified(file: Path) -> tuple[int, str]:
    child = await create_subprocess_exec(
        *(sys.executable, str(VERIFIER), str(file)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    told, _ = await child.communicate()
    assert child.returncode is not None
    return child.returncode, told.decode()


def _said(answer: Answer) -> str:
    return " ".join((answer.text, *answer.errors.values()))
