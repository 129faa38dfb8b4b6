"""Claim reviews: read in publishers' formats, stored complete, found by their subject."""

import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from service.domain import PartialDate
from service.errors import IndexCorrupt, IndexMissing, NotFound, UnreadableSource
from service.reviews import Asked, KnownReviews, ReviewChanges, ReviewStore, read_reviews
from service.reviews.review import ClaimReview

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "Putin said that the harvest of the valley will be burnt",
    "url": "https://www.facts.example/harvest",
    "datePublished": "2022-02-05T10:00:00+01:00",
    "author": {"@type": "Organization", "name": "Facts", "url": "https://www.facts.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jane Doe"},
        "datePublished": "2022-02-03",
        "appearance": [{"@type": "CreativeWork", "url": "https://blog.example/1"}],
        "firstAppearance": {"url": "https://blog.example/0"},
    },
    "reviewRating": {
        "@type": "Rating", "ratingValue": "1", "bestRating": 5, "alternateName": "False"
    },
    "inLanguage": "en-GB",
    "headline": "No word of the harvest",
}  # fmt: skip


def written(*more: object, **changes: object) -> bytes:
    return json.dumps([{**REVIEW, **changes}, *more] if more else {**REVIEW, **changes}).encode()


def test_review_is_read_as_it_is_published() -> None:
    [review] = read_reviews(written(), "r.json").reviews
    assert review.claim == REVIEW["claimReviewed"]
    assert (review.url, review.site) == ("https://www.facts.example/harvest", "facts.example")
    assert (review.publisher, review.rating, review.language) == ("Facts", "False", "en-GB")
    assert (review.claimant, review.title) == ("Jane Doe", "No word of the harvest")
    assert (review.claimed, review.reviewed) == (
        PartialDate(2022, 2, 3),
        PartialDate(2022, 2, 5),
    )
    assert review.appearances == ("https://blog.example/0", "https://blog.example/1")


@pytest.mark.parametrize(
    "content",
    [
        written(),
        written(**{"@type": ["ClaimReview", "Review"]}),
        written(**{"@type": "https://schema.org/ClaimReview"}),
        b"\xef\xbb\xbf" + written(),
        json.dumps({"@graph": [{"@type": "WebPage"}, REVIEW]}).encode(),
        json.dumps(
            {
                "@type": "DataFeed",
                "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}],
            }
        ).encode(),
        b'{"@type": "WebPage"}\n\n' + written() + b"\n",
        written(author=[REVIEW["author"]], inLanguage={"@value": "en-GB"}),
    ],
)
def test_reviews_are_found_wherever_they_are(content: bytes) -> None:
    expected = read_reviews(written(), "r.json").reviews
    assert read_reviews(content, "r.json").reviews == expected


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"claimReviewed": " "}, "has no claimReviewed"),
        ({"url": None}, "has no url"),
        ({"url": "facts.example"}, "has url 'facts.example'; expected the URL of a page"),
        ({"url": "javascript:alert(1)"}, "expected the URL of a page"),
        ({"url": "https://[::1/"}, "has url 'https://[::1/'; expected the URL of a page"),
        ({"url": "https://a\u2100b.example/"}, "expected the URL of a page"),
        ({"author": None}, "has no author with a name"),
        ({"author": {"name": ["", {}]}}, "has no author with a name"),
        (
            {"datePublished": "5 February 2022"},
            "datePublished '5 February 2022'; expected a date such as",
        ),
        (
            {"inLanguage": "English, of course"},
            "inLanguage 'English, of course'; expected a tag such as",
        ),
        (
            {"headline": "x" * 3_000},
            "has a value of 3,000 characters; the limit is 2,000",
        ),
        ({"creativeWorkStatus": "Draft"}, "is a draft"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(changes: dict, wrong: str) -> None:
    read = read_reviews(written({**REVIEW, **changes}), "r.json")
    assert len(read.reviews) == 1
    [detail] = read.wrong
    assert detail.startswith("r.json: claim review 2 ")
    assert wrong in detail


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b"<html>", b"\xff", b'{"@type": "Review"}', b"[" * 100_000]
)
def test_what_has_no_claim_review_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"r\.json: "):
        read_reviews(content, "r.json")


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"alternateName": "Mostly false", "ratingValue": 2}, "Mostly false"),
        ({"ratingValue": 2, "bestRating": 5}, "2 of 5"),
        ({"ratingValue": "2"}, "2"),
        ("Unproven", "Unproven"),
        (None, None),
    ],
)
def test_rating_is_in_the_words_of_the_checker(rating: object, words: str | None) -> None:
    [review] = read_reviews(written(reviewRating=rating), "r.json").reviews
    assert review.rating == words


# The store


def reviews(*claims: str, **changes: object):
    several = [{**REVIEW, "claimReviewed": claim, **changes} for claim in claims]
    return read_reviews(json.dumps(several).encode(), "r.json").reviews


def test_store_keeps_them_and_replaces_what_it_has(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path)
    assert len(store.present()) == 0
    assert store.add(reviews("One claim", "Two claims")) == ReviewChanges(added=2)
    first = store.present()
    assert ReviewStore(tmp_path).present().reviews == first.reviews
    assert store.add(reviews("One claim")) == ReviewChanges(unchanged=1)
    assert store.present() is first
    changed = reviews("One claim", headline="Another")
    assert store.add(changed) == ReviewChanges(replaced=1)
    assert store.present().version != first.version
    assert {one.title for one in store.present().reviews} == {"Another", REVIEW["headline"]}
    assert len(first) == 2
    assert store.remove([changed[0].id]) == ReviewChanges(removed=1)
    assert store.remove([REVIEW["url"]]) == ReviewChanges(removed=1)
    assert len(store.present()) == 0


def test_nothing_is_removed_where_one_is_not_known(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path)
    store.add(reviews("One claim"))
    with pytest.raises(NotFound, match="nowhere"):
        store.remove([REVIEW["url"], "https://nowhere.example"])
    assert len(store.present()) == 1


def test_changed_byte_is_reported_wherever_it_is(tmp_path: Path) -> None:
    ReviewStore(tmp_path).add(reviews("One claim", headline="A title"))
    file = tmp_path / "claim-reviews.jsonl"
    content = file.read_bytes()
    for place in range(len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 4
        file.write_bytes(changed)
        with pytest.raises(IndexCorrupt, match=r"claim-reviews\.jsonl:[12]"):
            ReviewStore(tmp_path).present()
    file.write_bytes(content.partition(b"\t")[0] + b"\n")
    assert len(ReviewStore(tmp_path).present()) == 1  # as before there were checksums


def test_store_needs_an_index_and_reads_only_its_own(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        ReviewStore(tmp_path / "none").add(reviews("One claim"))
    (tmp_path / "claim-reviews.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(IndexCorrupt, match=r"claim-reviews\.jsonl:1"):
        ReviewStore(tmp_path).present()


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660)])
def test_the_group_may_read_what_it_shares(tmp_path: Path, folder: int, file: int) -> None:
    index = tmp_path / "index"
    index.mkdir()
    index.chmod(folder)
    ReviewStore(index).add(reviews("One claim"))
    for path in index.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == file


def test_writers_at_once_lose_nothing_and_leave_nothing(tmp_path: Path) -> None:
    adding = (
        "import sys; from pathlib import Path; from service.reviews import *\n"
        "store = ReviewStore(Path(sys.argv[1]))\n"
        "for line in sys.stdin.buffer:\n"
        "    store.add(read_reviews(line, 'r').reviews)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", adding, tmp_path], stdin=subprocess.PIPE)
        for _ in range(3)
    ]
    for number, writer in enumerate(writers):
        lines = [written(claimReviewed=f"Claim {number} {n}") for n in range(10)]
        writer.communicate(b"\n".join(lines), timeout=60)
        assert writer.returncode == 0
    assert len(ReviewStore(tmp_path).present()) == 30
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"claim-reviews.jsonl", "claim-reviews.lock"}


# Finding


KNOWN = KnownReviews(
    "1",
    [
        *reviews("Putin said that the harvest of the valley will be burnt"),
        *reviews("Germany will close the borders tomorrow", datePublished="2023-01-01"),
        *reviews("The vaccine changes what we are", inLanguage="de-AT", url="https://b.example/x",
                 author={"name": "B"}),
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "claims"),
    [
        ("The harvest of the valley will be burnt", ["Putin said that the harvest"]),
        ("harvests of this valley will be burnt", ["Putin said that the harvest"]),
        ("Germany closes its borders tomorrow", ["Germany will close"]),
        ("The borders of the valley", []),
        ("It is what we are", []),
        ("", []),
    ],
)
def test_reviews_about_a_quotation_have_most_of_its_words(quote: str, claims: list[str]) -> None:
    found = KNOWN.about(quote)
    assert len(found) == len(claims)
    assert all(one.claim.startswith(claim) for one, claim in zip(found, claims, strict=True))


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Asked("valley"), 1),
        (Asked("jane doe"), 3),
        (Asked("valley border"), 0),
        (Asked("..."), 0),
        (Asked(site="b.example"), 1),
        (Asked(site="facts.example"), 2),
        (Asked("jane", language="de"), 1),
        (Asked("jane", language="en-US"), 2),
        (Asked("jane", since=date(2022, 6, 1)), 1),
    ],
)
def test_questions_find_what_has_all_words_and_fits(asked: Asked, count: int) -> None:
    assert len(KNOWN.find(asked)) == count


def test_an_address_without_a_host_keeps_nobody_from_the_others() -> None:
    """As one that an earlier version took in."""
    broken = ClaimReview("r-1", "The valley", "https://[::1/", "B")
    found = KnownReviews("1", [broken, *KNOWN.reviews]).find(Asked(site="b.example"))
    assert [review.url for review in found] == ["https://b.example/x"]


def test_newest_come_first() -> None:
    assert [str(one.newest) for one in KNOWN.reviews] == ["2023-01-01", "2022-02-05", "2022-02-05"]
