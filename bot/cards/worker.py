"""The process that draws: asked over its standard input, answering on its output."""

from __future__ import annotations

import sys
from typing import BinaryIO

import typst

from bot.cards.drawing import Drawer
from bot.cards.frames import DRAWN, LENGTH, REFUSED, framed


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw what is asked for until nobody asks any more."""
    drawer = Drawer()
    while head := asked.read(LENGTH.size):
        given = asked.read(LENGTH.unpack(head)[0])
        try:
            answer = DRAWN + drawer.draw(given.decode())
        except typst.TypstError as error:
            answer = REFUSED + str(error).encode()
        answers.write(framed(answer))
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
