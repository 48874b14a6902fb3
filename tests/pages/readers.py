"""How others read our calendars: icalendar with dateutil, and ical.js."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from shutil import which
from typing import Any

import icalendar
from dateutil.rrule import rrulestr

from tests.needs import need

EXPAND = Path(__file__).parent / "expand.mjs"


@dataclass(frozen=True, slots=True)
class Reading:
    """A calendar, and the time that is asked for."""

    ics: bytes
    after: datetime
    until: datetime


def by_icalendar(reading: Reading) -> dict[str, list[datetime]]:
    """Return the instants of each event by UID, by the file's own VTIMEZONE."""
    calendar: Any = icalendar.Calendar.from_ical(reading.ics)
    zones = {
        str(zone["TZID"]): zone.to_tz(lookup_tzid=False)
        for zone in calendar.walk("VTIMEZONE")
    }
    return {
        str(event["UID"]): [
            at
            for at in _instants(event, zones, reading.until)
            if reading.after < at <= reading.until
        ]
        for event in calendar.walk("VEVENT")
    }


def by_ical_js(readings: Sequence[Reading]) -> list[dict[str, list[datetime]]]:
    """Return the same for many calendars at once, as ical.js reads them."""
    need("npm")
    node = which("node")
    assert node is not None, "there is npm and no node"
    asked = [
        {
            "ics": each.ics.decode(),
            "after": each.after.timestamp(),
            "until": each.until.timestamp(),
        }
        for each in readings
    ]
    done = subprocess.run(  # noqa: S603  our own script
        [node, str(EXPAND)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [
        {
            one["uid"]: [datetime.fromtimestamp(at, UTC) for at in one["at"]]
            for one in it
        }
        for it in json.loads(done.stdout)
    ]


def _instants(event: Any, zones: dict[str, tzinfo], until: datetime) -> list[datetime]:
    start = event["DTSTART"]
    zone = zones.get(start.params.get("TZID", ""), UTC)
    wall = _wall(start.dt)
    if "RRULE" not in event:
        return [_at(wall, zone)]
    told = event["RRULE"].to_ical().decode()
    parts = dict(part.split("=") for part in told.split(";"))
    last = parts.pop("UNTIL", None)
    rule = rrulestr(";".join("=".join(each) for each in parts.items()), dtstart=wall)
    end = _end(last, zone, until)
    left_out = {_wall(each.dt) for listed in _listed(event) for each in listed.dts}
    found = []
    for each in rule:
        if _at(each, zone) > end:
            # What comes next may still be earlier, by as much as clocks are changed.
            if each > end.replace(tzinfo=None) + timedelta(days=3):
                break
            continue
        if each not in left_out:
            found.append(_at(each, zone))
    return found


def _listed(event: Any) -> list[Any]:
    listed = event.get("EXDATE", [])
    return listed if isinstance(listed, list) else [listed]


def _end(last: str | None, zone: tzinfo, until: datetime) -> datetime:
    if last is None:
        return until
    if len(last) == len("20260101"):
        return min(until, _at(datetime.strptime(last, "%Y%m%d"), zone))  # noqa: DTZ007
    at = datetime.strptime(last, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return min(until, at)


def _wall(told: datetime | date) -> datetime:
    if isinstance(told, datetime):
        return told.replace(tzinfo=None)
    return datetime(told.year, told.month, told.day)  # noqa: DTZ001


def _at(wall: datetime, zone: tzinfo) -> datetime:
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
