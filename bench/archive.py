"""Archive: how much memory does reading a web archive take, whatever its size?

    python -m bench.archive [--gigabytes 2.1]

Writes archives of pages, pictures and videos to a temporary folder, one of a tenth of the size and
one of all of it, reads each in a process of its own and prints the peak of its memory.
"""

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from service.domain import Source
from service.reading import read

PICTURE, VIDEO = 300_000, 60_000_000
"""Bytes. Of a hundred records one is a video and eight are pages."""

WORDS = ("port", "council", "ferry", "mayor", "vote", "harbour", "winter", "money", "town", "sea")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=2.1)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        found = sum(isinstance(one, Source) for one in read(arguments.read))
        print(f"{found:5} articles, {peak_memory()} MB")
        return
    with TemporaryDirectory() as folder:
        for size in (arguments.gigabytes / 10, arguments.gigabytes):
            path = Path(folder) / "archive.warc"
            write(path, int(size * 1e9))
            print(f"{size:.2f} GB: ", end="", flush=True)
            subprocess.run([sys.executable, "-m", "bench.archive", "--read", path], check=True)


def peak_memory() -> int:
    """Megabytes of this process; unlike ru_maxrss without those of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(next(one for one in status.splitlines() if one.startswith("VmHWM")).split()[1]) >> 10


def write(path: Path, size: int) -> None:
    chance = random.Random(1)
    number = 0
    with path.open("wb") as stream:
        while stream.tell() < size:
            number += 1
            stream.write(record(number, *content(number, chance)))


def content(number: int, chance: random.Random) -> tuple[str, bytes]:
    if number % 12 == 0:
        return "text/html", page(number, chance).encode()
    if number % 101 == 0:
        return "video/mp4", os.urandom(VIDEO)
    return "image/jpeg", os.urandom(PICTURE)


def page(number: int, chance: random.Random) -> str:
    paragraphs = (" ".join(chance.choices(WORDS, k=60)) for _ in range(12))
    body = "".join(f"<p>{words}, Mayor Jane Doe said.</p>" for words in paragraphs)
    return f"<title>Story {number}</title><article><h1>Story {number}</h1>{body}</article>"


def record(number: int, kind: str, payload: bytes) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-02-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


if __name__ == "__main__":
    main()
