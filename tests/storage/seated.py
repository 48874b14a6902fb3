"""What one member leaves where committees are kept, for what is told about them."""

from __future__ import annotations

from bot.domain.committees import Cast, Choice, Recused, Size
from bot.domain.draws import Pool, draw
from storage import ballots, committees, seats, votes
from storage.awards import round_of
from storage.database import Transaction
from storage.nominations import about_member
from storage.personal import Subject

SEED = "0f" * 16


def put_up(tx: Transaction, subject: Subject) -> None:
    """Have her ask for a draw, have a seat, vote about one and not about another."""
    here, at, her = subject.community, subject.at, subject.member
    size = Size(1, 0, 60)
    pooled = committees.put_pool(tx, here, size, Pool((her.key,)), her.key, at)
    assert pooled is not None
    committee = committees.put_seed(tx, pooled, SEED, at)
    assert committee is not None
    seats.put_drawn(tx, committee, draw(Pool((her.key,)), SEED, size), at)
    assert seats.move_up(tx, committee.id, her.key, at)
    (of_her,) = about_member(tx, here, her.key)
    ballot = ballots.begin(tx, here, round_of(tx, of_her.round), at)
    assert ballot is not None
    assert committee.ends_at is not None
    opened = ballots.open_for(tx, ballot, committee, committee.ends_at)
    assert opened is not None
    row = tx.one(
        "SELECT id FROM candidacies WHERE round = :round AND nominee <> :her",
        round=of_her.round,
        her=her.key,
    )
    assert row is not None
    vote = Cast(row["id"], her.key, Choice.YES, b"a salt of her own")
    assert votes.cast(tx, opened, vote, at)
    assert votes.recuse(tx, opened, of_her.id, her.key, Recused.NOMINEE, at)
