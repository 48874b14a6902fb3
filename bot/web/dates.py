"""The calendar for whoever has the address: a member's own, or the community's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.speech import Speech
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.recurrence import Rule
from bot.pages.feeds.agenda import Agenda, Time, agenda
from bot.pages.feeds.ical import Calendar, Event, fills_days
from bot.web.asking import Ask
from storage.moments import Moment, Upcoming
from storage.published import Ids, Programme, Times, Withdrawn

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Dates:
    """Puts what is on the calendar into words."""

    ask: Ask
    speech: Speech

    def calendar(self, programme: Programme, ids: Ids) -> Calendar:
        """Return what a calendar program is given."""
        events = [self._event(each, ids) for each in programme.moments]
        events += (self._gone(each, ids) for each in programme.withdrawn)
        return Calendar(
            title=self._plain(phrase("feeds.calendar")),
            about=self._plain(phrase("feeds.about-calendar")),
            zone=self.speech.reader.zone.key,
            language=self.speech.reader.locale,
            year=self.ask.now.year,
            events=(*events, *self._own_events(ids)),
        )

    def agenda(self, times: Times) -> Agenda:
        """Return what a page shows."""
        ahead = [_time(each) for each in times.ahead]
        return agenda(
            self.speech, map(_time, times.on_now), (*ahead, *self._own_times())
        )

    def zone(self) -> str:
        """Return by which clocks times are told."""
        name = self.speech.reader.zone.key
        return self._plain(phrase("feeds.zone", zone=_spoken(name)))

    def _event(self, moment: Moment, ids: Ids) -> Event:
        return Event(
            uid=ids.uid(f"calendar_entries:{moment.entry}"),
            title=self._name(moment.name),
            about="\n\n".join(self._about(moment)),
            rule=moment.rule,
            lasts=moment.lasts,
            changed_at=moment.changed_at,
            version=moment.version,
            whole_days=fills_days(moment.rule, moment.lasts),
        )

    def _gone(self, withdrawn: Withdrawn, ids: Ids) -> Event:
        moment = withdrawn.moment
        return Event(
            uid=ids.uid(f"calendar_entries:{moment.entry}"),
            title=self._name(moment.name),
            about=moment.about,
            rule=moment.rule,
            lasts=moment.lasts,
            changed_at=withdrawn.at,
            version=moment.version + 1,
            whole_days=fills_days(moment.rule, moment.lasts),
            cancelled=True,
        )

    def _about(self, moment: Moment) -> Iterator[str]:
        if moment.about:
            yield moment.about
        member = self.ask.address.member
        if member and moment.owner == member.ref:
            yield self._plain(phrase("feeds.planned-by-you"))

    def _own_events(self, ids: Ids) -> Iterator[Event]:
        """Yield what concerns nobody but the member whose address it is."""
        for time in self._own_times():
            wall = time.at.astimezone(_UTC).replace(tzinfo=None)
            begin = wall - wall.replace(second=0, microsecond=0)
            yield Event(
                uid=ids.uid(f"zone:{time.at.isoformat()}"),
                title=self._name(time.name),
                about=time.about,
                rule=Rule(wall - begin, _UTC),
                lasts=timedelta(0),
                changed_at=time.at,
                version=1,
            )

    def _own_times(self) -> Iterator[Time]:
        member = self.ask.address.member
        if member and (change := member.next_zone):
            name = phrase("feeds.zone-change", zone=_spoken(change.zone.key))
            yield Time(name, "", change.at, change.at)

    def _name(self, name: Quote | Phrase) -> str:
        return name.text if isinstance(name, Quote) else self._plain(name)

    def _plain(self, spoken: Phrase) -> str:
        return self.speech.plain(spoken)


def _time(upcoming: Upcoming) -> Time:
    moment, at = upcoming.moment, upcoming.at
    whole = fills_days(moment.rule, moment.lasts)
    on = at.astimezone(moment.rule.zone).date() if whole else None
    return Time(moment.name, moment.about, at, upcoming.until, on)


def _spoken(zone: str) -> str:
    return zone.replace("_", " ")
