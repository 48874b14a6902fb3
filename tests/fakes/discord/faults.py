"""What can go wrong, by switch."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.fakes.discord.actors import Actor
    from tests.fakes.discord.gateway import Gateway

_EXCUSED_S: Final = 4.0


@dataclass(eq=False, slots=True)
class Fault:
    """Something that befalls requests.

    Attributes:
        kind: ``status``, ``hang``, ``reset``, ``limit`` or ``slow``.

        where: Looked for in ``POST /channels/1/messages`` and the like.

        times: How many requests more; None for any number.

        until_s: Real instant at which it ends; None for never.

        wait_s: How long an answer is held, or is to be waited for.

        accept: Whether the request is carried out although the answer does not come.

        late: Whether it is carried out only after the wait.
    """

    kind: str
    where: re.Pattern[str]
    times: int | None = None
    until_s: float | None = None
    status: int = 0
    body: object = None
    wait_s: float = 0.0
    accept: bool = False
    late: bool = False
    scope: str = "user"


class Faults:
    """The switches. Those about requests take ``times``, ``for_s`` (real) and ``path``.

    Without either, `status` and `slow` stay until `clear` and the others befall one
    request. ``path`` is a regular expression over method and path.
    """

    def __init__(self, gateway: Gateway, monotonic: Callable[[], float]) -> None:
        self._gateway = gateway
        self._monotonic = monotonic
        self._armed: list[Fault] = []
        self._fired_s = -_EXCUSED_S
        self.is_cut = False
        self.stop: Callable[[], Awaitable[None]]
        self.resume: Callable[[], Awaitable[None]]

    def _arm(self, fault: Fault, for_s: float | None) -> None:
        fault.until_s = None if for_s is None else self._monotonic() + for_s
        self._armed.append(fault)

    def status(
        self,
        status: int,
        *,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
        body: object = None,
    ) -> None:
        """Answer with this status and nothing done.

        Args:
            status: As 500, 502 or 403.
            times: How many times; None for any number.
            for_s: For how long, in real seconds.
            path: Where.
            body: JSON, or text for a page of HTML; None for Discord's usual words.
        """
        fault = Fault("status", re.compile(path), times, status=status, body=body)
        self._arm(fault, for_s)

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
            times: How many requests; None for one, or for any number during ``for_s``.
            for_s: For how long requests hang.
            path: Where.
        """
        count = 1 if times is None and for_s is None else times
        fault = Fault("hang", re.compile(path), count, wait_s=wait_s)
        fault.accept, fault.late = accept, late
        self._arm(fault, for_s)

    def reset(
        self,
        *,
        accept: bool = False,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
    ) -> None:
        """Cut the connection in place of an answer, carried out with ``accept``.

        Once, unless ``times`` or ``for_s`` says otherwise.
        """
        count = 1 if times is None and for_s is None else times
        fault = Fault("reset", re.compile(path), count, accept=accept)
        self._arm(fault, for_s)

    def slow(
        self, wait_s: float, *, for_s: float | None = None, path: str = ""
    ) -> None:
        """Take this long for every request, half of it before it is carried out."""
        self._arm(Fault("slow", re.compile(path), wait_s=wait_s), for_s)

    def rate_limit(
        self,
        wait_s: float = 1.0,
        *,
        times: int | None = None,
        for_s: float | None = None,
        path: str = "",
        scope: str = "user",
    ) -> None:
        """Answer 429.

        Args:
            wait_s: Seconds that the bot is to wait.
            times: How many times; None for one, or for any number during ``for_s``.
            for_s: For how long.
            path: Where.
            scope: ``user``, ``global`` or ``shared``.
        """
        count = 1 if times is None and for_s is None else times
        fault = Fault("limit", re.compile(path), count, wait_s=wait_s, scope=scope)
        self._arm(fault, for_s)

    def clear(self) -> None:
        """End every fault of requests."""
        self._armed.clear()

    def end_in(self, for_s: float) -> None:
        """End every fault of requests after so long."""
        for each in self._armed:
            each.until_s = self._monotonic() + for_s

    @property
    def struck_s(self) -> float:
        """When something went wrong by a switch for the last time."""
        return self._fired_s

    def pick(self, label: str) -> Fault | None:
        """Return what befalls this request, used up by one; not slowness."""
        for fault in self._hitting(label):
            if fault.kind == "slow":
                continue
            self._fired_s = self._monotonic()
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None

    def delay_s(self, label: str) -> float:
        """Return how long this request takes."""
        hits = [fault for fault in self._hitting(label) if fault.kind == "slow"]
        if any(fault.wait_s > 1 for fault in hits):
            self._fired_s = self._monotonic()
        return sum(fault.wait_s for fault in hits)

    def _hitting(self, label: str) -> list[Fault]:
        now = self._monotonic()
        self._armed = [
            fault
            for fault in self._armed
            if fault.times != 0 and (fault.until_s is None or now < fault.until_s)
        ]
        return [fault for fault in self._armed if fault.where.search(label)]

    @property
    def armed(self) -> int:
        """How many faults of requests wait for one."""
        self._hitting("")
        return len(self._armed)

    @property
    def excuse(self) -> bool:
        """Whether being late is the double's own doing now, or was just before."""
        recent = self._monotonic() - self._fired_s < _EXCUSED_S
        return recent or self.is_cut or self._gateway.connections == 0

    def _fired(self) -> None:
        self._fired_s = self._monotonic()

    def close_dms(self, who: Actor, *, closed: bool = True) -> None:
        """Let somebody take no direct messages."""
        who.user.closed = closed

    def cut(self) -> None:
        """Cut every gateway connection, without a word; sessions can be resumed."""
        self._fired()
        self._gateway.cut()

    def reconnect(self) -> None:
        """Ask every connection to reconnect (op 7)."""
        self._fired()
        self._gateway.order({"op": 7, "d": None})

    def invalid_session(self, *, resumable: bool = False) -> None:
        """Tell every connection that its session is over (op 9)."""
        self._fired()
        self._gateway.invalidate(resumable=resumable)

    def close(self, code: int) -> None:
        """Close every gateway connection with a code."""
        self._fired()
        self._gateway.close(code)

    def silent_heartbeat(self, *, silent: bool = True) -> None:
        """Stop acknowledging heartbeats, or begin again."""
        self._fired()
        self._gateway.silent = silent

    def duplicate_dispatch(self, times: int = 1) -> None:
        """Send the next interactions twice."""
        self._gateway.doubled = times

    def revoke_token(self) -> None:
        """Take the bot's token from it, as a reset in the developer portal does."""
        self._fired()
        self._gateway.revoke()

    async def cut_everything(self) -> None:
        """Refuse connections and cut those that stand, until `mend`."""
        self.is_cut = True
        self._gateway.cut()
        await self.stop()

    async def mend(self) -> None:
        """Be there again, at the same address."""
        await self.resume()
        self._fired()
        self.is_cut = False
