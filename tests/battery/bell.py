"""A process that rings: ``python -m tests.battery.bell FILE END [TICK_S]``.

With ``TICK_S`` it rings by the machine's clock, whoever made that show what it shows,
and prints it at each ring. Without, time is moved on as fast as it goes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

from bot.app import wall_clock
from bot.calendar import AlarmClock
from storage import calendar
from tests.harness import Clock
from tests.ringing import Stand, stand


async def race(path: Path, end: datetime) -> None:
    """Ring for everything up to ``end``, in order."""
    async with stand(path) as here:
        while (due := await here.database.read(calendar.next_due)) and due <= end:
            here.clock.at = due
            await here.ringer.ring()


async def live(path: Path, end: datetime, tick_s: float) -> None:
    """Ring until the machine's clock shows ``end``."""
    async with stand(path, Clock()) as here:
        ringer = Stand(here.database, wall_clock).ringer  # type: ignore[arg-type]

        async def next_due() -> datetime | None:
            return await here.database.read(calendar.next_due)

        async def ring() -> None:
            await ringer.ring()
            sys.stdout.write(json.dumps({"at": wall_clock().timestamp()}) + "\n")
            sys.stdout.flush()
            if wall_clock() > end:
                alarm.stop()

        alarm = AlarmClock(
            ring, next_due, clock=wall_clock, wall=wall_clock, tick_s=tick_s
        )
        await alarm.run()


def main(path: str, until: str, tick_s: str = "") -> None:
    """Ring as was asked."""
    file, end = Path(path), datetime.fromisoformat(until)
    asyncio.run(live(file, end, float(tick_s)) if tick_s else race(file, end))


if __name__ == "__main__":
    main(*sys.argv[1:])
