"""How the process that draws is spoken with, over its standard input and output.

Each message is `LENGTH` and then as many bytes. An answer begins with one byte more:
`DRAWN` and a picture follows, or `REFUSED` and a reason.
"""

from __future__ import annotations

import struct

LENGTH = struct.Struct(">I")
DRAWN, REFUSED = b"d", b"r"


def framed(message: bytes) -> bytes:
    """Return ``message`` as it is sent."""
    return LENGTH.pack(len(message)) + message
