"""People as the platform shows them at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.domain.refs import MemberRef, RoleRef


class Role(IntEnum):
    """What somebody may do. Each role may do all that the ones below it may."""

    MEMBER = 1
    MODERATOR = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A member as last seen by the platform's adapter.

    Attributes:
        name: Display name, as it was typed there; cleaned before it is kept.

        here: Whether they are still in the community.

        locale: The language that they read, as a BCP 47 tag; None where the
            platform does not say.

        joined_at: When they joined the community; None where it does not say.

        groups: The platform's own roles that they hold.
    """

    ref: MemberRef
    name: str
    role: Role = Role.MEMBER
    bot: bool = False
    here: bool = True
    locale: str | None = None
    joined_at: datetime | None = None
    groups: tuple[RoleRef, ...] = ()
