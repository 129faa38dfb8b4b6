"""What requests cost: python -m bench.costs [--statements 130000] [--index FOLDER]

Asks an index of synthetic and hostile statements (bench/synthetic.py, bench/hostile.py) the
dearest legal questions that are known, each once, and prints CPU seconds and megabytes of each.
The exit code is 1 where one costs more than 2 s or 2 MB. A text or a draft may cost more: 40 ms a
kB and 15 ms a quotation, 4 kB of answer a quotation.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bench import hostile
from bench.synthetic import FUNCTION_WORDS, Writer
from service.api.rendering import STATEMENT_JSON
from service.app import create_app
from service.domain import Extractor
from service.index.whoosh import open_index
from service.settings import Settings

SECONDS, BYTES = 2.0, 2_000_000
A_QUOTATION, A_KILOBYTE, ANSWER = 0.015, 0.040, 4_000
"""Seconds and bytes that a text or a draft may cost beyond nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    name: str
    path: str
    body: object = None
    kind: str = "application/json"

    @property
    def size(self) -> int:
        """Bytes of the body."""
        if isinstance(self.body, str):
            return len(self.body.encode())
        return 0 if self.body is None else len(json.dumps(self.body))


def asked(path: str, **parameters: object) -> str:
    return f"{path}?{urlencode(parameters)}"


def lists(writer: Writer) -> Iterator[Request]:
    """Lists of statements, and what they take."""
    common, words = FUNCTION_WORDS, writer.words
    everything = {"facet": "speaker,publisher,form,language,year", "limit": 200}
    many = " ".join(words[:200])[:990]
    yield Request("all, every facet", asked("/quotes", **everything))
    yield Request("all, oldest first", asked("/quotes", sort="date", **everything))
    yield Request("200 common words", asked("/search", q=many, **everything))
    yield Request("OR chain of common words", asked("/search", q=" OR ".join(words[:140])[:990]))
    yield Request(
        "many negations", asked("/search", q="the " + " ".join(f"-{w}" for w in common[1:]))
    )
    phrase = " ".join(common[k % 12] for k in range(280))[:990]
    yield Request("phrase of 280 stop words", asked("/search", q=f'"{phrase}"'))
    yield Request("phrase of 32 stop words", asked("/search", q=f'"{" ".join(common[:32])}"'))
    yield Request("one letter 32 times", asked("/search", q=f'"{"a " * 32}"'))
    phrases = " ".join(f'"{common[k % 40]} {common[k // 40]}"' for k in range(120))[:990]
    yield Request(
        "90 phrases of two stop words", asked("/search", q=phrases[: phrases.rfind(' "')])
    )
    ors = " OR ".join(f'"{common[k % 40]} {common[k // 40]}"' for k in range(120))[:990]
    yield Request("OR of phrases", asked("/search", q=ors[: ors.rfind(" OR ")]))
    wrong = " ".join(f"qx{word}z" for word in words[200:320])[:990]
    yield Request("words that are nowhere", asked("/search", q=wrong))
    yield Request("8 words respelt", asked("/search", q=" ".join(f"x{w}" for w in words[900:908])))
    yield Request("long statements", asked("/quotes", publisher="The Hostile Post", limit=200))
    yield Request("longest statements", asked("/sources/longest-0/quotes", limit=200))
    yield Request("words of long ones", asked("/search", q=f"{words[400]} {words[500]}", limit=200))
    yield Request("everybody called John", asked("/quotes", speaker="John", **everything))
    yield Request("a long name", asked("/quotes", speaker="john von " * 30, limit=200))
    yield Request("one letter's speakers", asked("/quotes", speaker="q", limit=200))
    yield Request("a long publisher", asked("/quotes", publisher="The Post " * 30))


def others(writer: Writer) -> Iterator[Request]:
    """Speakers, sources, suggestions, errors."""
    yield Request("speakers", asked("/speakers", limit=200))
    yield Request("speakers called John", asked("/speakers", q="John", limit=200))
    yield Request("sources", asked("/sources", limit=200))
    yield Request(
        "sources of a publisher", asked("/sources", publisher="the hostile post", limit=200)
    )
    yield Request("a source of 10 MB", "/sources/huge")
    yield Request("names that begin with J", asked("/suggest", q="J", limit=200))
    yield Request("words that begin with a", asked("/suggest", q="a", limit=200))
    yield Request("a long beginning", asked("/suggest", q="a " * 149))
    unknown = "&".join(f"x{number}=1" for number in range(1_300))
    yield Request("1,300 unknown parameters", f"/quotes?{unknown}")
    yield Request("... where none is taken", f"/readyz?{unknown}")
    keys = {f"x{number}": 1 for number in range(60_000)}
    yield Request("60,000 unknown keys", "/verify", keys)


def verified(writer: Writer) -> Iterator[Request]:
    """Claimed quotations and clusters."""
    common, words = FUNCTION_WORDS, writer.words
    formula = hostile.QUOTATION.format(words[150], words[160])
    yield Request("a", asked("/verify", quote="a"))
    yield Request("a formula", asked("/verify", quote=hostile.FORMULA, speaker="John"))
    yield Request("10,000 wordings", asked("/verify", quote=formula, speaker="John Smith"))
    posted = {
        "20,000 letters of common words": " ".join(common[k % len(common)] for k in range(6_000)),
        "20,000 letters of words": " ".join(words[k % 3_000] for k in range(4_000)),
        "20,000 letters of one word": f"{words[300]} " * 4_000,
        "2,000 ellipses": f"{words[300]} {words[301]} ... " * 900,
        "40 pieces": " ... ".join(f"{words[300 + k]} {words[2 * k]} the of" for k in range(41)),
        "sentences": ". ".join(" ".join(words[9 * k : 9 * k + 9]) for k in range(330)),
        "brackets": f"[{words[300]}] the " * 1_500,
        "one letter 10,000 times": "a " * 10_000,
        "unspaced": "\u4e2d" * 20_000,
        "marks": "\u201c" * 19_990 + "word",
        "dots": "." * 19_990 + "word",
        "a speech of 1,000 reprints": hostile.speech(writer),
        "a part of a long quotation": hostile.long(writer)[7_000:27_000],
        "... with words changed": _altered(hostile.long(writer)[7_000:27_000]),
    }
    for name, quote in posted.items():
        yield Request(name, "/verify", {"quote": quote[:20_000], "speaker": "John " * 60})


def _altered(text: str) -> str:
    """Every ninth word is another."""
    return " ".join("other" if k % 9 == 0 else word for k, word in enumerate(text.split()))


def texts(writer: Writer) -> Iterator[Request]:
    """Texts and drafts."""
    words = writer.words
    first = "\u201cThe {} {} of our {} was never {}\u201d, John Smith said. "
    honest = "".join(
        first.format(*(words[300 + 7 * k + place] for place in range(4))) for k in range(200)
    )
    formulas = f"\u201c{hostile.FORMULA}\u201d, John said. "
    wordings = "".join(
        f"\u201c{hostile.QUOTATION.format(words[100 + k % 100], words[100 + k // 100])}\u201d, "
        "John said. "
        for k in range(1_000)
    )
    for path in ("/extract", "/verify/document"):
        yield Request(f"{path}: 240 times a", path, {"text": "\u201ca\u201d " * 240})
        yield Request(f"{path}: 200 honest quotations", path, {"text": honest})
        yield Request(f"{path}: one formula 1,000 times", path, {"text": formulas * 1_000})
        yield Request(f"{path}: 1,000 wordings", path, {"text": wordings})
        yield Request(f"{path}: 1 MB", path, {"text": (honest * 40)[:900_000]})


def requests(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    yield from chain(lists(writer), others(writer), verified(writer))
    for name, words in (("wordings", "never give up the"), ("formula", hostile.FORMULA)):
        found = client.get(asked("/quotes", q=f'"{words}"', limit=1)).get_json()
        yield Request(f"cluster: {name}", found["items"][0]["links"]["cluster"])
    yield from texts(writer)


def measure(client: FlaskClient, request: Request) -> bool:
    """Prints what it costs; whether that is within bounds."""
    started = time.process_time()
    if request.body is None:
        response = client.get(request.path)
    else:
        response = client.post(request.path, json=request.body)
    size = len(response.data)
    taken = time.process_time() - started
    seconds, most = SECONDS, BYTES
    if request.path in ("/extract", "/verify/document"):
        quotations = _quotations(response.get_json(force=True))
        seconds += A_QUOTATION * quotations + A_KILOBYTE * request.size / 1_000
        most += ANSWER * quotations
    kept = taken <= seconds and size <= most
    told = f"{request.name:36} {response.status_code} {taken:8.3f} s of {seconds:6.1f}"
    print(
        f"{told} {size / 1e6:8.3f} MB of {most / 1e6:5.1f}{'' if kept else '  TOO MUCH'}",
        flush=True,
    )
    return kept


def _quotations(answer: dict[str, list[object]]) -> int:
    return len(answer.get("quotations", answer.get("statements", [])))


def build(folder: Path, statements: int, writer: Writer) -> None:
    index = open_index(folder, create=True, rendering=STATEMENT_JSON)
    index.add(chain(writer.sources(statements - 13_204), hostile.sources(writer)))
    index.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=130_000)
    parser.add_argument("--index", type=Path, help="made if it is not there (default: not kept)")
    parser.add_argument("--extractor", type=Extractor, default=Extractor.RULES)
    parser.add_argument("--only", default="", help="requests with this in their name")
    arguments = parser.parse_args()
    writer = Writer()
    folder = arguments.index or Path(tempfile.mkdtemp(prefix="bench-costs-")) / "index"
    try:
        if not folder.exists():
            build(folder, arguments.statements, writer)
        app = create_app(Settings(index=folder, extractor=arguments.extractor, deadline=600))
        client = app.test_client()
        client.get("/readyz")
        client.get("/suggest?q=a")
        chosen = (r for r in requests(client, writer) if arguments.only in r.name)
        kept = [measure(client, request) for request in chosen]
    finally:
        if arguments.index is None:
            shutil.rmtree(folder.parent)
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
