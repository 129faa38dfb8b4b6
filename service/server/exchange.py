"""An exchange: the application answers one complete request, in a thread."""

import io
from collections.abc import MutableMapping
from datetime import datetime
from socket import socket
from typing import Any, cast

from gunicorn.glogging import Logger
from gunicorn.http import wsgi
from gunicorn.workers.base import Worker

from service.server.connection import Connection


def answer(worker: Worker, connection: Connection, closing: bool) -> bool:
    """Has the application answer; sends as much as the client accepts at once.

    Returns whether the connection stays open; with ``closing`` it does not.
    """
    request: Any = connection.request  # gunicorn would use a socket and read a body of its own
    settings, outgoing = worker.cfg, cast(socket, connection.outgoing)
    request.body = io.BytesIO(connection.content)
    settings.pre_request(worker, request)
    response, environ = wsgi.create(
        request, outgoing, connection.client, connection.server, settings
    )
    environ["wsgi.multithread"] = True
    if closing or connection.last:
        response.force_close()
    try:
        _write(worker.wsgi, worker.log, request, response, environ)
        connection.outgoing.flush()
    finally:
        settings.post_request(worker, request, environ, response)
    return not response.should_close()


def _write(
    application: Any,
    log: Logger,
    request: Any,
    response: wsgi.Response,
    environ: MutableMapping[str, Any],
) -> None:
    begun = datetime.now()
    body = application(environ, response.start_response)
    try:
        for piece in body:
            response.write(piece)
        response.close()
    finally:
        log.access(response, request, environ, datetime.now() - begun)
        if hasattr(body, "close"):
            body.close()
