"""Closing: a socket that listens and is given up loses nobody who has connected.

The kernel connects clients before a worker accepts them. Whoever connected between the last accept
and the last close was cut off: under load one stop in eight did that (python -m bench.stops). So
the server first lets nobody new connect, workers accept who already has, and then it is closed.
"""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

HANDSHAKE_SECONDS = 0.2
"""For who is connecting when nobody new may: a packet to another continent and back."""

_SO_ATTACH_FILTER = 26
"""Of Linux; Python has no name for it."""

_INSTRUCTION = struct.Struct("HBBI")
_PROGRAM = struct.Struct("HP")
_SYN, _SYN_AND_ACK, _FLAGS_AT = 0x02, 0x12, 13
"""Flags of TCP and the byte of its header that has them (RFC 9293, 3.1)."""
_WITHOUT_SYN = b"".join(
    _INSTRUCTION.pack(*instruction)
    for instruction in (
        (0x30, 0, 0, _FLAGS_AT),  # load a byte of the TCP header
        (0x54, 0, 0, _SYN_AND_ACK),  # and
        (0x15, 0, 1, _SYN),  # skip the next one, unless it is a client's first packet
        (0x06, 0, 0, 0),  # drop it
        (0x06, 0, 0, 0xFFFFFFFF),  # keep all of it
    )
)
"""A packet filter (Linux, networking/filter): all but a client's first packet."""


class LastingSocket(socket.socket):
    """Takes the place of ``listening``, and turns newcomers away when this process closes it.

    Not where ``shared`` says that others will go on to listen at it. Processes forked from this one
    close it as any other socket.
    """

    def __init__(self, listening: socket.socket, shared: Callable[[], bool]) -> None:
        super().__init__(fileno=listening.detach())
        self._shared = shared
        self._process = os.getpid()

    def close(self) -> None:
        if self.fileno() >= 0 and os.getpid() == self._process and not self._shared():
            turn_away(self)
        super().close()


def turn_away(listening: socket.socket) -> None:
    """From now on nobody new connects; whoever has already can still be accepted.

    A Unix socket refuses. Of TCP Linux drops a client's first packet, which the client sends again
    a second later: then it is refused, or answered by the next server. Other systems take whoever
    connects until the socket is closed.
    """
    if listening.family == socket.AF_UNIX:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RD)
    elif sys.platform == "linux":
        _filter(listening)


def _filter(listening: socket.socket) -> None:
    code = ctypes.create_string_buffer(_WITHOUT_SYN, len(_WITHOUT_SYN))
    count = len(_WITHOUT_SYN) // _INSTRUCTION.size
    with suppress(OSError):  # a sandbox may know no filters: it is as on other systems then
        listening.setsockopt(
            socket.SOL_SOCKET, _SO_ATTACH_FILTER, _PROGRAM.pack(count, ctypes.addressof(code))
        )
