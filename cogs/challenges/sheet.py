"""What moderators see while they write a challenge down: the sheet, what was saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.sheets import Part, Sheet, SheetRoutes, draw
from bot.chat.text import Quote, When, phrase
from bot.domain.challenges import State, Terms
from cogs.challenges import asked, cards
from cogs.challenges.planner import Overtaken, Saved, Sketch

ROUTES = SheetRoutes("challenges.change", "challenges.save", "challenges.drop")

WORDS, DATES, PROMPTS, POINTS = "words", "dates", "prompts", "points"
GRACE, PROOF, TEAMS, PLACE = "grace", "proof", "teams", "place"


def sheet(sketch: Sketch) -> Message:
    """Return what is drafted, to be changed, tried, saved or dropped."""
    draft = sketch.draft
    which = "new" if draft.challenge is None else "known"
    body = [phrase(f"challenges.sheet-{which}.intro")]
    if draft.state is not State.DRAFT:
        body.append(phrase(f"challenges.sheet-{draft.state}"))
    preview = Action("challenges.preview", (draft.id,))
    rehearse = Action("challenges.rehearse", (draft.id, 1, "0"))
    return draw(
        Sheet(
            routes=ROUTES,
            draft=draft.id,
            title=phrase(f"challenges.sheet-{which}"),
            parts=tuple(_parts(draft.terms)),
            changes=draft.changes,
            body=tuple(body),
            more=(
                Button(phrase("challenges.preview-it"), preview),
                Button(phrase("challenges.rehearse-it"), rehearse),
            ),
        )
    )


def answers(sketch: Sketch) -> Mapping[str, Mapping[str, object]]:
    """Return what is drafted as answers to the form of each part."""
    terms = sketch.draft.terms
    scoring = terms.scoring
    return {
        WORDS: {
            "name": terms.title,
            "about": terms.about or None,
            "reward": terms.reward or None,
        },
        DATES: {
            "starts_on": terms.starts_on,
            "days": terms.days,
            "prompt_at": terms.prompt_at,
            "remind_at": terms.remind_at,
        },
        PROMPTS: {"prompts": "\n".join(terms.prompts) or None},
        POINTS: {
            "per_day": scoring.per_day,
            "streak_every": scoring.streak_every,
            "streak_bonus": scoring.streak_bonus,
            "cap": scoring.cap,
            "judged": scoring.judged,
        },
        GRACE: {"grace_days": terms.grace_days, "catch_up": terms.catch_up},
        PROOF: {
            "proof": str(terms.proof),
            "review": str(terms.review),
            "sample_percent": terms.sample_percent,
        },
        TEAMS: {
            "teams": terms.teams,
            "team_min": terms.team_min,
            "team_max": terms.team_max,
        },
        PLACE: {"channel": terms.channel, "thread": terms.thread},
    }


def saved(done: Saved) -> Message:
    """Return what is in force now, and what to do next."""
    challenge = done.challenge
    title = Quote(challenge.terms.title)
    said = phrase("challenges.saved", count=done.changes, title=title)
    if done.is_new:
        said = phrase("challenges.made", title=title)
    if challenge.state is not State.DRAFT:
        return say(Card(title=said, body=(phrase("challenges.saved-told"),)))
    body = [phrase("challenges.is-draft")]
    if challenge.opens_at is not None:
        body.append(phrase("challenges.will-open", at=When(challenge.opens_at)))
    ways = tuple(cards.opening(challenge))
    return say(Card(title=said, body=tuple(body)), Buttons(ways))


def overtaken(late: Overtaken) -> Message:
    """Return who was faster, and a way to start anew."""
    told = phrase("challenges.overtaken")
    if late.by is not None:
        told = phrase("challenges.overtaken-by", member=late.by)
    restart = Action("challenges.restart", (late.draft,))
    anew = Button(phrase("challenges.restart"), restart, Tone.MAIN)
    return say(Card(body=(told,), tone=Tone.WARNING), Buttons((anew,)))


def _parts(terms: Terms) -> Iterator[Part]:
    facts: Mapping[str, tuple[Fact, ...]] = {
        WORDS: (*asked.words(terms), *asked.reward(terms)),
        DATES: (*asked.dates(terms), *asked.reminder(terms)),
        PROMPTS: tuple(asked.prompts(terms)),
        POINTS: tuple(asked.points(terms)),
        GRACE: tuple(asked.grace(terms)),
        PROOF: tuple(asked.proof(terms)),
        TEAMS: tuple(asked.teams(terms)),
        PLACE: tuple(asked.place(terms)),
    }
    for name, shown in facts.items():
        yield Part(name, phrase(f"challenges.part-{name}"), shown)
