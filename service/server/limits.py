"""Limits: how long and how large a request may be before anybody answers it."""

from service.api.context.limits import DRAFT_MAXIMUM

HEAD_SECONDS = 10
"""For a whole head, from its first byte or from the connection on. A head is one packet or two."""

BODY_SECONDS = 30
"""For a whole body: the longest draft at 70 kB a second, a slow mobile line."""

ANSWER_SECONDS = 60
"""For a client to take what could not be sent at once."""

LINGER_SECONDS = 2
"""For a client to close a connection that is over, or to send what it is sending to a worker that
stops: gunicorn's own figure."""

REFUSED_SECONDS = 5
"""For a client to stop sending a body that was refused, so that it gets to read the answer."""

HEAD_MAXIMUM = 64 * 1024
"""Bytes of a head. Browsers and proxies send some 2 kB, and none take more than 64 kB."""

BODY_MAXIMUM = DRAFT_MAXIMUM
"""Bytes of a body that are taken in; what a call takes may be less
(service/api/context/limits.py)."""

LINE_MAXIMUM = 4096
"""Bytes of a line between the chunks of a body."""

FRAMING_FREE = 64 * 1024
"""Bytes of such lines that may be more than the body they frame: chunks of a byte have five each,
and cost time without bringing anything."""

HELD_MAXIMUM = 64 * 1024 * 1024
"""Bytes in a worker, of requests that are not whole and answers that are not taken: 32 of the
longest bodies."""

READ_SIZE = 64 * 1024
"""Bytes read at once; a loopback packet has as many."""

KEPT_MAXIMUM = 4 * 1024 * 1024
"""Bytes of an answer that wait for their client while the thread goes on: no answer but a stream
has more."""

STALL_SECONDS = 10
"""For the client of a stream to take some of it."""
