"""The most expensive legal requests other than lists, for bench/costs.py.

Pages, whole lists, standards and writing. The tools of `onrecord mcp` use the same calls at the
same cost.
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bench import hostile
from bench.dearest import LINES, Request, answered, asked, written
from bench.synthetic import FUNCTION_WORDS, Writer
from service.domain import Extractor, PartialDate
from service.reviews import ClaimReview, ReviewStore
from service.reviews.review import review_id
from service.reviews.store import REVIEWS_MAXIMUM

TOKEN = "made-up-for-this-benchmark"
SUFFIXES = ("csv", "jsonl", "atom")

QUERIES, CANDIDATES = 50, 50
"""Queries in a batch of names and candidates for each: the limits of
api/asked/reconciliation.py.
"""

_PAGE = {"Accept": "text/html"}
_LINKED = {"Accept": "application/ld+json"}
_FORM = "application/x-www-form-urlencoded"
_SITE = "reviewPublisherSiteFilter"


def fill_reviews(folder: Path, writer: Writer) -> None:
    """Fills the index in this folder with as many reviews as allowed, less those handed in here."""
    store = ReviewStore(folder)
    if not len(store.present()):
        store.add(_review(writer.words, number) for number in range(REVIEWS_MAXIMUM - 1_000))


def _review(words: list[str], number: int) -> ClaimReview:
    rare = (words[(7 * number + 31 * place) % 4_000] for place in range(14))
    claim = " ".join([*FUNCTION_WORDS[number % 20 : number % 20 + 8], *rare])
    url = f"https://facts{number % 50}.example/{number}"
    return ClaimReview(
        review_id(url, claim),
        claim,
        url,
        f"Facts {number % 50}",
        title=claim,
        reviewed=PartialDate(2000 + number % 24, 1 + number % 12, 1 + number % 28),
        claimant=f"John {words[number % 3_000]}",
        language="en",
    )


def pages(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    """HTML pages."""
    common, words = FUNCTION_WORDS, writer.words
    ors = " OR ".join(f'"{common[k % 40]} {common[k // 40]}"' for k in range(120))[:990]
    often = answered(client, "/speakers?limit=1")["items"][0]["links"]["self"]
    formula = answered(client, asked("/quotes", q=f'"{hostile.FORMULA}"', limit=1))["items"][0]
    longest = answered(client, "/sources/longest-0/quotes")["items"][0]
    paths = {
        "a common word": asked("/search", q="the"),
        "OR of phrases": asked("/search", q=ors[: ors.rfind(" OR ")]),
        "words of long ones": asked("/search", q=f"{words[400]} {words[500]}"),
        "everybody called John": asked("/quotes", speaker="John"),
        "speakers called John": asked("/speakers", q="John"),
        "who speaks most": often,
        "sources": "/sources",
        "a source of 10 MB": "/sources/huge",
        "a source of many": "/sources/formulas-00000",
        "a quotation of 1 MB": longest["links"]["self"],
        "its cluster": longest["links"]["cluster"],
        "a formula": formula["links"]["self"],
        "its cluster again": formula["links"]["cluster"],
        "a formula verified": asked("/verify", quote=hostile.FORMULA, speaker="John"),
        "documentation": "/docs",
    }
    for name, path in paths.items():
        yield Request(f"page: {name}", path, headers=_PAGE)
    speech = urlencode({"quote": hostile.speech(writer)[:20_000]})
    form = {**_PAGE, "Content-Type": _FORM}
    yield Request("page: a speech verified", "/verify", speech, form)
    draft = urlencode({"text": written(writer)["1,000 wordings"]})
    yield Request("page: a draft of 1,000", "/verify/document", draft, form, quotations=1_000)


def whole_lists(client: FlaskClient) -> Iterator[Request]:
    """Exports and feeds."""
    found = answered(client, asked("/quotes", q='"never give up the"', limit=1))["items"][0]
    paths = {
        "quotations": "/quotes",
        "a common word's": "/search",
        "speakers": "/speakers",
        "sources": "/sources",
        "a cluster": found["links"]["cluster"],
    }
    for (name, path), suffix in ((one, suffix) for one in paths.items() for suffix in SUFFIXES):
        words = "?q=the" if path == "/search" else ""
        yield Request(f"whole: {name}, {suffix}", f"{path}.{suffix}{words}")
    feed = {"publisher": "The Hostile Post", "limit": 200}
    yield Request("a feed's page of long ones", asked("/quotes.atom", **feed))


def standards(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    """JSON-LD, reconciled names, fact checks, and stored checks."""
    found = answered(client, asked("/quotes", q='"never give up the"', limit=1))["items"][0]
    yield Request("JSON-LD of a quotation", found["links"]["self"], headers=_LINKED)
    claim = asked("/verify", quote=hostile.FORMULA, speaker="John")
    yield Request("a ClaimReview of a formula", claim, headers=_LINKED)
    names = {
        "John": ["John"] * QUERIES,
        "John and a word": [f"John {word}" for word in writer.words[:QUERIES]],
        "long names": ["john von " * 30] * QUERIES,
        "letters and commas": ["a, " * 90] * QUERIES,
    }
    for name, several in names.items():
        batch = {f"q{k}": {"query": one, "limit": CANDIDATES} for k, one in enumerate(several)}
        body = urlencode({"queries": json.dumps(batch)})
        yield Request(f"50 queries: {name}", "/reconcile", body, {"Content-Type": _FORM})
    yield Request("names that begin so", asked("/reconcile/suggest/entity", prefix="J"))
    search = "/v1alpha1/claims:search"
    yield Request("checks after a change", asked(search, query="the", pageSize=200))
    yield Request("checks of a common word", asked(search, query="the", pageSize=200))
    few = {_SITE: "facts1.example", "languageCode": "de", "maxAgeDays": 1}
    yield Request("checks of a site", asked(search, pageSize=200, **few))
    many = {"quote": " ".join(writer.words[:2_000])}
    yield Request("verify beside all checks", "/verify", many)
    kept = client.post("/verify/document", json={"text": written(writer)["1,000 wordings"]})
    link = kept.get_json()["check"]["links"]["self"]
    yield Request("a check of 1,000, kept", link, quotations=1_000)


def handed_in(writer: Writer) -> Iterator[Request]:
    """Sources and reviews: added, replaced and withdrawn."""
    token = {"Authorization": f"Bearer {TOKEN}"}
    text_headers = {**token, "Content-Type": "text/plain"}
    for name, text in written(writer).items():
        yield Request(f"in: {name}", "/sources?id=handed-in", text, text_headers)
    lines = (
        json.dumps({"id": f"line-{k}", "text": f"“We will stay {k},” Jane Doe said."})
        for k in range(200)
    )
    yield Request("in: 200 lines", "/sources", "\n".join(lines), {**token, "Content-Type": LINES})
    short = "“We will never stay,” Jane Doe said."
    yield Request("in: instead of 10 MB", "/sources?id=huge", short, text_headers)
    yield Request("the first list afterwards", "/quotes?limit=200")
    for source in ("handed-in", "wordings-00000", "longest-1"):
        yield Request(f"out: {source}", f"/sources/{source}", None, token, "DELETE")
    yield Request("the first list afterwards", "/quotes?limit=200")
    review = {"@type": "ClaimReview", "claimReviewed": "We will stay", "author": "A"}
    several = [{**review, "url": f"https://c.example/{k}"} for k in range(900)]
    yield Request("in: 900 checks", "/claim-reviews", several, token)
    nothing = json.dumps([{}] * 240_000)
    yield Request(
        "in: 240,000 that are none",
        "/claim-reviews",
        nothing,
        {**token, "Content-Type": "application/json"},
    )
    wrong = [{"@type": "ClaimReview"}] * 30_000
    yield Request("in: 30,000 that lack all", "/claim-reviews", wrong, token)


def requests(client: FlaskClient, writer: Writer) -> Iterator[Request]:
    """All of them, those that change the index last; by the rules, except one text."""
    yield from chain(pages(client, writer), whole_lists(client), standards(client, writer))
    yield from handed_in(writer)
    honest = written(writer)["1,000 honest quotations"]
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
    yield Request(
        "model: in: 1,000 honest quotations",
        "/sources?id=by-model",
        honest,
        headers,
        extractor=Extractor.MODEL,
    )
