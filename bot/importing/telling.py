"""What the console says of an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from bot.importing.columns import Layout, Means, listed, shown
from bot.importing.people import WHY_MISSING, Missing
from bot.importing.reading import Sheet
from bot.importing.rows import WHY, Unclear
from bot.importing.survey import Survey
from storage.imports import Import, State

_MOST_UNKNOWN = 10

_MEANINGS = {
    Means.MEMBER: "who received, by name",
    Means.MEMBER_ID: "who received, by id",
    Means.GIVER: "who gave, by name",
    Means.GIVER_ID: "who gave, by id",
    Means.POINTS: "how many",
    Means.DATE: "when",
    Means.ROW: "tells rows apart",
    Means.WORDS: "tells rows apart, and is not kept",
}

_STATES = {
    State.RUNNING: "interrupted; import the same file to go on",
    State.DONE: "done",
    State.UNDOING: "half taken back; --undo goes on",
    State.UNDONE: "taken back",
}


def preview(
    sheet: Sheet, layout: Layout, survey: Survey, undated_on: date, where: str
) -> str:
    """Return what would be imported, for whoever is asked whether to do it."""
    lines = [
        *_columns(sheet, layout),
        "",
        *_first(survey),
        "",
        *_figures(survey, layout, undated_on, where),
        *_left_out(survey),
    ]
    return "\n".join(lines)


def table(imports: Sequence[Import]) -> str:
    """Return what was imported, a line each."""
    return "\n".join(_line(each) for each in imports)


def came_to(done: Import) -> str:
    """Return what an import has come to."""
    figures = done.done
    again = f", {figures.again:,} counted already" if figures.again else ""
    out = f", {figures.left_out:,} left out" if figures.left_out else ""
    return (
        f"Import {done.id}: {_rows(figures.rows)} with {figures.points:,} points "
        f"counted now{again}{out}."
    )


def before(known: Import) -> str:
    """Return that a file was imported before, and how far that came."""
    began_on = f"{known.began_at:%Y-%m-%d}"
    if known.state is State.RUNNING:
        return (
            f"Import {known.id} of this file was begun on {began_on} and stopped "
            f"behind row {known.done.lines:,}; it goes on there."
        )
    return (
        f"Import {known.id} was of this very file, on {began_on}. What it counted does "
        "not count again."
    )


def otherwise(going: Import) -> str:
    """Return why a file that was begun cannot be read in another way now."""
    return (
        f"Import {going.id} of this file was begun with other columns or options, and "
        "would count some rows in one way and some in another. Give those it was begun "
        f"with, or take back what it did: laurel import --undo {going.id}"
    )


def _columns(sheet: Sheet, layout: Layout) -> Iterator[str]:
    yield (
        f"{shown(str(sheet.path), 80)} is an export of {layout.tool.title}, in "
        f"{sheet.encoding.removesuffix('-sig')}. Its columns:"
    )
    for means, place in sorted(layout.at.items(), key=lambda each: each[1]):
        name = shown(sheet.header[place])
        yield f"  {name:<24} {_MEANINGS[means]} ({means})"
    if layout.each is not None:
        yield f"  {'(each row)':<24} how many: {layout.each:,}"
    if layout.unused:
        yield f"  not read: {listed(layout.unused)}"


def _first(survey: Survey) -> Iterator[str]:
    yield "The first rows:"
    for record in survey.first:
        cells = " | ".join(shown(cell, 24) for cell in record.cells)
        yield f"  {record.line:>4}: {shown(cells, 120)}"


def _figures(
    survey: Survey, layout: Layout, undated_on: date, where: str
) -> Iterator[str]:
    yield (
        f"Of {_rows(survey.rows)}, {survey.counts:,} would count in {where}: "
        f"{survey.points:,} points for {survey.people:,} members."
    )
    if layout.totals:
        yield "  Each row is a member's total, and counts once for each of them."
    if Means.DATE not in layout.at:
        yield (
            f"  No column says when. They count as of {undated_on.isoformat()}; --on "
            "says another date."
        )
    if survey.met:
        yield f"  {survey.met:,} of the members are met by their id, with --meet."
    if survey.nameless:
        yield (
            "  From people who are not known, so that they count for who received "
            f"alone: {_rows(survey.nameless)}."
        )
    if survey.again:
        yield f"  Said by another row already: {_rows(survey.again)}."


def _left_out(survey: Survey) -> Iterator[str]:
    if not survey.why:
        return
    yield f"{_rows(survey.why.total())} would be left out:"
    for why, count in survey.why.most_common():
        words = WHY[why] if isinstance(why, Unclear) else WHY_MISSING[why]
        yield f"  {count:>7,}  {words} (line {survey.lines[why]:,})"
    unknown = sorted(survey.unknown, key=lambda who: -survey.unknown[who])
    if unknown:
        names = (shown(who.name or who.id) for who in islice(unknown, _MOST_UNKNOWN))
        more = len(unknown) - _MOST_UNKNOWN
        rest = f", and {more:,} more" if more > 0 else ""
        yield f"Not known: {', '.join(names)}{rest}."
    if Missing.UNKNOWN in survey.why:
        yield (
            "  Once they have used Laurel, import the file again: what counts already "
            "is not counted twice. --meet knows people by the ids in the file, and "
            "--people FILE says who somebody is."
        )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _line(each: Import) -> str:
    figures = each.done
    return (
        f"{each.id:>4}  {each.began_at:%Y-%m-%d %H:%M}  {each.source.tool:<8} "
        f"{figures.rows:>9,} rows {figures.points:>12,} points  {_STATES[each.state]}"
    )
