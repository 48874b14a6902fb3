"""A process whose files take longer to be on disk, as on a busy or a cheap one.

Whoever is watched from the beginning on is stopped at what is looked for, and nowhere
else. Watched later, a process is stopped at every call that it makes, and each takes
forty times as long: that is a slow machine, and no slow disk.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.needs import found

_SYNCS = "fsync,fdatasync"


def slow_disk(delay_ms: int) -> Sequence[str]:
    """Return what begins a program so that whatever it syncs takes longer.

    The program is the process that was started, as without. Empty where strace is not
    installed, or may not do that.
    """
    if (strace := found("seccomp")) is None:
        return ()
    slower = f"inject={_SYNCS}:delay_exit={delay_ms}ms"
    what = ("-e", f"trace={_SYNCS}", "-e", slower, "-e", "signal=none")
    return (str(strace), "--seccomp-bpf", "-f", "-D", *what, "-o", os.devnull)
