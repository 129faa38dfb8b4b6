"""Limits: how long a request may take to arrive and how large it may be."""

from service.api.context.limits import DRAFT_MAXIMUM

HEAD_SECONDS = 10
"""For a complete head, from its first byte or from the connection. A head is one or two packets."""

BODY_SECONDS = 30
"""For a complete body: the longest draft at 70 kB a second, a slow mobile line."""

ANSWER_SECONDS = 60
"""For a client to accept what could not be sent at once."""

LINGER_SECONDS = 2
"""For a client to close a finished connection, or to send a request already under way to a worker
that stops: gunicorn's own figure."""

REFUSED_SECONDS = 5
"""For a client to stop sending a refused body, so that it can read the answer."""

HEAD_MAXIMUM = 64 * 1024
"""Bytes of a head. Browsers and proxies send about 2 kB and accept at most 64 kB."""

BODY_MAXIMUM = DRAFT_MAXIMUM
"""Bytes of a body that is read; a call may accept less (service/api/context/limits.py)."""

LINE_MAXIMUM = 4096
"""Bytes of a line between the chunks of a body."""

FRAMING_FREE = 64 * 1024
"""Bytes by which such lines may exceed the body they frame: one-byte chunks have five each and cost
time for nothing."""

HELD_MAXIMUM = 64 * 1024 * 1024
"""Bytes in one worker of incomplete requests and unsent answers: 32 of the longest bodies."""

READ_SIZE = 64 * 1024
"""Bytes per read: the size of a loopback packet."""

KEPT_MAXIMUM = 4 * 1024 * 1024
"""Bytes of an answer that wait for the client while the thread goes on: only a stream has more."""

STALL_SECONDS = 10
"""For the client of a stream to accept any of it."""
