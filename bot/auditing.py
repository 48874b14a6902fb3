"""``laurel audit export``: hands out what was decided, for anybody to verify."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from bot import audit_verify
from bot.domain.community import Community
from bot.exits import BAD_DATABASE, FAILED, OK, complain, unmade
from storage import audit, communities
from storage.audit import Head
from storage.database import Transaction
from storage.file import inspect
from storage.offline import look_into
from storage.whole import whole


def export(path: Path, wanted: str | None, file: Path) -> int:
    """Write an audit into ``file``, which is not there yet; return the exit code.

    Args:
        path: The database.
        wanted: Whose audit, as ``platform:id`` or as the id alone; None where the
            database has one community.
        file: Where to.

    Raises:
        DatabaseFileError: If the database cannot be used.
    """
    if inspect(path):
        words = f"{path} is of an older Laurel. `laurel run` brings it up to date."
        return complain(words, BAD_DATABASE)
    with look_into(path) as tx:
        every = communities.every(tx)
        found = [each for each in every if wanted in (None, *names(each))]
        if len(found) != 1:
            return complain(which(every, wanted, "audit"), FAILED)
        return _write(tx, found[0], file)


def _write(tx: Transaction, community: Community, file: Path) -> int:
    head, name = audit.head(tx, community), names(community)[0]
    if not head.row:
        return complain(f"Nothing was decided in {name} yet; no file is made.", FAILED)
    try:
        with whole(file) as out:
            out.writelines(audit.lines(tx, community))
    except OSError as error:
        return unmade(file, error)
    print(f"Wrote {head.row} rows of {name} to {file}")
    print(f"Digest, which is the hash of row {head.row}: {head.digest}")
    return _check(file, head)


def _check(file: Path, head: Head) -> int:
    """Verify what was written, as whoever gets it will."""
    told = StringIO()
    code = audit_verify.verify([str(file)], [head.digest], told)
    if code == audit_verify.WHOLE:
        print(
            f"Anybody can verify it: laurel audit verify {file} --digest {head.digest}"
        )
        return OK
    words = "This is what the database holds, and somebody changed it past Laurel."
    return complain(f"{told.getvalue()}{words}", FAILED)


def names(community: Community) -> tuple[str, str]:
    """Return what a community may be called, the full name first."""
    ref = community.ref
    return f"{ref.platform}:{ref.id}", ref.id


def which(every: Sequence[Community], wanted: str | None, what: str) -> str:
    """Return what to say where it is not clear whose ``what`` is meant."""
    if not every:
        return "Laurel serves no community yet. Add it to one, and try again then."
    why = f"{wanted} is none of them." if wanted else "There is more than one."
    listed = "\n".join(names(each)[0] for each in every)
    return f"Whose {what}? {why} Give one of these as --community:\n{listed}"
