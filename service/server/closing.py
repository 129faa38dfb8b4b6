"""Closing: a listening socket that is closed drops no client that has already connected.

The kernel completes connections before a worker accepts them. A client that connected between the
last accept and the close was cut off: under load that happened at one stop in eight (python -m
bench.stops). So the server first blocks new connections, then the workers accept the pending ones,
and only then is the socket closed.
"""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

HANDSHAKE_SECONDS = 0.2
"""For handshakes in progress when new connections are blocked: one round trip to another
continent."""

_SO_ATTACH_FILTER = 26
"""Linux's constant, which Python's socket module lacks."""

_INSTRUCTION = struct.Struct("HBBI")
_PROGRAM = struct.Struct("HP")
_SYN, _SYN_AND_ACK, _FLAGS_AT = 0x02, 0x12, 13
"""TCP flags and the offset of the header byte that holds them (RFC 9293, 3.1)."""
_WITHOUT_SYN = b"".join(
    _INSTRUCTION.pack(*instruction)
    for instruction in (
        (0x30, 0, 0, _FLAGS_AT),  # load a byte of the TCP header
        (0x54, 0, 0, _SYN_AND_ACK),  # and
        (0x15, 0, 1, _SYN),  # skip the next instruction unless it is a client's first packet
        (0x06, 0, 0, 0),  # drop it
        (0x06, 0, 0, 0xFFFFFFFF),  # keep the whole packet
    )
)
"""A packet filter (Linux, networking/filter) that drops only a client's first packet."""


class LastingSocket(socket.socket):
    """Replaces ``listening``; blocks new connections when this process closes it.

    Not if ``shared`` says that other processes will go on listening. Processes forked from this one
    close it like any other socket.
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
    """Blocks new connections; those already made can still be accepted.

    A Unix socket refuses them. For TCP, Linux drops a client's first packet; the client repeats it
    a second later and is then refused or answered by the next server. Other systems accept
    connections until the socket is closed.
    """
    if listening.family == socket.AF_UNIX:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RD)
    elif sys.platform == "linux":
        _filter(listening)


def _filter(listening: socket.socket) -> None:
    code = ctypes.create_string_buffer(_WITHOUT_SYN, len(_WITHOUT_SYN))
    count = len(_WITHOUT_SYN) // _INSTRUCTION.size
    with suppress(OSError):  # a sandbox may forbid filters; then as on other systems
        listening.setsockopt(
            socket.SOL_SOCKET, _SO_ATTACH_FILTER, _PROGRAM.pack(count, ctypes.addressof(code))
        )
