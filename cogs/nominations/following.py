"""Nominations follow what happens to people: whoever hides, leaves or is erased."""

from __future__ import annotations

from bot.chat import wire
from bot.domain.community import Community
from bot.domain.nominations import HIDING, Candidacy, State
from cogs.nominations import cards
from storage import audit, awards, communities, members, nominations, outbox
from storage.activity import Activity
from storage.audit import Entry
from storage.database import Transaction
from storage.nominations import By

WITHDRAWN = "nominations.withdrawn"


def hidden(tx: Transaction, entry: Activity) -> None:
    """Withdraw those who are not to be named in public any more, if it is still so."""
    community = communities.by_id(tx, entry.community)
    nominee = members.by_key(tx, community, entry.fact.actor, entry.at)
    if nominee is None or nominee.privacy.level in HIDING:
        _withdraw_nominee(tx, community, entry)


def left(tx: Transaction, entry: Activity) -> None:
    """Withdraw who is gone. What they said of others stands."""
    community = communities.by_id(tx, entry.community)
    nominee = members.by_key(tx, community, entry.fact.actor, entry.at)
    if nominee is None or not nominee.here:
        _withdraw_nominee(tx, community, entry)


def erased(tx: Transaction, entry: Activity) -> None:
    """Withdraw who is erased, and what they said of others.

    A candidacy stays where somebody else stands behind it.
    """
    community = communities.by_id(tx, entry.community)
    _withdraw_nominee(tx, community, entry)
    key = entry.fact.actor
    by = By(key, entry.fact.source)
    for each in nominations.by_member(tx, community, key):
        nominations.withdraw(tx, community, each.id, by, entry.at)


def _withdraw_nominee(tx: Transaction, community: Community, entry: Activity) -> None:
    by = By(None, entry.fact.source)
    for each in nominations.about_member(tx, community, entry.fact.actor):
        if not nominations.settle(
            tx, community, each.id, State.WITHDRAWN, entry.at, by
        ):
            continue
        record = Entry(None, WITHDRAWN, f"candidacies:{each.id}")
        audit.add(tx, community, record, entry.at)
        _tell(tx, community, each, entry)


def _tell(
    tx: Transaction, community: Community, candidacy: Candidacy, entry: Activity
) -> None:
    """Tell whoever nominated somebody that it is over, and not their doing."""
    award = awards.get(tx, community, candidacy.award)
    nominee = members.by_key(tx, community, candidacy.nominee, entry.at)
    if award is None:
        return
    body = wire.encode(cards.over(award, nominee.ref if nominee else None))
    for said in candidacy.nominations:
        nominator = members.by_key(tx, community, said.nominator, entry.at)
        if nominator is None or not (nominator.here and nominator.privacy.takes_dms):
            continue
        named = (nominator.key, *([nominee.key] if nominee else []))
        note = outbox.Parcel(
            to=nominator.ref,
            key=f"nominations:over:{said.id}",
            body=body,
            names=named,
            call=entry.fact.source,
        )
        outbox.put(tx, community, note, entry.at)
