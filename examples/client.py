"""What has somebody said, and was it ever said like that? Uses only Python's standard library.

python client.py http://127.0.0.1:8000 "Vladimir Putin" "close neighbors bound by traditions"

If the service requires a token for reading, set ONRECORD_TOKEN.
"""

import json
import os
import sys
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen


def ask(address: str, body: object = None) -> dict:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if "ONRECORD_TOKEN" in os.environ:
        headers["Authorization"] = f"Bearer {os.environ['ONRECORD_TOKEN']}"
    sent = None if body is None else json.dumps(body).encode()
    with urlopen(Request(address, sent, headers), timeout=60) as answer:
        return json.load(answer)


def quotations(service: str, speaker: str) -> Iterator[dict]:
    """All quotations, page by page; ``next`` is the path of the following page."""
    path = "quotes?" + urlencode({"speaker": speaker, "limit": 200})
    while path:
        page = ask(urljoin(service, path))
        yield from page["items"]
        path = page["next"]


def main(service: str, speaker: str, quote: str) -> None:
    service = service.rstrip("/") + "/"
    found = list(quotations(service, speaker))
    print(len(found), "quotations")
    for one in found:
        source, text = one["source"], " ".join(one["text"].split())
        print(source["published"], source["publisher"], text, sep="\t")
    print(ask(urljoin(service, "verify"), {"quote": quote, "speaker": speaker})["verdict"])


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: client.py SERVICE SPEAKER QUOTE")
    main(*sys.argv[1:])
