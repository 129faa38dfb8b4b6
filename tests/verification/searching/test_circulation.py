"""Where a quotation stands, in which wordings, since when, and from how many origins."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from service.domain import Context, Form, Span
from service.errors import InvalidParameter, NotFound
from service.index.whoosh import WhooshIndex, WhooshSnapshot, open_index
from service.verification import cluster, mentions_of, verify
from service.verification.findings import Wording
from service.verification.searching.origins import origins_of
from tests.index.articles import article
from tests.verification.conftest import GROWTH, HARVEST

WIRE = "VALLEY TOWN, March 3 - After a long and rainy summer the mayor walked over the fields and "
LATER = " as the band played the old songs and the children carried lanterns through the streets"
REPORT = (
    "It was late when our reporter met her at the counter of the only inn in the village, where "
)


def report(identifier, words, date, before="", after="", speaker="Mary Major", **options):
    made = article(identifier, (speaker, words, options), date=date)
    (statement,) = made.statements
    return replace(made, statements=(structs.replace(statement, context=Context(before, after)),))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    shorter = HARVEST.removesuffix(" that anybody remembers")
    made = open_index(tmp_path_factory.mktemp("circulation") / "index", create=True)
    made.add(
        [
            report("c1", HARVEST, "2020-03-03", WIRE, LATER),
            report("c2", HARVEST, "2020-03-04", WIRE[20:], LATER[:50]),
            report("c3", HARVEST.replace("best", "finest"), "2020-03-05", "Editor's note: " + WIRE),
            report("c4", HARVEST, "2020-03-02", REPORT, "and she laughed about it for a while"),
            report("c5", shorter, "2020-03-06", "In a speech to farmers on Friday in the capital"),
            report("c6", HARVEST.replace("best", "worst"), "2020-03-07", speaker="John Roe"),
            report("c7", f"that {HARVEST}", None, form=Form.INDIRECT),
            report("c8", GROWTH, "2019-01-01", WIRE, LATER),
        ]
    )
    return made


def test_every_source_that_has_it_is_a_mention(index: WhooshIndex) -> None:
    found = verify(index.snapshot(), HARVEST)
    assert found.mentions == 7
    sources = [one.statement.source.id for one in found.circulation.mentions]
    assert sources == ["c4", "c1", "c2", "c3", "c5", "c6", "c7"]
    assert found.first_seen and found.first_seen.source.id == "c4"


def test_reprints_are_of_one_origin(index: WhooshIndex) -> None:
    found = verify(index.snapshot(), HARVEST)
    origins = {one.statement.source.id: one.origin for one in found.circulation.mentions}
    assert origins["c1"] == origins["c2"] == origins["c3"]
    assert len({origins["c1"], origins["c4"], origins["c6"]}) == 3
    assert found.independent_origins == 5


def test_variants_have_their_first_date_and_place(index: WhooshIndex) -> None:
    variants = verify(index.snapshot(), HARVEST).circulation.variants
    rows = [(one.text, one.mentions, one.first.source.id, str(one.wording)) for one in variants]
    assert rows == [
        (HARVEST, 4, "c4", "verbatim"),
        (HARVEST.replace("best", "finest"), 1, "c3", "altered"),
        (HARVEST.removesuffix(" that anybody remembers"), 1, "c5", "altered"),
        (HARVEST.replace("best", "worst"), 1, "c6", "altered"),
    ]


def test_forty_reprints_are_forty_mentions_of_one_origin(tmp_path) -> None:
    index = open_index(tmp_path / "reprints", create=True)
    index.add(report(f"r{n:02}", HARVEST, "2020-03-03", WIRE, LATER) for n in range(40))
    found = verify(index.snapshot(), HARVEST)
    assert (found.mentions, found.independent_origins) == (40, 1)
    together = cluster(index.snapshot(), found.best.statement.id)
    assert (len(together.circulation.mentions), together.circulation.independent_origins) == (40, 1)


def test_mentions_in_one_source_are_of_one_origin(tmp_path) -> None:
    index = open_index(tmp_path / "twice", create=True)
    index.add([article("t1", ("Mary Major", HARVEST), ("Mary Major", HARVEST.lower()))])
    found = verify(index.snapshot(), HARVEST)
    assert (found.mentions, found.independent_origins) == (2, 1)
    assert len(found.circulation.variants) == 1


def test_cluster_is_the_same_from_each_of_its_statements(index: WhooshIndex) -> None:
    mentions = verify(index.snapshot(), HARVEST).circulation.mentions
    clusters = [cluster(index.snapshot(), one.statement.id) for one in mentions]
    first, *others = clusters
    assert all(one == first for one in others)
    assert first.id == mentions[0].statement.id
    sources = [one.statement.source.id for one in first.circulation.mentions]
    assert sources == ["c4", "c1", "c2", "c3", "c5", "c6", "c7"]
    assert [(speaker.name, count) for speaker, count in first.speakers] == [
        ("Mary Major", 6),
        ("John Roe", 1),
    ]


def test_cluster_tells_wordings_apart(index: WhooshIndex) -> None:
    found = cluster(index.snapshot(), verify(index.snapshot(), HARVEST).best.statement.id)  # type: ignore[union-attr]
    wordings = {one.statement.source.id: one.wording for one in found.circulation.mentions}
    assert wordings["c1"] is wordings["c5"] is Wording.VERBATIM
    assert wordings["c3"] is Wording.ALTERED
    assert wordings["c7"] is Wording.PARAPHRASE
    assert len(found.circulation.variants) == 5


def test_statement_that_nobody_else_has_is_a_cluster(index: WhooshIndex) -> None:
    alone = verify(index.snapshot(), GROWTH).best
    assert alone
    found = cluster(index.snapshot(), alone.statement.id)
    assert found.id == alone.statement.id
    assert len(found.circulation.mentions) == 1
    with pytest.raises(NotFound):
        cluster(index.snapshot(), "s-nothing")


def test_short_words_are_joined_with_the_same_words_only(tmp_path) -> None:
    index = open_index(tmp_path / "short", create=True)
    index.add(
        [
            report("s1", "Never again", "2020-01-01"),
            report("s2", "Never again!", "2020-01-02"),
            report("s3", "Never again shall we dance here", "2020-01-03"),
        ]
    )
    first = verify(index.snapshot(), "never again").circulation.mentions[0]
    found = cluster(index.snapshot(), first.statement.id)
    assert [one.statement.source.id for one in found.circulation.mentions] == ["s1", "s2"]


def test_quoted_words_join_a_report_with_the_quotation(tmp_path) -> None:
    """A report that quotes the best part of it belongs to it by the words it quotes."""
    part = "the best harvest that anybody remembers"
    made = report("q2", f"that it was “{part}” and more", "2020-01-02", form=Form.MIXED)
    (statement,) = made.statements
    start = statement.spans[0].start + statement.text.index(part)
    quoted = (Span(start, start + len(part)),)
    made = replace(made, statements=(structs.replace(statement, quoted=quoted),))
    index = open_index(tmp_path / "mixed", create=True)
    index.add([report("q1", HARVEST, "2020-01-01"), made])
    found = cluster(index.snapshot(), made.statements[0].id)
    assert [one.text for one in found.circulation.mentions] == [HARVEST, part]


class CountingSnapshot:
    """Counts how often it is asked."""

    def __init__(self, snapshot: WhooshSnapshot) -> None:
        self._snapshot = snapshot
        self.asked = 0

    def statement(self, statement_id: str) -> object:
        return self._snapshot.statement(statement_id)

    def reprinted(self, source_ids: Iterable[str]) -> object:
        return self._snapshot.reprinted(source_ids)

    def sharing(self, *question: object) -> object:
        self.asked += 1
        return self._snapshot.sharing(*question)  # type: ignore[arg-type]


def test_each_wording_of_a_cluster_is_looked_up_once(index: WhooshIndex) -> None:
    """So that all clusters of an index take as many lookups as it has wordings."""
    counting = CountingSnapshot(index.snapshot())
    first = verify(index.snapshot(), HARVEST).circulation.mentions[0]
    found = cluster(counting, first.statement.id)  # type: ignore[arg-type]
    assert len(found.circulation.mentions) == 7
    assert counting.asked == len(found.circulation.variants) == 5


@settings(max_examples=30)
@given(st.lists(st.sampled_from([WIRE, REPORT, LATER, ""]), min_size=1, max_size=12))
def test_same_surroundings_have_same_origin_whatever_the_order(before: list[str]) -> None:
    statements = [
        report(f"o{number}", HARVEST, "2020-01-01", text).statements[0]
        for number, text in enumerate(before)
    ]
    origins = origins_of(statements)
    assert origins[0] == 1
    for (one, its), (other, others) in zip(
        zip(before, origins, strict=True), zip(before[1:], origins[1:], strict=True), strict=False
    ):
        assert (its == others) == (one == other != "")


def test_cluster_is_read_page_by_page(index: WhooshIndex) -> None:
    first = verify(index.snapshot(), HARVEST).circulation.mentions[0]
    whole = cluster(index.snapshot(), first.statement.id)
    seen, cursor = [], None
    for _ in range(4):
        page = mentions_of(whole, 2, cursor)
        assert page.total == 7
        seen += page.items
        cursor = page.next
    assert (tuple(seen), cursor) == (whole.circulation.mentions, None)
    with pytest.raises(InvalidParameter, match="cursor"):
        mentions_of(whole, 2, "nothing")


def test_page_of_a_cluster_loses_nothing_when_the_index_grows(tmp_path) -> None:
    index = open_index(tmp_path / "growing", create=True)
    index.add([report(f"g{day}", HARVEST, f"2020-01-0{day}") for day in (2, 4, 6)])
    statement = verify(index.snapshot(), HARVEST).circulation.mentions[0].statement
    cursor = mentions_of(cluster(index.snapshot(), statement.id), 2).next
    index.add([report(f"g{day}", HARVEST, f"2020-01-0{day}") for day in (1, 3, 5, 7)])
    page = mentions_of(cluster(index.snapshot(), statement.id), 20, cursor)
    assert [one.statement.source.id for one in page.items] == ["g5", "g6", "g7"]


def test_a_sentence_of_a_long_speech_is_counted_in_every_print(tmp_path: Path) -> None:
    sentence = "We are going to rebuild the harbour stone by stone, whatever the winter brings us"
    speech = f"{'The harbour was ours. ' * 900}{sentence}."
    index = open_index(tmp_path / "index", create=True)
    index.add([article(f"p{number}", ("Jane Doe", speech)) for number in range(24)])
    assert verify(index.snapshot(), sentence).mentions == 24


def test_reprints_with_other_words_around_it_are_of_one_origin(tmp_path: Path) -> None:
    story = [("John Roe", f"sentence {number} that the wire reported") for number in range(30)]
    made = [
        ("wire", "2020-03-03", story, WIRE),
        ("paper", "2020-03-04", story, REPORT),
        ("alone", "2020-03-05", [], "In a speech to farmers on Friday in the capital of the land"),
    ]
    annotated = []
    for identifier, date, rest, before in made:
        whole = article(identifier, ("Mary Major", HARVEST), *rest, date=date)
        first = structs.replace(whole.statements[0], context=Context(before, ""))
        annotated.append(replace(whole, statements=(first,)))
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add(annotated)
        found = verify(index.snapshot(), HARVEST)
        assert (found.mentions, found.independent_origins) == (3, 2)
        mentions = found.circulation.mentions
        assert [(one.origin, one.reprint_of) for one in mentions] == [
            (1, None),
            (1, "wire"),
            (2, None),
        ]
        clustered = cluster(index.snapshot(), mentions[0].statement.id)
        assert clustered.circulation.independent_origins == 2
