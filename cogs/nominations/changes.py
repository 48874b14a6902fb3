"""How a nomination is drafted, changed and taken back: units of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.clip import clip
from bot.chat.responses import Call
from bot.domain import evidence
from bot.domain.awards import Award, Standard
from bot.domain.errors import RuleError
from bot.domain.nominations import MAX_WHY_CHARS, Candidacy, Nomination
from bot.domain.people import Person
from bot.domain.words import clean
from cogs.nominations import drafting, mine, rules, service
from cogs.nominations.drafting import Draft, Owner, Sheet
from cogs.nominations.service import Receipt
from storage import drafts, members, nominations
from storage.database import Transaction
from storage.nominations import By


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a member writes and ticks on the form of a draft.

    Attributes:
        links: Addresses with anything between them.

        met: What is ticked, as the form's values.
    """

    why: str
    links: str
    met: tuple[str, ...]


def drafted(tx: Transaction, call: Call, name: str) -> Draft:
    """Return what a draft holds.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    held = drafts.of_actor(tx, call, name, drafting.KIND)
    return drafting.get(tx, Owner(held.community, held.owner, call.at), name)


def asked_in(tx: Transaction, call: Call, name: str) -> Standard:
    """Return what the award of a draft asks for.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    held = drafts.of_actor(tx, call, name, drafting.KIND)
    owner = Owner(held.community, held.owner, call.at)
    return _sheet(tx, owner, name).standard


def quoted(tx: Transaction, call: Call) -> tuple[Award | None, Mapping[str, object]]:
    """Return answers to a form that nominate whoever wrote a message, for it.

    Beside them the award, where there is but one.

    Raises:
        RuleError: If they cannot be nominated, or nobody can for anything.
    """
    target = call.target
    if target is None:
        raise RuleError("common.unknown-button")
    if target.author.ref == call.actor.ref:
        raise RuleError("nominations.refused-self")
    if target.author.bot:
        raise RuleError("nominations.refused-bot", member=target.author.ref)
    if not mine.open_awards(tx, call):
        raise RuleError("nominations.refused-none-open")
    words = clip(clean(target.text, multiline=True), MAX_WHY_CHARS // 2)
    answers: dict[str, object] = {"who": target.author, "why": f"“{words}”"}
    # Where the platform runs on this very machine, its links lead nowhere else.
    if target.link and evidence.is_link(target.link):
        answers["links"] = target.link
    return mine.only_open(tx, call), answers


def reword(tx: Transaction, call: Call, name: str, wrote: Wrote) -> Sheet:
    """Have a draft say something else.

    Raises:
        RuleError: If it is gone, an address is not to be followed, or something is
            ticked that is not there.
    """
    owner = service.owner_of(tx, call)
    shown = _sheet(tx, owner, name)
    checked = evidence.links_in(wrote.links)
    met = service.places_of(shown.standard, wrote.met)
    draft = replace(shown.draft, why=wrote.why, links=checked, met=met)
    return _kept(tx, owner, replace(shown, draft=draft))


def drop(tx: Transaction, call: Call, name: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafting.end(tx, service.owner_of(tx, call), name)


def change(tx: Transaction, call: Call, candidacy: int) -> Sheet:
    """Draft what the actor said of somebody anew.

    Raises:
        RuleError: If nothing of theirs stands, or it cannot be changed by now.
    """
    owner = service.owner_of(tx, call)
    found, said = _mine(tx, owner, candidacy)
    nominee = members.by_key(tx, owner.community, found.nominee, call.at)
    if nominee is None or said.words is None:
        raise RuleError("nominations.refused-gone")
    draft = Draft(
        who=Person(nominee.ref, nominee.name),
        award=found.award,
        round=found.round,
        why=said.words,
        links=said.links,
        met=said.met,
        amends=said.id,
        candidacy=candidacy,
    )
    name = drafting.put(tx, owner, draft)
    return service.sheet(tx, owner, name, draft)


def standing(tx: Transaction, call: Call, candidacy: int) -> Receipt:
    """Return what the actor should know before they take a nomination back.

    Raises:
        RuleError: If nothing of theirs stands, or it cannot be taken back by now.
    """
    owner = service.owner_of(tx, call)
    _mine(tx, owner, candidacy)
    return service.receipt(tx, owner, candidacy)


def withdraw(tx: Transaction, call: Call, candidacy: int) -> Receipt:
    """Take back what the actor said of somebody.

    Raises:
        RuleError: If nothing of theirs stands, or it cannot be taken back by now.
    """
    owner = service.owner_of(tx, call)
    _mine(tx, owner, candidacy)
    by = By(owner.member.key, call.id)
    nominations.withdraw(tx, owner.community, candidacy, by, call.at)
    return service.receipt(tx, owner, candidacy)


def _mine(
    tx: Transaction, owner: Owner, candidacy: int
) -> tuple[Candidacy, Nomination]:
    """Return what the actor said of somebody, if they can still change it."""
    found = nominations.get(tx, owner.community, candidacy)
    said = found.by(owner.member.key) if found else None
    if found is None or said is None:
        raise RuleError("nominations.refused-gone")
    award = service.award_of(tx, owner.community, found.award)
    if not rules.is_changeable(found, award, owner.at):
        raise RuleError("nominations.refused-settled")
    return found, said


def _sheet(tx: Transaction, owner: Owner, name: str) -> Sheet:
    return service.sheet(tx, owner, name, drafting.get(tx, owner, name))


def _kept(tx: Transaction, owner: Owner, shown: Sheet) -> Sheet:
    drafting.put(tx, owner, shown.draft, shown.id)
    return shown
