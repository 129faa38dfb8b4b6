"""The most expensive legal requests that are known, as asked by bench/costs.py.

Each is within every limit, and asks as much as these allow, of an index of synthetic and hostile
statements (bench/synthetic.py, bench/hostile.py).
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import chain, product
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bench import hostile
from bench.synthetic import FUNCTION_WORDS, Writer
from service.domain import Extractor

PAGES = 40
"""Of two hundred items each, before a page that is deep in its list."""

LONG_QUOTATIONS = 40
LINES = "application/x-ndjson"

A_HEADER = 8_000
"""Bytes of one header: gunicorn accepts 8,190."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request. ``extractor`` is the one used for the text's statements; ``quotations`` is the
    number in a draft whose answer does not list them.
    """

    name: str
    path: str
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    extractor: Extractor = Extractor.RULES
    quotations: int = 0

    @property
    def size(self) -> int:
        """Bytes of the body."""
        if isinstance(self.body, str):
            return len(self.body.encode())
        return 0 if self.body is None else len(json.dumps(self.body))


def asked(path: str, **parameters: object) -> str:
    return f"{path}?{urlencode(parameters)}"


def answered(client: FlaskClient, path: str) -> Any:
    """The JSON answer. Ends the program if it is a problem, such as an index of another format."""
    response = client.get(path)
    answer = response.get_json(force=True)
    if response.status_code != HTTPStatus.OK:
        sys.exit(f"{path}: {response.status_code} {answer.get('detail') or answer['title']}")
    return answer


def lists(writer: Writer) -> Iterator[Request]:
    """Lists of statements, with their parameters."""
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
    """The text with every ninth word replaced."""
    return " ".join("other" if k % 9 == 0 else word for k, word in enumerate(text.split()))


def walked(client: FlaskClient) -> Iterator[Request]:
    """Pages deep in their lists."""
    paths = {
        "all, oldest first": asked("/quotes", sort="date", limit=200),
        "a common word": asked("/search", q="the", limit=200),
        "two of many words": asked("/search", q=" OR ".join(FUNCTION_WORDS), limit=200),
        "everybody called John": asked("/quotes", speaker="John", limit=200),
        "speakers": asked("/speakers", limit=200),
        "speakers called John": asked("/speakers", q="John", limit=200),
        "sources": asked("/sources", limit=200),
    }
    for name, path in paths.items():
        for _ in range(PAGES):
            path = answered(client, path)["next"] or path
        yield Request(f"deep: {name}", path)


def conditional(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    """Requests without a body, conditional ones, in other formats, with long headers."""
    dear = asked("/search", q=f"{writer.words[400]} {writer.words[500]}", limit=200)
    answered(client, dear)
    tag = client.get(dear).headers["ETag"]
    several = ", ".join([f'"{number:04}"' for number in range(A_HEADER // 8)])
    ranges = ",".join(f"{10 * number}-{10 * number + 1}" for number in range(A_HEADER // 12))
    types = ",".join(f"a/b{number};q=0.{number % 9}" for number in range(A_HEADER // 14))
    codings = ",".join(f"c{number};q=0.{number % 9}" for number in range(A_HEADER // 14))
    yield Request("HEAD of the largest page", dear, method="HEAD")
    yield Request("the largest page, unchanged", dear, headers={"If-None-Match": tag})
    yield Request("... unless it is one of 1,000", dear, headers={"If-None-Match": several})
    yield Request("... in another of 500 forms", dear, headers={"Accept": types})
    yield Request("... in another of 500 codings", dear, headers={"Accept-Encoding": codings})
    for coding in ("gzip", "br", "zstd"):
        yield Request(f"... as {coding}", dear, headers={"Accept-Encoding": coding})
    yield Request("... with long cookies", dear, headers={"Cookie": "a=b;" * (A_HEADER // 4)})
    text = "/sources/huge/text"
    yield Request("text of 10 MB", text)
    yield Request("HEAD of it", text, method="HEAD")
    yield Request("... as gzip", text, headers={"Accept-Encoding": "gzip"})
    yield Request("... as br", text, headers={"Accept-Encoding": "br"})
    yield Request("... 600 parts of it", text, headers={"Range": f"bytes={ranges}"})
    tag = client.get(text).headers["ETag"]
    yield Request("... unchanged", text, headers={"If-None-Match": tag})


def single(client: FlaskClient) -> Iterator[Request]:
    """Single records, and the service's own pages."""
    longest = answered(client, "/sources/longest-0/quotes")["items"][0]["links"]["self"]
    yield Request("quotation of 1 MB", longest)
    for name, source in (("1 MB", "longest-0"), ("50 kB", "long-000"), ("2 kB", "speech-0000")):
        listed = answered(client, f"/sources/{source}/quotes")["items"]
        yield Request(f"cluster: quotation of {name}", listed[0]["links"]["cluster"])
    yield Request("... as JSON-LD", longest, headers={"Accept": "application/ld+json"})
    often = answered(client, "/speakers?limit=1")["items"][0]["links"]["self"]
    for path in (often, f"{often}/quotes?limit=200", f"{often}/claims?limit=200"):
        yield Request(f"who speaks most{path.removeprefix(often).partition('?')[0]}", path)
    for path in ("/readyz", "/metrics", "/openapi.yaml", "/docs"):
        yield Request(path, path)
    for name, words in (("wordings", "never give up the"), ("formula", hostile.FORMULA)):
        found = answered(client, asked("/quotes", q=f'"{words}"', limit=1))
        cluster = found["items"][0]["links"]["cluster"]
        yield Request(f"cluster: {name}", asked(cluster, limit=200))
        following = answered(client, asked(cluster, limit=200))["next"]
        yield Request(f"cluster: {name}, page 2", following or cluster)


SAID = "\u201c{}\u201d, John Smith said. "
REPORTED = "John Smith said that the {} of the {} had {} for years. "


def written(writer: Writer) -> dict[str, str]:
    """Texts by what makes them expensive."""
    words = writer.words

    def chosen(first: int, step: int, count: int) -> list[str]:
        return [words[(first + step * place) % 30_000] for place in range(count)]

    honest = [
        SAID.format("The {} {} of our {} was never {}".format(*chosen(300 + 7 * k, 1, 4)))
        for k in range(1_000)
    ]
    wordings = (
        SAID.format(hostile.QUOTATION.format(words[100 + k % 100], words[100 + k // 100]))
        for k in range(1_000)
    )
    long = (SAID.format(" ".join(chosen(k, 7, 250))) for k in range(LONG_QUOTATIONS))
    return {
        "240 times a": "\u201ca\u201d " * 240,
        "200 honest quotations": "".join(honest[:200]),
        "one formula 1,000 times": SAID.format(hostile.FORMULA) * 1_000,
        "1,000 wordings": "".join(wordings),
        "1,000 honest quotations": "".join(honest),
        f"{LONG_QUOTATIONS} quotations of 2 kB": "\n\n".join(long),
        "900 kB of reported speech": "".join(
            REPORTED.format(*chosen(5 * k, 1, 3)) for k in range(15_000)
        )[:900_000],
        "one letter 100,000 times": "\u201ca\u201d " * 100_000,
    }


def texts(writer: Writer, extractor: Extractor) -> Iterator[Request]:
    """Texts and drafts."""
    written_texts = written(writer)
    for (name, text), path in product(written_texts.items(), ("/extract", "/verify/document")):
        yield Request(f"{path}: {name}", path, {"text": text}, extractor=extractor)
    many = {"text": written_texts["1,000 honest quotations"]}
    yield Request("/extract: as lines", "/extract", many, {"Accept": LINES}, extractor=extractor)
    full = "<p>".join((many["text"], written_texts["900 kB of reported speech"]))
    for form in ("html", "markdown"):
        draft = {"text": full[:1_900_000], "format": form}
        yield Request(
            f"/verify/document: full, {form}", "/verify/document", draft, extractor=extractor
        )


def requests(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    """All of them, the most expensive ones last."""
    yield from chain(lists(writer), others(writer), verified(writer))
    yield from chain(walked(client), conditional(client, writer), single(client))
    for extractor in (Extractor.RULES, Extractor.MODEL):
        for request in texts(writer, extractor):
            yield replace(request, name=f"{extractor}: {request.name}")
