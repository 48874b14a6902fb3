"""What follows a slash command's name, as Slack writes it.

With escaping on, Slack writes mentions by id (``<@U1|ana>``) and ``&``, ``<`` and ``>``
as entities; with an older manifest it leaves ``@ana`` as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.adapters.slack.people import Known
from bot.chat import fields, line
from bot.chat.catalogue import Catalogue
from bot.chat.line import Understood
from bot.chat.names import Found, called, option
from bot.chat.routes import RouteSpec

_TOKEN = re.compile(r"<(?P<inside>[^<>]*)>|&(?P<entity>lt|gt|amp);")
_MEMBER = re.compile(r"<@(?P<id>[UW][A-Z0-9]{1,31})(?:\|(?P<name>[^<>]*))?>")
_CHANNEL = re.compile(r"<#(?P<id>[CGD][A-Z0-9]{1,31})(?:\|(?P<name>[^<>]*))?>")
_GROUP = re.compile(r"<!subteam\^(?P<id>S[A-Z0-9]{1,31})(?:\|(?P<name>[^<>]*))?>")
_EVERYBODY = re.compile(r"<!(?:here|channel|everyone|subteam\^)[^<>]*>")
_BARE = re.compile(r"(?<![\w<|])@\w[^\s,;<]*")
_TAG = re.compile(r"(?<!\S)#(?P<bare>\w+)|<#[CGD][A-Z0-9]{1,31}\|(?P<name>[^<>]+)>")
_MAX_TAGS = 3
_MAX_BARE = 25
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A look-up whose labels have to be known before a line can be read.

    Attributes:
        field: Name of the field that it is for.

        lookup: Key of a lookup of the table.

        typed: The word after a ``#``, to look for; none where the options have to be
            known whatever is typed.
    """

    field: str
    lookup: str
    typed: str


def people_in(text: str) -> tuple[str, ...]:
    """Return the ids of the people whom ``text`` mentions, each once."""
    return tuple(dict.fromkeys(found["id"] for found in _MEMBER.finditer(text)))


def nameless_in(text: str) -> tuple[str, ...]:
    """Return the ids of channels that ``text`` mentions without their names."""
    found = (each for each in _CHANNEL.finditer(text) if not each["name"])
    return tuple(dict.fromkeys(each["id"] for each in found))


def named_in(text: str, handles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of those whom the bare names in ``text`` can mean.

    Args:
        text: What follows a command's name.
        handles: See `Known.handles`.
    """
    bare = islice(_BARE.finditer(text), _MAX_BARE)
    found = (called("@", handles, text[each.start() :]) for each in bare)
    return tuple(dict.fromkeys(each.value for each in found if each and each.value))


def bare_names(text: str) -> bool:
    """Return whether an ``@`` stands in ``text`` that Slack made no mention of."""
    return _BARE.search(text) is not None


def wanted_in(route: RouteSpec, text: str) -> tuple[Wanted, ...]:
    """Return the look-ups without which ``text`` cannot be read.

    A choice that is asked after words is only looked for behind a ``#``.
    """
    if not text.strip():
        return ()
    tags = [found["bare"] or found["name"] for found in _TAG.finditer(text)]
    firsts = dict.fromkeys(tag.split()[0] for tag in tags if tag.split())
    wanted: list[Wanted] = []
    after_words = False
    for asked in route.fields:
        after_words = after_words or isinstance(asked, fields.Text)
        if not isinstance(asked, fields.Choice) or not asked.lookup:
            continue
        typed = [*firsts][-_MAX_TAGS:] if after_words or firsts else [""]
        wanted += [Wanted(asked.name, asked.lookup, each) for each in typed]
    return tuple(wanted)


def labels_of(
    route: RouteSpec,
    catalogue: Catalogue,
    locale: str,
    found: Iterable[tuple[Wanted, Mapping[str, str]]] = (),
) -> dict[str, dict[str, str]]:
    """Return `Known.labels` for the options of a route.

    A fixed option may be written by its label, in the member's language or in Laurel's
    first, or by its value.

    Args:
        route: What is asked.
        catalogue: What the labels of fixed options are.
        locale: The member's language.
        found: What each look-up of `wanted_in` found: values by label.
    """
    spoken = [catalogue.languages[tag] for tag in (catalogue.fallback, locale)]
    labels: dict[str, dict[str, str]] = {}
    for asked in route.fields:
        stem = f"{route.key}.{asked.name}-"
        values: tuple[str, ...] = ()
        if isinstance(asked, fields.YesNo):
            stem, values = "forms.", ("yes", "no")
        elif isinstance(asked, fields.Choice):
            values = asked.options
        labels[asked.name] = {
            name: value
            for value in values
            for name in (value, *(each.plain(stem + value) for each in spoken))
            if name
        }
    for wanted, values_by_label in found:
        labels.setdefault(wanted.field, {}).update(values_by_label)
    return {name: held for name, held in labels.items() if held}


def plain(text: str, known: Known) -> str:
    """Return ``text`` as its writer read it: mentions by name, nothing escaped."""

    def words(found: re.Match[str]) -> str:
        if entity := found["entity"]:
            return _ENTITIES[entity]
        return _words_for(found[0], found["inside"], known)

    return _TOKEN.sub(words, text)


def read_line(route: RouteSpec, text: str, known: Known) -> Understood:
    """Return what ``text`` answers of ``route``'s fields."""
    return line.parse(route.fields, text, _Names(known))


@dataclass(frozen=True, slots=True)
class _Names:
    known: Known

    def person(self, text: str) -> Found | None:
        """Return the member whom a mention means, or a name that is one's alone."""
        if mention := _MEMBER.match(text):
            known = mention["id"] in self.known.people
            return Found(mention["id"], mention.end()) if known else None
        found = called("@", self.known.handles, text)
        return found if found and found.value in self.known.people else None

    def channel(self, text: str) -> Found | None:
        """Return the channel that is mentioned, or whose name is one's alone."""
        if mention := _CHANNEL.match(text):
            return Found(mention["id"], mention.end())
        return called("#", {n: id_ for id_, n in self.known.channels.items()}, text)

    def role(self, text: str) -> Found | None:
        """Return the user group that is mentioned."""
        mention = _GROUP.match(text)
        return Found(mention["id"], mention.end()) if mention else None

    def option(self, asked: fields.Choice | fields.YesNo, text: str) -> Found | None:
        """Return the option whose label, or a channel of the same name, is here."""
        labels = self.known.labels.get(asked.name, {})
        if mention := _CHANNEL.match(text):
            name = mention["name"] or self.known.channels.get(mention["id"], "")
            same = option(labels, f"#{name}")
            whole = same is not None and same.chars == len(name) + 1
            return Found(same.value, mention.end()) if same and whole else None
        return option({_escaped(label): v for label, v in labels.items()}, text)

    def nobody(self, text: str) -> int:
        """Return how long the mention is that means nobody whom Laurel can thank."""
        for pattern in (_MEMBER, _EVERYBODY, _BARE):
            if found := pattern.match(text):
                return found.end()
        return 0

    def plain(self, text: str) -> str:
        """Return ``text`` as its writer read it."""
        return plain(text, self.known)


def _words_for(whole: str, inside: str, known: Known) -> str:
    """Return what Slack showed for ``<inside>``; as it is where it means nothing."""
    target, _, label = inside.partition("|")
    label = _unescaped(label)
    if mention := _MEMBER.fullmatch(whole):
        person = known.people.get(mention["id"])
        return f"@{person.name if person else label or mention['id']}"
    if mention := _CHANNEL.fullmatch(whole):
        return f"#{label or known.channels.get(mention['id'], mention['id'])}"
    if target.startswith("!") and len(target) > 1:
        return _words_for_all(target, label)
    if ":" not in target:
        return whole
    return _address(target, label)


def _words_for_all(target: str, label: str) -> str:
    """Return what stands for a group, for everybody or for an instant."""
    if target.startswith("!date^"):
        return label
    name = label or target.removeprefix("!").removeprefix("subteam^")
    return name if name.startswith("@") else f"@{name}"


def _address(url: str, label: str) -> str:
    """Return a link, beside its label where that says anything else."""
    url = _unescaped(url)
    bare = url.partition(":")[2].removeprefix("//").rstrip("/")
    if not label or label.rstrip("/") in {url.rstrip("/"), bare}:
        return label or url
    return f"{label} ({url})"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(words: str) -> str:
    return _TOKEN.sub(lambda found: _ENTITIES.get(found["entity"], found[0]), words)
