"""The process that counts: asked once over its standard input, and gone after that."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from resource import RLIMIT_CPU, RLIMIT_DATA, setrlimit

from bot.domain import fairness as rules
from bot.domain.fairness import Report
from bot.fairness import told
from bot.fairness.told import Question
from storage import fairness
from storage.offline import look_into

MAX_BYTES = 300_000_000
"""Of memory of its own; beyond, the process fails and the machine does not."""

MAX_CPU_S = 20
"""Should nobody be left to end it."""

_MODESTY = 5
"""By how much everybody else on the machine goes first."""


def count(question: Question) -> Report:
    """Return what there is to say; the file is read in one snapshot and let go."""
    community, until = question.community, question.until
    with look_into(question.path) as tx:
        met = fairness.met(tx, community, until)
        queue = fairness.queue(tx, community)
        counts = rules.count(fairness.thanks(tx, community, until))
    return rules.report(counts, met, queue, until)


def keep_small() -> None:
    """Have this process take no more than its share, where the system has limits."""
    for limit, most in ((RLIMIT_DATA, MAX_BYTES), (RLIMIT_CPU, MAX_CPU_S)):
        with suppress(OSError, ValueError):
            setrlimit(limit, (most, most))
    os.nice(_MODESTY)


if __name__ == "__main__":
    keep_small()
    sys.stdout.buffer.write(told.answer(count(told.asked(sys.stdin.buffer.read()))))
