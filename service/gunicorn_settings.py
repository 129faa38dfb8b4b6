"""Gunicorn's settings, for ``onrecord serve`` and for the Procfile.

Where to listen is not said here: the one takes it from ONRECORD_BIND, the other from $PORT.
"""

import gc
import itertools
from math import ceil
from typing import Any

from service.api.context.parts import counting, prepare_index, tidy_index, watch_index
from service.errors import MisconfiguredService
from service.server.access_log import AccessLog
from service.server.closing import LastingSocket
from service.server.limits import BODY_SECONDS
from service.settings import Settings


def _deadline() -> float:
    """Of a request; where the settings are wrong, ``create_app`` says so."""
    try:
        return Settings.from_environment().deadline
    except MisconfiguredService:
        return Settings().deadline


wsgi_app = "service.app:create_app()"
# Takes a request in whole before a thread answers it, so that slow clients hold up nobody.
worker_class = "service.server.worker.Worker"
workers = 2
# More calls at once than processors, so that a few long drafts do not hold up the short ones.
threads = 16
# Of one worker, under the usual 1,024 open files; whoever has waited longest makes room.
worker_connections = 500
# Longer than the minute that proxies keep theirs open, so that it is they who close one.
keepalive = 75
# Of a quotation in a query string each Cyrillic letter takes six bytes.
limit_request_line = 8190
# A request is given up at the deadline; who is at work then has some seconds to say so, and is
# not killed before.
timeout = ceil(_deadline()) + 15
# A worker that stops also waits for a body that is still being sent.
graceful_timeout = BODY_SECONDS + timeout
# No header of a request says where the service is or who asks, but those that
# service/api/front/guard.py takes from proxies which are trusted by setting.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
# What is wrong with settings or index shows before the first worker starts, and word lists are
# loaded once.
preload_app = True
# Counts requests, and writes what --access-logfile asks for.
logger_class = "service.server.access_log.AccessLog"
# Nobody steers the server from outside; a socket in the home directory would be litter.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the workers fork: they share what is made here, as long as nobody writes to it.

    Nothing of the index has a position in its files that they would share too.
    """
    with server.app.wsgi().app_context():
        prepare_index()
        if isinstance(server.log, AccessLog):
            server.log.counting = counting()
    _make_lasting(server)
    gc.collect()
    gc.freeze()


def on_reload(server: Any) -> None:
    """Where the place to listen has changed, these are others."""
    _make_lasting(server)


def _make_lasting(server: Any) -> None:
    """A server started with USR2 takes over the sockets of this one, systemd keeps its own."""

    def shared() -> bool:
        return server.systemd or not server.reexec_pid == server.master_pid == 0

    for listener in server.LISTENERS:
        if not isinstance(listener.sock, LastingSocket):
            listener.sock = LastingSocket(listener.sock, shared)


def pre_fork(server: Any, worker: Any) -> None:
    """Each worker counts requests where no living one does.

    Where no address may say anything in headers, none is looked up: that took a sixteenth of the
    time of a page that is kept (python -m bench.http).
    """
    if not (server.cfg.forwarder_headers or server.cfg.secure_scheme_headers):
        server.cfg.set("forwarded_allow_ips", "*")
    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in itertools.count() if slot not in taken)
    with server.app.wsgi().app_context():
        counting().counts.take(worker.slot)


def post_worker_init(worker: Any) -> None:
    """Each worker looks for commits itself: threads do not live through a fork."""
    with worker.app.wsgi().app_context():
        watch_index()
        tidy_index()
