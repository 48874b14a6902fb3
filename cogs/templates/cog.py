"""``/template``: a community's own words in place of Laurel's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_TEXT_ANSWER_CHARS
from bot.chat.message import Action, Message
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.chat.text import phrase
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.pages.spec import Template
from cogs.templates import cards, previews, service
from cogs.templates.previews import Shown
from cogs.templates.service import Draft, Overtaken, Start
from storage.database import Database


class TemplateCog:
    """Words that moderators edit, see in what really happened, and take back."""

    def __init__(
        self, database: Database, templates: Sequence[Template], start: Start
    ) -> None:
        self._database = database
        self._templates = {each.spec.name: each for each in templates}
        self._start = start

    @command("template edit", role=Role.MODERATOR)
    async def edit(self, call: Call) -> Response:
        """Show what can be put into other words."""
        specs = [each.spec for each in self._templates.values()]
        found = await self._database.read(service.standings, call, specs)
        return Say(cards.overview(found))

    @command("template preview", role=Role.MODERATOR)
    async def preview(
        self, call: Call, which: Annotated[str, fields.Choice(lookup="templates.which")]
    ) -> Response:
        """Show what is said now, with the last real ones."""
        return Say(await self._looked(call, self._chosen(which), 0))

    @command("template reset", role=Role.MODERATOR)
    async def reset(
        self, call: Call, which: Annotated[str, fields.Choice(lookup="templates.which")]
    ) -> Response:
        """Show what Laurel would say itself, and ask."""
        template, read = self._chosen(which), self._database.read
        now = await read(service.standing, call, template.spec)
        laurels = await read(previews.laurels, call, template, self._start)
        return Say(cards.asked(now, laurels))

    @action(role=Role.MODERATOR)
    async def begin(self, call: Call, name: str) -> Response:
        """Open the form with what is in force."""
        spec = self._of(name).spec
        draft = await self._database.write(service.begin, call, spec, self._start)
        return _form(draft)

    @action(role=Role.MODERATOR)
    async def earlier(self, call: Call, name: str, number: int) -> Response:
        """Open the form with what was in force once."""
        spec = self._of(name).spec
        draft = await self._database.write(service.begin_from, call, spec, number)
        return _form(draft)

    @action(role=Role.MODERATOR)
    async def write(
        self,
        call: Call,
        draft: str,
        source: Annotated[
            str, fields.Text(max_chars=MAX_TEXT_ANSWER_CHARS, multiline=True)
        ],
    ) -> Response:
        """Keep what was typed as a draft, and show what it comes to."""
        changed = await self._database.write(service.change, call, draft, source)
        return Replace(await self._drafted(call, changed, 0))

    @action(role=Role.MODERATOR)
    async def again(self, call: Call, draft: str) -> Response:
        """Open the form with what was typed."""
        return _form(await self._database.read(service.opened, call, draft))

    @action(role=Role.MODERATOR)
    async def page(self, call: Call, draft: str, number: int) -> Response:
        """Show more of what a draft comes to."""
        opened = await self._database.read(service.opened, call, draft)
        return Replace(await self._drafted(call, opened, number))

    @action(role=Role.MODERATOR)
    async def look(self, call: Call, name: str, number: int) -> Response:
        """Show more of what is said now."""
        return Replace(await self._looked(call, self._of(name), number))

    @action(role=Role.MODERATOR)
    async def save(self, call: Call, draft: str) -> Response:
        """Put a draft in force, unless somebody was faster."""
        opened = await self._database.read(service.opened, call, draft)
        spec = self._of(opened.name).spec
        done = await self._database.write(service.save, call, draft, spec)
        if isinstance(done, Overtaken):
            return Replace(cards.overtaken(done, opened))
        return Replace(cards.saved(done))

    @action(role=Role.MODERATOR)
    async def go_on(self, call: Call, draft: str) -> Response:
        """Have a draft take the place of what was saved meanwhile, once it is saved."""
        opened = await self._database.read(service.opened, call, draft)
        spec = self._of(opened.name).spec
        begun = await self._database.write(service.rebase, call, draft, spec)
        return Replace(await self._drafted(call, begun, 0))

    @action(role=Role.MODERATOR)
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget what was typed."""
        await self._database.write(service.drop, call, draft)
        return Replace(cards.dropped())

    @action(role=Role.MODERATOR)
    async def restore(self, call: Call, name: str, after: int) -> Response:
        """Have Laurel say it in its own words again, unless somebody was faster."""
        spec = self._of(name).spec
        done = await self._database.write(service.reset, call, spec, after)
        if isinstance(done, Overtaken):
            return Replace(cards.overtaken(done))
        return Replace(cards.saved(done))

    @lookup("templates.which")
    async def which(self, _call: Call, _typed: str) -> Sequence[Suggestion]:
        """Return what can be put into other words; so few need no search."""
        return [
            Suggestion(name, phrase(each.spec.title))
            for name, each in self._templates.items()
        ]

    def _chosen(self, which: str) -> Template:
        if which not in self._templates:
            raise RuleError("common.answer-unknown", "which")
        return self._templates[which]

    def _of(self, name: str) -> Template:
        if name not in self._templates:
            raise RuleError("common.unknown-button")
        return self._templates[name]

    async def _drafted(self, call: Call, draft: Draft, number: int) -> Message:
        template = self._of(draft.name)
        found = await self._database.read(
            previews.tried, call, template, draft.source, self._start
        )
        if isinstance(found, Shown):
            return cards.drafted(template.spec, draft, found, number)
        return cards.findings(template.spec, draft, found)

    async def _looked(self, call: Call, template: Template, number: int) -> Message:
        look = await self._database.read(previews.look, call, template, self._start)
        return cards.looked(look, number)


def _form(draft: Draft) -> Ask:
    return Ask(Action("templates.write", (draft.id,)), {"source": draft.source})
