"""What the settings look like: the sheet, what was saved, a test post."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.limits import MAX_FACTS
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.sheets import Part, Sheet, SheetRoutes, draw
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.community import Rhythm, Settings
from bot.domain.refs import ChannelRef
from bot.domain.words import clean
from cogs.setup.choices import Chosen
from cogs.setup.service import Draft, Overtaken, Saved
from storage.departures import Came

ROUTES = SheetRoutes("setup.change", "setup.save", "setup.cancel")

PLACES, LANGUAGE, VALUES = "places", "language", "values"
LIMITS, ROLES, RECAPS = "limits", "roles", "recaps"
QUIET, PATIENCE = "quiet", "patience"


def sheet(draft: Draft) -> Message:
    """Return what is drafted, to be changed, tried, saved or dropped."""
    test = Button(phrase("setup.test-post"), Action("setup.test-post", (draft.id,)))
    return draw(
        Sheet(
            routes=ROUTES,
            draft=draft.id,
            title=phrase("setup.sheet"),
            parts=tuple(_parts(draft.now)),
            changes=draft.changes,
            body=(phrase("setup.sheet.intro"),),
            more=(test,),
        )
    )


def saved(done: Saved) -> Message:
    """Return what is in force now."""
    facts = [fact for part in _parts(done.chosen) for fact in part.facts]
    title = phrase("setup.saved", count=done.changes)
    cards = [
        Card(
            title=title if first == 0 else None,
            facts=tuple(facts[first : first + MAX_FACTS]),
            footer=phrase("setup.saved.footer")
            if first + MAX_FACTS >= len(facts)
            else None,
        )
        for first in range(0, len(facts), MAX_FACTS)
    ]
    return say(*cards)


def overtaken(late: Overtaken) -> Message:
    """Return who was faster, and a way to start anew."""
    if late.by is not None and late.at is not None:
        told = phrase("setup.overtaken-by", member=late.by, when=When(late.at))
    else:
        told = phrase("setup.overtaken")
    anew = Button(
        phrase("setup.restart"), Action("setup.restart", (late.draft,)), Tone.MAIN
    )
    return say(Card(body=(told,), tone=Tone.WARNING), Buttons((anew,)))


def test_post(settings: Settings, sample: Message) -> Message:
    """Return ``sample`` as everybody would see it, below what is to be known of it."""
    check = Card(
        title=phrase("setup.tested"),
        body=tuple(_findings(settings)),
        facts=tuple(_language(settings)),
        tone=Tone.PLAIN if settings.wall else Tone.WARNING,
    )
    # Its buttons would act on a shoutout that does not exist.
    shown = (node for node in sample.nodes if isinstance(node, Card))
    return say(check, *shown)


def welcome(community: str, came: Came) -> Message:
    """Return what is said first to whoever brought Laurel to a community."""
    key = "setup.welcome" if came is Came.NEW else "setup.back"
    card = Card(
        title=phrase(key),
        body=(
            phrase(f"{key}.body", name=Quote(clean(community))),
            phrase(f"{key}.next"),
        ),
        footer=phrase("setup.welcome.help"),
        tone=Tone.JOY,
    )
    return say(card)


def lost_wall() -> Message:
    """Return what moderators are told when the wall is deleted."""
    lost = (phrase("setup.lost-wall"), phrase("setup.lost-wall.next"))
    return say(Card(body=lost, tone=Tone.WARNING))


def cancelled() -> Message:
    """Return that nothing was changed."""
    return say(Card(body=(phrase("setup.cancelled"),)))


def language_name(tag: str) -> Phrase:
    """Return what a language calls itself."""
    return phrase("setup.language-name", tag=tag)


def _parts(chosen: Chosen) -> Iterator[Part]:
    settings = chosen.settings
    yield Part(PLACES, phrase("setup.places"), tuple(_places(settings)))
    yield Part(LANGUAGE, phrase("setup.language"), tuple(_language(settings)))
    yield Part(VALUES, phrase("setup.values"), (_values(chosen.values),))
    yield Part(LIMITS, phrase("setup.limits"), tuple(_limits(settings)))
    yield Part(ROLES, phrase("setup.roles"), (_roles(settings),))
    yield Part(RECAPS, phrase("setup.recaps"), (_recaps(settings),))
    yield Part(QUIET, phrase("setup.quiet"), (_quiet(settings),))
    yield Part(PATIENCE, phrase("setup.patience"), (_patience(settings),))


def _places(settings: Settings) -> Iterator[Fact]:
    wall = _place(settings.wall, phrase("setup.wall-open"))
    yield Fact(phrase("setup.wall"), wall)
    moderators = _place(settings.moderators, phrase("setup.moderators-open"))
    yield Fact(phrase("setup.moderators"), moderators)


def _place(place: ChannelRef | None, otherwise: Phrase) -> Phrase:
    return phrase("setup.place", channel=place) if place else otherwise


def _language(settings: Settings) -> Iterator[Fact]:
    yield Fact(phrase("setup.posts-in"), language_name(settings.locale))
    zone = phrase("setup.zone-name", zone=Quote(settings.zone.key))
    yield Fact(phrase("setup.zone"), zone)


def _values(labels: tuple[str, ...]) -> Fact:
    listed = phrase("setup.values-listed", values=tuple(map(Quote, labels)))
    return Fact(phrase("setup.values"), listed if labels else phrase("setup.no-values"))


def _limits(settings: Settings) -> Iterator[Fact]:
    allowance = phrase("setup.allowance-of", count=settings.allowance_per_day)
    yield Fact(phrase("setup.allowance"), allowance)
    cooldown = phrase("setup.cooldown-of", hours=settings.pair_cooldown_h)
    yield Fact(phrase("setup.cooldown"), cooldown)
    undo = phrase("setup.undo-of", minutes=settings.undo_minutes)
    yield Fact(phrase("setup.undo"), undo)
    reason = phrase(
        "setup.reason-of",
        least=settings.reason_min_chars,
        most=settings.reason_max_chars,
    )
    yield Fact(phrase("setup.reason"), reason)


def _roles(settings: Settings) -> Fact:
    own = tuple(
        phrase("setup.role-allowance", role=role, count=count)
        for role, count in settings.allowance_by_role
    )
    listed = phrase("setup.roles-listed", roles=own)
    return Fact(phrase("setup.roles"), listed if own else phrase("setup.no-roles"))


def _recaps(settings: Settings) -> Fact:
    if settings.recaps is not Rhythm.OFF and settings.wall is None:
        return Fact(phrase("setup.recaps"), phrase("setup.recaps-no-wall"))
    when = phrase(
        f"setup.recaps-{settings.recaps}",
        day=phrase("setup.weekday-name", day=settings.recaps_weekday),
        time=Quote(f"{settings.recaps_at:%H:%M}"),
    )
    off = phrase("setup.recaps-off")
    return Fact(phrase("setup.recaps"), off if settings.recaps is Rhythm.OFF else when)


def _quiet(settings: Settings) -> Fact:
    hours = settings.quiet
    said = phrase("setup.quiet-none")
    if hours:
        since, until = (f"{each:%H:%M}" for each in (hours.since, hours.until))
        said = phrase("setup.quiet-of", since=Quote(since), until=Quote(until))
    return Fact(phrase("setup.quiet"), said)


def _patience(settings: Settings) -> Fact:
    days = {"remind": settings.remind_after_d, "escalate": settings.escalate_after_d}
    return Fact(phrase("setup.patience"), phrase("setup.patience-of", **days))


def _findings(settings: Settings) -> Iterator[Phrase]:
    if settings.wall is None:
        yield phrase("setup.tested.no-wall")
    else:
        yield phrase("setup.tested.wall", wall=settings.wall)
    if settings.moderators is None:
        yield phrase("setup.tested.no-moderators")
