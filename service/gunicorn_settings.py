"""Gunicorn's settings, for ``onrecord serve`` and for the Procfile.

The bind address is not set here: ``onrecord serve`` takes it from ONRECORD_BIND, the Procfile from
$PORT.
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
    """Seconds per request; the default if the settings are invalid, which ``create_app``
    reports."""
    try:
        return Settings.from_environment().deadline
    except MisconfiguredService:
        return Settings().deadline


wsgi_app = "service.app:create_app()"
# Reads a request completely before a thread answers it, so that slow clients block nobody.
worker_class = "service.server.worker.Worker"
workers = 2
# More calls at once than processors, so that a few long drafts do not delay the short ones.
threads = 16
# Per worker, under the usual limit of 1,024 open files; the longest-idle connection makes room.
worker_connections = 500
# Longer than the minute most proxies use, so that the proxy closes idle connections first.
keepalive = 75
# A quotation in a query string takes six bytes per Cyrillic letter.
limit_request_line = 8190
# A request is given up at its deadline; the extra seconds let its thread answer 503 before gunicorn
# kills the worker.
timeout = ceil(_deadline()) + 15
# A stopping worker also waits for a body that is still being sent.
graceful_timeout = BODY_SECONDS + timeout
# No request header decides the service's address or the client's, except those that
# service/api/front/guard.py accepts from trusted proxies.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
# Reports wrong settings or a broken index before the first worker starts, and loads word lists
# once.
preload_app = True
# Counts requests, and writes the log that --access-logfile asks for.
logger_class = "service.server.access_log.AccessLog"
# The server is not controlled from outside; the socket would litter the home directory.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the workers fork: loads what they share copy-on-write.

    The index has no file positions that the workers would share as well.
    """
    with server.app.wsgi().app_context():
        prepare_index()
        if isinstance(server.log, AccessLog):
            server.log.counting = counting()
    _make_lasting(server)
    gc.collect()
    gc.freeze()


def on_reload(server: Any) -> None:
    """Wraps the new listeners after the bind address has changed."""
    _make_lasting(server)


def _make_lasting(server: Any) -> None:
    """Keeps pending connections when a listener closes, unless another process goes on using it.

    That is a server started with USR2, which inherits the sockets, or systemd, which owns them.
    """

    def shared() -> bool:
        return server.systemd or not server.reexec_pid == server.master_pid == 0

    for listener in server.LISTENERS:
        if not isinstance(listener.sock, LastingSocket):
            listener.sock = LastingSocket(listener.sock, shared)


def pre_fork(server: Any, worker: Any) -> None:
    """Gives each worker a slot for its request counts that no living worker has.

    If no address is trusted to set headers, gunicorn need not look the address up: that took a
    sixteenth of the time of a cached page (python -m bench.http).
    """
    if not (server.cfg.forwarder_headers or server.cfg.secure_scheme_headers):
        server.cfg.set("forwarded_allow_ips", "*")
    worker.early_signals = server.SIG_QUEUE
    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in itertools.count() if slot not in taken)
    with server.app.wsgi().app_context():
        counting().counts.take(worker.slot)


def post_worker_init(worker: Any) -> None:
    """Starts watching for commits in each worker: threads do not survive a fork."""
    with worker.app.wsgi().app_context():
        watch_index()
        tidy_index()
