"""Which tool a file is of, and what its columns mean."""

from __future__ import annotations

import pytest

from bot.importing.columns import Layout, MappingError, Means, layout, shown


def read(header: str, **asked: str) -> Layout:
    named = {Means(name.replace("_", "-")): column for name, column in asked.items()}
    return layout(header.split(","), named)


def columns(header: str, found: Layout) -> dict[str, str]:
    names = header.split(",")
    return {str(means): names[at] for means, at in found.at.items()}


@pytest.mark.parametrize(
    ("header", "tool", "means", "kind"),
    [
        (
            "id,username,discriminator,xp,level,messages",
            "mee6",
            {"member": "username", "member-id": "id", "points": "level"},
            "totals",
        ),
        (
            "username,level,message_count,detailed_xp",
            "mee6",
            {"member": "username", "points": "level"},
            "totals",
        ),
        (
            "id,giver,receiver,amount,reason,created_at,hashtag",
            "bonusly",
            {
                "member": "receiver", "giver": "giver", "points": "amount",
                "date": "created_at", "row": "id", "words": "reason",
            },
            "gifts",
        ),
        (
            "Giver Email,Receiver Email,Amount,Date",
            "bonusly",
            {
                "member": "Receiver Email", "giver": "Giver Email",
                "points": "Amount", "date": "Date",
            },
            "gifts",
        ),
        (
            "Name,Email,Lifetime Earnings,Earnings,Recognition Received",
            "bonusly",
            {"member": "Name", "points": "Lifetime Earnings"},
            "totals",
        ),
        (
            "username,sum",
            "heytaco",
            {"member": "username", "points": "sum"},
            "totals",
        ),
        (
            "Name,Department,Tacos Given,Tacos Received",
            "heytaco",
            {"member": "Name", "points": "Tacos Received"},
            "totals",
        ),
        (
            "Date,Giver,Receiver,Tacos,Message",
            "heytaco",
            {
                "member": "Receiver", "giver": "Giver", "points": "Tacos",
                "date": "Date", "words": "Message",
            },
            "gifts",
        ),
        (
            "id,from,to,points,reason,timestamp",
            "karma",
            {
                "member": "to", "giver": "from", "points": "points",
                "date": "timestamp", "row": "id", "words": "reason",
            },
            "gifts",
        ),
        (
            "date,subject,gifter,quantity",
            "karma",
            {
                "member": "subject", "giver": "gifter", "points": "quantity",
                "date": "date",
            },
            "gifts",
        ),
        ("User,Karma", "karma", {"member": "User", "points": "Karma"}, "totals"),
        (
            "Name,Kudos,Day",
            "csv",
            {"member": "Name", "points": "Kudos", "date": "Day"},
            "gifts",
        ),
    ],
)  # fmt: skip
def test_exports_are_recognised(
    header: str, tool: str, means: dict[str, str], kind: str
) -> None:
    """By their columns, however these are written; totals are told from gifts."""
    found = read(header)

    assert (tool, kind) == (found.tool.name, "totals" if found.totals else "gifts")
    assert means == columns(header, found)


def test_whoever_imports_knows_better() -> None:
    """What is said goes before what is recognised; a number counts each row."""
    header = "who,how much,why"
    found = read(header, member="Who", points="HOW_MUCH", words="why")
    assert {"member": "who", "points": "how much", "words": "why"} == columns(
        header, found
    )
    assert ("csv", ()) == (found.tool.name, found.unused)

    each = read(header, member="who", points="1")
    assert (1, {"member": "who"}) == (each.each, columns(header, each))
    assert ("how much", "why") == each.unused

    xp = read("id,username,xp,level", points="xp", member="")
    assert {"member-id": "id", "points": "xp"} == columns("id,username,xp,level", xp)


@pytest.mark.parametrize(
    ("header", "asked", "why"),
    [
        ("a,b", {}, r"who received .* and how many .* There are: a, b"),
        ("Name,b", {}, "No column says how many"),
        ("Points,b", {}, "No column says who received"),
        ("Name,Name,Points", {}, "No column says who received"),
        ("Name,Name,Points", {"member": "name"}, "2 columns are called 'name'"),
        ("Name,Points", {"points": "Score"}, "No column is called 'Score'"),
        ("Name,", {"points": "Score"}, r"There are: Name, \(no name\)"),
    ],
)
def test_what_the_columns_do_not_say_is_asked_for(
    header: str, asked: dict[str, str], why: str
) -> None:
    """With the names of those that there are."""
    with pytest.raises(MappingError, match=why):
        read(header, **asked)


def test_a_terminal_obeys_no_cell() -> None:
    """Escapes, line breaks and what turns text around are not shown."""
    assert "a [31mred b" == shown("a\x1b[31mred\n\u202eb")
    assert 40 == len(shown("x" * 100))
