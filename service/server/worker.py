"""The worker: one loop that reads and sends, and threads that answer.

The loop never waits for a single client. While all threads are busy it accepts nobody: another
worker may have a free thread, and otherwise clients wait in the kernel's queue.
"""

import errno
import os
import selectors
import signal
import socket
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from queue import SimpleQueue
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers import base

from service.server.access_log import AccessLog
from service.server.closing import HANDSHAKE_SECONDS
from service.server.connection import Connection, Phase
from service.server.exchange import answer
from service.server.limits import (
    ANSWER_SECONDS,
    HEAD_SECONDS,
    HELD_MAXIMUM,
    LINGER_SECONDS,
    READ_SIZE,
    REFUSED_SECONDS,
)
from service.server.refusals import Refused, bad, written

_NOT_KNOWN = {"certfile": "TLS", "keyfile": "TLS", "proxy_protocol": "the PROXY protocol"}
_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_IN_THE_LOG = "something went wrong on the server; see its log"
_UNIX_PLACE = ("localhost", 80)
_NOTHING = 0
_SECONDS_A_TURN = 1.0
"""The longest the loop sleeps, so that deadlines are enforced and gunicorn sees the worker
alive."""


class Worker(base.Worker):
    """gunicorn's ``threads`` and ``worker_connections`` set how many threads and connections it
    has."""

    early_signals: "SimpleQueue[int]"
    """The arbiter's queue, copied by the fork and still filled until ``init_signals`` has run."""

    @classmethod
    def check_config(cls, cfg: Config, log: Logger) -> None:
        """Raises RuntimeError, which gunicorn prints, for a setting that would have no effect."""
        for name, meaning in _NOT_KNOWN.items():
            if cfg.settings[name].get() != cfg.settings[name].default:
                raise RuntimeError(
                    f"{name}: this service leaves {meaning} to a proxy in front of it"
                )

    def init_process(self) -> None:
        self._threads = ThreadPoolExecutor(self.cfg.threads)
        self._selector = selectors.DefaultSelector()
        self._finished: deque[tuple[Connection, Future[bool]]] = deque()
        self._connections: dict[Connection, None] = {}
        self._busy = 0
        self._swept = 0.0
        self._listens = False
        super().init_process()  # runs until the worker stops

    def init_signals(self) -> None:
        """Also obeys a signal to stop that was sent before this worker had handlers of its own.

        Until then the arbiter's handler, inherited by the fork, puts signals into a queue that
        nothing reads in this process: the server would wait ``graceful_timeout`` for the worker.
        """
        super().init_signals()
        while not self.early_signals.empty():
            if self.early_signals.get() in _STOPPING:
                self.alive = False

    def run(self) -> None:
        self._selector.register(self.PIPE[0], selectors.EVENT_READ)
        while self.alive and self.ppid == os.getppid():
            self._listen(self._busy < self.cfg.threads)
            self._turn()
        self._stop()

    def _stop(self) -> None:
        """Answers every accepted connection, and one more request on each open one."""
        now = time.monotonic()
        until = now + self.cfg.graceful_timeout
        self.alive = False
        self._listen(True)
        while time.monotonic() < now + HANDSHAKE_SECONDS:
            self._turn(HANDSHAKE_SECONDS)
        self._listen(False)
        for listener in self.sockets:
            while self._accept(listener):
                pass  # accepts all that the kernel has connected; closing.py blocks new ones
            listener.close()
        for connection in self._connections:
            if connection.phase is Phase.READING and connection.is_idle:
                self._limit_idle(connection)
        while self._connections and time.monotonic() < until:
            self._turn()
        self._threads.shutdown(wait=False)

    def _turn(self, seconds: float = _SECONDS_A_TURN) -> None:
        found = self._selector.select(seconds)
        # first, because a client that has its answer may ask again before it is recorded here
        while self._finished:
            self._finish(*self._finished.popleft())
        for key, _ in found:
            if isinstance(key.data, Connection):
                if key.data in self._connections:  # unless just dropped to make room for another
                    self._go_on(key.data)
            elif key.fileobj == self.PIPE[0]:
                os.read(self.PIPE[0], READ_SIZE)
            else:
                self._accept(key.data)
        if time.monotonic() > self._swept + _SECONDS_A_TURN:
            self.notify()  # a system call, which takes a hundredth of a page's time
            self._sweep()

    # Opening and dropping connections.

    def _listen(self, wanted: bool) -> None:
        if wanted == self._listens:
            return
        for listener in self.sockets:
            if wanted:
                listener.setblocking(False)
                self._selector.register(listener, selectors.EVENT_READ, listener)
            else:
                self._selector.unregister(listener)
        self._listens = wanted

    def _accept(self, listener: Any) -> bool:
        """Accepts one client; returns whether one was waiting."""
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                return self._drop_oldest()
            if error.errno in (errno.EAGAIN, errno.ECONNABORTED):
                return False
            raise
        sock.setblocking(False)
        server = sock.getsockname()
        # For a Unix socket gunicorn would take the Host header as the server's own name.
        place = _UNIX_PLACE if isinstance(server, str) else server
        connection = Connection(sock, client, place, self.cfg)
        if len(self._connections) >= self.cfg.worker_connections:
            self._drop_oldest()
        self._connections[connection] = None
        self._watch_for(connection, selectors.EVENT_READ)
        if not self.alive:
            self._limit_idle(connection)
        return True

    def _drop_oldest(self) -> bool:
        """Makes room by dropping the connection that has waited longest; returns whether there is
        room."""
        for connection in self._connections:
            if connection.phase is not Phase.WORKING:
                self._drop(connection)
                return True
        return False

    def _drop(self, connection: Connection) -> None:
        self._watch_for(connection, _NOTHING)
        del self._connections[connection]
        connection.socket.close()

    def _limit_idle(self, connection: Connection) -> None:
        """A stopping worker waits briefly for a request that may be on its way."""
        connection.deadline = min(connection.deadline, time.monotonic() + LINGER_SECONDS)

    def _sweep(self) -> None:
        """Closes connections past their deadline, with an answer if part of a request has
        arrived."""
        self._swept = now = time.monotonic()
        for connection in list(self._connections):
            if connection.phase is Phase.WORKING or now < connection.deadline:
                continue
            if connection not in self._connections:
                continue  # already dropped to make room
            if connection.phase is Phase.READING and not connection.is_idle:
                self._refuse(
                    connection, Refused(HTTPStatus.REQUEST_TIMEOUT, "the request took too long")
                )
            else:
                self._drop(connection)

    # Advancing connections.

    def _go_on(self, connection: Connection) -> None:
        try:
            if connection.phase is Phase.SENDING:
                connection.outgoing.flush()
                if not connection.outgoing:
                    self._send(connection)
            elif connection.phase is Phase.CLOSING:
                if not connection.socket.recv(READ_SIZE):
                    self._drop(connection)
            elif connection.phase is Phase.READING:
                self._read(connection)
            else:  # bytes that arrive while a thread answers, which is rare, are read afterwards
                self._watch_for(connection, _NOTHING)
        except BlockingIOError:
            return
        except OSError:  # the client is gone
            self._drop(connection)

    def _read(self, connection: Connection) -> None:
        came = connection.socket.recv(READ_SIZE)
        if came:
            self._take(connection, came)
        elif connection.is_idle:
            self._drop(connection)
        else:
            self._refuse(connection, bad("the request is cut off"))

    def _take(self, connection: Connection, came: bytes = b"") -> None:
        try:
            whole = connection.take(came)
        except Refused as refused:
            self._refuse(connection, refused)
            return
        if whole:
            self._answer(connection)
        else:
            self._hold_less(connection)

    def _hold_less(self, added: Connection) -> None:
        """Keeps the bytes held for clients within the worker's limit by dropping the oldest
        connections."""
        if added.held <= READ_SIZE:
            return  # all connections with held bytes are within the limit
        held = sum(connection.held for connection in self._connections)
        while held > HELD_MAXIMUM and self._drop_oldest():
            held = sum(connection.held for connection in self._connections)

    def _answer(self, connection: Connection) -> None:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.log.info("Autorestarting worker after current request.")
            self.alive = False
        connection.phase = Phase.WORKING
        self._busy += 1
        answering = self._threads.submit(answer, self, connection, not self.alive)
        answering.add_done_callback(partial(self._note, connection))

    def _note(self, connection: Connection, answered: "Future[bool]") -> None:
        """Runs in the thread; wakes the loop."""
        self._finished.append((connection, answered))
        with suppress(BlockingIOError):  # the loop is being woken already
            os.write(self.PIPE[1], b".")

    def _finish(self, connection: Connection, answered: "Future[bool]") -> None:
        self._busy -= 1
        error = answered.exception()
        if isinstance(error, OSError) and connection.outgoing.begun:
            self.log.debug("the client is gone: %s", error)
            self._drop(connection)
            return
        connection.phase = Phase.READING
        if error is None:
            connection.last = not answered.result()
            self._send(connection)
            return
        self.log.error("an answer failed", exc_info=error)
        if connection.outgoing.begun:
            self._drop(connection)  # the client must not take it for complete
        else:
            self._refuse(connection, Refused(HTTPStatus.INTERNAL_SERVER_ERROR, _IN_THE_LOG))

    def _refuse(self, connection: Connection, refused: Refused) -> None:
        self.log.info("refused %s: %s", connection.client, refused)
        if isinstance(self.log, AccessLog):
            self.log.refused(refused.status)
        connection.last = True
        connection.release()
        try:
            connection.outgoing.sendall(written(refused))
            connection.outgoing.flush()
        except OSError:
            self._drop(connection)
            return
        self._send(connection, REFUSED_SECONDS)

    def _send(self, connection: Connection, linger: float = LINGER_SECONDS) -> None:
        """Sends the rest of the answer as the client accepts it, then waits for the next
        request."""
        if connection.outgoing:
            self._wait(connection, Phase.SENDING, ANSWER_SECONDS)
            self._hold_less(connection)
        elif connection.last:
            self._close(connection, linger)
        else:
            connection.next()
            self._wait(connection, Phase.READING, self.cfg.keepalive)
            if not self.alive:
                self._limit_idle(connection)
            if not connection.is_idle:
                connection.deadline = time.monotonic() + HEAD_SECONDS
                self._take(connection)

    def _wait(self, connection: Connection, phase: Phase, seconds: float) -> None:
        """Waits for the client, moving the connection to the end of the waiting list."""
        connection.phase = phase
        connection.deadline = time.monotonic() + seconds
        del self._connections[connection]
        self._connections[connection] = None
        sending = phase is Phase.SENDING
        self._watch_for(connection, selectors.EVENT_WRITE if sending else selectors.EVENT_READ)

    def _watch_for(self, connection: Connection, events: int) -> None:
        if events == connection.awaited:
            return
        if connection.awaited:
            self._selector.unregister(connection.socket)
        if events:
            self._selector.register(connection.socket, events, connection)
        connection.awaited = events

    def _close(self, connection: Connection, seconds: float) -> None:
        """Stops sending; discards input until the client, who can still read everything, closes."""
        try:
            connection.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(connection)
        else:
            self._wait(connection, Phase.CLOSING, seconds)
