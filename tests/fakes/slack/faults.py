"""What can go wrong with Slack, by switch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.fakes.slack.befalling import Befalling, fault

if TYPE_CHECKING:
    from tests.fakes.slack.actors import Actor
    from tests.fakes.slack.sockets import Sockets
    from tests.fakes.slack.teams import Team
    from tests.fakes.slack.world import World


class Faults:
    """The switches. What those about requests take is said at `Befalling`.

    ``path`` is a regular expression over the method's name, ``response_url`` or
    ``upload``.
    """

    def __init__(self, world: World, sockets: Sockets, befalling: Befalling) -> None:
        self._world = world
        self._sockets = sockets
        self.requests = befalling
        self.is_cut = False
        self.stop: Callable[[], Awaitable[None]]
        self.resume: Callable[[], Awaitable[None]]

    def status(
        self,
        status: int,
        *,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
        body: object = None,
    ) -> None:
        """Answer with this status and nothing done; ``body`` is JSON, or a page."""
        armed = fault("status", path, times, status=status)
        armed.body = body
        self.requests.arm(armed, for_s)

    def error(
        self,
        word: str,
        *,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
    ) -> None:
        """Answer ``ok: false`` with this word and nothing done, as ``fatal_error``."""
        body = {"ok": False, "error": word}
        self.status(200, times=times, for_s=for_s, path=path, body=body)

    def hang(
        self,
        *,
        accept: bool = True,
        late: bool = False,
        wait_s: float = 3600.0,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
    ) -> None:
        """Hold the answer back, and then close without one unless ``accept``.

        Args:
            accept: Whether the request is carried out.
            late: Whether only after the wait: late acceptance.
            wait_s: For how long an answer is held.
            times: How many requests; one, if ``for_s`` is not said either.
            for_s: For how long requests hang.
            path: Where.
        """
        armed = fault("hang", path, times, wait_s=wait_s)
        armed.accept, armed.late = accept, late
        self.requests.arm(armed, for_s, once=True)

    def reset(
        self,
        *,
        accept: bool = False,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
    ) -> None:
        """Cut the connection in place of an answer, carried out with ``accept``."""
        armed = fault("reset", path, times)
        armed.accept = accept
        self.requests.arm(armed, for_s, once=True)

    def slow(
        self, wait_s: float, *, for_s: float | None = None, path: str = ""
    ) -> None:
        """Take this long for every request, half of it before it is carried out."""
        self.requests.arm(fault("slow", path, None, wait_s=wait_s), for_s)

    def rate_limit(
        self,
        wait_s: float = 1.0,
        *,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
    ) -> None:
        """Answer 429, with so many seconds to wait."""
        armed = fault("limit", path, times, wait_s=wait_s)
        self.requests.arm(armed, for_s, once=True)

    def clear(self) -> None:
        """End every fault of requests."""
        self.requests.clear()

    @property
    def armed(self) -> int:
        """How many faults wait for a request."""
        return self.requests.armed

    @property
    def excuse(self) -> bool:
        """Whether being late is the double's own doing now, or was just before."""
        return self.requests.recent or self.is_cut or self._sockets.silent

    def close_dms(
        self, who: Actor, *, closed: bool = True, word: str = "messages_tab_disabled"
    ) -> None:
        """Let no direct message of the bot's reach somebody."""
        who.user.refusal = word if closed else None

    def cut(self) -> None:
        """Cut every socket, without a word."""
        self.requests.fire()
        self._sockets.cut()

    async def disconnect(
        self, reason: str = "warning", *, grace_s: float = 0.0
    ) -> None:
        """Tell every socket to go, or with ``warning`` that it soon will have to.

        Each is closed ``grace_s`` real seconds after, but not after a mere warning.
        Other reasons are ``refresh_requested`` and ``link_disabled``.
        """
        self.requests.fire()
        await self._sockets.disconnect(reason, grace_s)

    async def refresh(self, *, grace_s: float = 0.5) -> None:
        """Warn every socket, ask it to go, and close it after a grace."""
        await self.disconnect("warning")
        await self.disconnect("refresh_requested", grace_s=grace_s)

    def silence(self, *, silent: bool = True) -> None:
        """Let the sockets of now say nothing more, pongs included; or end that.

        A socket that is opened afterwards is as good as any.
        """
        self.requests.fire()
        self._sockets.silence(silent=silent)

    def duplicate_events(
        self, times: int = 1, *, copies: int = 3, fresh_ids: bool = False
    ) -> None:
        """Deliver each of the next events so often.

        Args:
            times: How many events.
            copies: How often each.
            fresh_ids: Whether each time under another event id.
        """
        self._world.duplicate_events = (times, copies, fresh_ids)

    def duplicate_deeds(self, times: int = 1) -> None:
        """Deliver each of the next commands, clicks and submissions twice."""
        self._world.duplicate_deeds = times

    def revoke(self, team: Team) -> None:
        """Take the bot's token from it, without a word."""
        self.requests.fire()
        team.revoke()

    async def cut_everything(self) -> None:
        """Refuse connections and cut those that stand, until `mend`."""
        self.is_cut = True
        self._sockets.cut()
        await self.stop()

    async def mend(self) -> None:
        """Be there again, at the same address."""
        await self.resume()
        self.requests.fire()
        self.is_cut = False
