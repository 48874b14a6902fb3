"""A recap as a letter that mail programs open: one file with both of its parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

FROM = "Laurel <no-reply@laurel.invalid>"
"""Nobody: whoever sends it on does so under their own name."""

_DOMAIN = "laurel.invalid"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is in it.

    Attributes:
        id: The same for the same letter; an URN of a UUID.

        language: The BCP 47 tag of its words.

        text: For programs that show no HTML.
    """

    id: str
    title: str
    written_at: datetime
    language: str
    text: str
    html: str


def eml(letter: Letter) -> bytes:
    """Return ``letter`` as RFC 5322 has it, to be opened and sent on.

    The same letter is the same file.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = FROM
    message["Subject"] = " ".join(letter.title.split())
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id.rpartition(':')[2]}@{_DOMAIN}>"
    message["X-Unsent"] = "1"  # programs open it for somebody to address and send
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language  # of both parts
    digest = hashlib.sha256(f"{letter.text}\0{letter.html}".encode()).hexdigest()
    # Such a sign stands in nothing that is quoted-printable.
    message.set_boundary(f"=_{digest[:32]}")
    return message.as_bytes()
