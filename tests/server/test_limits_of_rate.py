"""All workers of a real server count a client's requests together."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.server.conftest import GUNICORN
from tests.server.wire import say

ALLOWED = 60
ASKING = b"GET /quotes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def test_workers_count_together(
    serving: Callable[..., Any], free_port: Callable[[], int], seeds_index: Path, tmp_path: Path
) -> None:
    port = free_port()
    settings = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_RATE": f"{ALLOWED}/day"}
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--workers", "3"]
    with serving(command, port, tmp_path, **settings), ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: say(("127.0.0.1", port), ASKING), range(2 * ALLOWED)))
    assert Counter(reply.status for reply in replies) == {200: ALLOWED, 429: ALLOWED}
    left = {reply.headers["ratelimit"] for reply in replies if reply.status == 429}
    assert all(one.startswith('"day";r=0;') for one in left)
