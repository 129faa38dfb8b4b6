"""Mutated: does a broken file ever do more harm than a line in the report?

    python -m bench.mutated [--files 2000] [--seed 1]

Files of every format (pages, PDF, Word, mail, Markdown, subtitles, JSON, lines of JSON, feeds, web
archives, texts) are broken at random places: stretches removed, doubled, replaced, zeroed; in Word
files also the parts within. Each is read; the outcomes are counted, and the slowest is named with
its time. An outcome that is neither a source nor a named reason ends the program.
"""

import argparse
import io
import json
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import archive, printed
from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read

Write = Callable[[Path, Sequence[str], random.Random], None]

STORY = tuple(
    f"“We will stay for {number} years,” Mayor Jane Doe said on Monday in the town hall of Dover,"
    f" before {number * 10} people who had come to hear about the port and its ferries."
    for number in range(1, 9)
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    found: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    with TemporaryDirectory() as folder:
        for number in range(arguments.files):
            suffix = list(WRITERS)[number % len(WRITERS)]
            path = Path(folder) / f"broken{suffix}"
            WRITERS[suffix](path, STORY, random.Random(number))
            path.write_bytes(broken(path.read_bytes(), suffix, chance))
            began = time.perf_counter()
            for outcome in read(path):
                if not isinstance(outcome, Source | UnreadableSource):
                    raise AssertionError(f"{suffix}: {outcome!r}")
                if isinstance(outcome, Source):
                    outcome.text.encode()
                found[suffix, type(outcome).__name__] += 1
            slowest = max(slowest, time.perf_counter() - began)
    print(f"{arguments.files} files, the slowest {slowest:.1f} s")
    for suffix in WRITERS:
        print(f"{suffix:10} {found[suffix, 'Source']:5} articles")
        print(f"{'':10} {found[suffix, 'UnreadableSource']:5} reasons")


def broken(content: bytes, suffix: str, chance: random.Random) -> bytes:
    if suffix != ".docx" or chance.random() < 0.3:
        return mutated(content, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w") as other:
        for name in parts.namelist():
            part = parts.read(name)
            other.writestr(name, mutated(part, chance) if chance.random() < 0.4 else part)
    return made.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    written = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(written) or 1)
        end = min(len(written), start + chance.randint(1, 1 + len(written) // 6))
        match chance.randrange(6):
            case 0:
                del written[start:end]
            case 1:
                written[start:start] = written[start:end]
            case 2:
                written[start:end] = chance.randbytes(end - start)
            case 3:
                written[start:end] = bytes(end - start)
            case 4:
                written[start : start + 1] = chance.choice(SPECIAL)
            case _:
                written = written[:end]
    return bytes(written)


SPECIAL = (b"<", b">", b"&", b'"', b"\0", b"\xff", b"\xed\xa0\x80", b"]]>", b"{", b"%%EOF", b"\r")
"""Bytes with a meaning in one of the formats."""


BREAK = "\r\n\r\n"


def write_mail(path: Path, story: Sequence[str], _: random.Random) -> None:
    head = "From: Jane Doe <jane@news.example>\r\nSubject: Port\r\nMIME-Version: 1.0\r\n"
    head += "Date: Wed, 03 Jan 2024 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n"
    path.write_bytes(f"{head}\r\n{BREAK.join(story)}".encode())


def write_markdown(path: Path, story: Sequence[str], _: random.Random) -> None:
    path.write_text("---\ntitle: Port\ndate: 2024-01-03\n---\n\n" + "\n\n".join(story), "utf-8")


def write_subtitles(path: Path, story: Sequence[str], _: random.Random) -> None:
    cues = (
        f"{n}\n00:00:{n:02d},000 --> 00:00:{n + 1:02d},000\n{one}\n" for n, one in enumerate(story)
    )
    path.write_text("\n".join(cues), "utf-8")


def write_json(path: Path, story: Sequence[str], _: random.Random) -> None:
    one = {"webTitle": "Port", "webPublicationDate": "2024-01-03", "webUrl": "https://a.example/b"}
    fields = {"body": "".join(f"<p>{escape(part)}</p>" for part in story), "byline": "Jane Doe"}
    path.write_text(json.dumps({"response": {"results": [{**one, "fields": fields}] * 2}}))


def write_lines(path: Path, story: Sequence[str], _: random.Random) -> None:
    lines = (
        json.dumps({"text": one, "domain": "a.example", "date": "2024-01-03"}) for one in story
    )
    path.write_text("\n".join(lines))


def write_feed(path: Path, story: Sequence[str], _: random.Random) -> None:
    body = escape("".join(f"<p>{one}</p>" for one in story))
    entry = f"<item><title>Port</title><description>{body}</description></item>"
    channel = f"<channel><title>A</title>{entry * 2}</channel>"
    path.write_text(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>')


def write_archive(path: Path, story: Sequence[str], chance: random.Random) -> None:
    records = (
        archive.record(number, "text/html", archive.page(number, chance).encode())
        for number in range(3)
    )
    path.write_bytes(b"".join(records))


def write_text(path: Path, story: Sequence[str], _: random.Random) -> None:
    path.write_text("\n\n".join(story), "utf-8")


WRITERS: dict[str, Write] = {
    **printed.WRITERS,
    ".eml": write_mail,
    ".md": write_markdown,
    ".srt": write_subtitles,
    ".json": write_json,
    ".jsonl": write_lines,
    ".xml": write_feed,
    ".warc": write_archive,
    ".txt": write_text,
}

if __name__ == "__main__":
    main()
