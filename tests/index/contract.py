"""What every index engine must do. An engine's tests inherit IndexContract and give it a ``path``
and ``open_index`` (a function of path, known speakers and ``create``)."""

import math
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from service.domain import (
    ANY_ACT,
    Act,
    Facet,
    Form,
    KnownSpeaker,
    PartialDate,
    Query,
    Sort,
    SourceType,
    Span,
    SpeakerKind,
    slug,
)
from service.errors import InvalidParameter, NotFound
from tests.index.articles import article, group, person

CLAIM = {"form": Form.INDIRECT}
MIXED = {"form": Form.MIXED}
LEADER = {"mention": "the Russian leader", "title": "leader of Russia"}
ATTITUDE = {"act": Act.ATTITUDE}


def texts(page):
    return [hit.statement.text for hit in page.items]


def marked(hit):
    return [span.of(hit.statement.text) for span in hit.highlights]


def walk(index, query, between=lambda: None):
    """All pages of a query one by one, with something done in between."""
    found, cursor = [], None
    while True:
        page = index.snapshot().find(Query(**{**query, "cursor": cursor}))
        found += page.items
        if page.next is None:
            return found
        cursor = page.next
        between()


class Packed:
    """Serialises hits as MessagePack, in one of several versions, and counts them."""

    def __init__(self, version="1"):
        self.version = version
        self.made = 0

    def __call__(self, hit):
        self.made += 1
        return self.version.encode() + msgspec.msgpack.encode(hit)


def rendered(page, rendering):
    return replace(page, items=tuple(map(rendering, page.items)))


class IndexContract:
    @pytest.fixture
    def index(self, open_index, path):
        opened = open_index(path, create=True)
        yield opened
        opened.close()

    @pytest.fixture
    def filled(self, index):
        index.add(
            [
                article(
                    "tass",
                    ("Vladimir Putin", "We agreed on lasting peace talks"),
                    ("Putin", "The agreement is no threat to Russia’s neighbours", MIXED),
                    ("Xi Jinping", "China supports the talks about peace", CLAIM),
                    date="2022-02-03",
                    title="Talks",
                ),
                article(
                    "xinhua",
                    (group("Putin and Xi", "V. Putin", "Xi Jinping"), "Friendship knows no limits"),
                    (None, "Somebody agrees with peace", CLAIM),
                    date="2024-05-16",
                    publisher="Xinhua",
                ),
                article("old", ("Vladimir Putin", "Peace is far away"), date="2014"),
                article("zeitlos", ("Olaf Scholz", "Frieden"), date="--02-03", language="de"),
            ]
        )
        return index

    # Added sources are found unchanged

    def test_found_statement_is_the_statement_added(self, index):
        added = article("a", ("Vladimir Putin", "We agreed"))
        index.add([added])
        assert index.snapshot().statement(added.statements[0].id) == added.statements[0]
        assert index.snapshot().find(Query()).items[0].statement == added.statements[0]

    def test_statements_of_a_stretch_are_those_with_words_in_it(self, index):
        said = [("Xi", f"Number {n}", {"denied": n == 3}) for n in range(120)]
        added = article("a", *said)
        index.add([article("b", ("Putin", "One")), added, article("c", ("Putin", "Two"))])
        snapshot = index.snapshot()
        whole = Span(0, len(added.source.text))
        assert snapshot.statements_in("a", whole) == list(added.statements)
        for first, last in ((0, 0), (2, 5), (117, 119)):
            some = added.statements[first : last + 1]
            within = Span(some[0].spans[0].start + 1, some[-1].spans[0].start + 2)
            assert snapshot.statements_in("a", within) == list(some)
        assert snapshot.statements_in("a", Span(whole.end, whole.end + 9)) == []
        with pytest.raises(NotFound):
            snapshot.statements_in("d", whole)

    def test_source_is_the_source_added_with_its_counts(self, index):
        added = article("a", ("Putin", "One"), ("Putin", "Two", CLAIM), ("Xi", "Three", MIXED))
        index.add([added])
        summary = index.snapshot().source("a")
        assert (summary.source, summary.quotes, summary.claims) == (added.source, 2, 1)
        assert summary.attitudes == 0

    def test_unknown_ids_are_not_found(self, filled):
        for question in (
            filled.snapshot().statement,
            filled.snapshot().source,
            filled.snapshot().speaker,
        ):
            with pytest.raises(NotFound, match="nobody"):
                question("nobody")

    def test_empty_index_answers(self, index):
        page = index.snapshot().find(Query("peace", speaker="Putin", facets=tuple(Facet)))
        assert (page.items, page.total, page.next, page.speakers) == ((), 0, None, ())
        assert all(counts == () for counts in page.facets.values())
        assert index.snapshot().sources().items == index.snapshot().speakers().items == ()
        assert index.snapshot().suggest("p") == []
        statistics = index.snapshot().statistics()
        assert (statistics.sources, statistics.earliest, statistics.languages) == (0, None, ())

    # Changing

    def test_adding_again_changes_nothing(self, index):
        index.add([article("a", ("Putin", "One"))])
        before = index.snapshot().generation
        changes = index.add([article("a", ("Putin", "One"))])
        assert (changes.unchanged, changes.added, changes.statements) == (1, 0, 0)
        assert index.snapshot().generation == before

    def test_changed_source_replaces_its_statements(self, index):
        index.add([article("a", ("Putin", "One"), ("Putin", "Two")), article("b", ("Xi", "Three"))])
        before = index.snapshot().generation
        changes = index.add([article("a", ("Putin", "Four"), version=2)])
        assert (changes.replaced, changes.statements) == (1, 1)
        assert index.snapshot().generation != before
        assert texts(index.snapshot().find(Query())) == ["Four", "Three"]

    def test_source_gone_from_its_file_is_removed(self, index):
        index.add([article(i, ("Putin", i.upper()), origin="feed.jsonl") for i in "abc"])
        index.add([article("d", ("Putin", "D"), origin="other.jsonl")])
        changes = index.add([article(i, ("Putin", i.upper()), origin="feed.jsonl") for i in "ac"])
        assert (changes.removed, changes.unchanged) == (1, 2)
        assert texts(index.snapshot().find(Query())) == ["A", "C", "D"]

    def test_standard_input_removes_nothing(self, index):
        index.add([article("a", ("Putin", "A"), origin="-")])
        assert index.add([article("b", ("Putin", "B"), origin="-")]).removed == 0

    def test_everything_is_returned_as_it_was_added(self, index):
        first = [
            article(i, ("Putin", i), ("V. Putin", "b"), date=f"2022-0{n}")
            for n, i in enumerate("abc", 1)
        ]
        index.add(first)
        changed = article("b", ("Xi", "other"), date=None, version=2)
        index.add([changed])
        index.add([article("d", origin="d.txt", date="2021")])
        index.remove(["a"])
        *_, c = first
        exported = list(index.snapshot().everything())
        assert exported == [c, article("d", origin="d.txt", date="2021"), changed]

    def test_origins_are_those_of_the_sources_that_are_there(self, index):
        index.add([article(i, ("Putin", i.upper()), origin="feed.jsonl") for i in "abc"])
        index.add([article("d", ("Putin", "D"), origin="other.jsonl")])
        index.remove(["b"])
        index.add([article("e", ("Putin", "E"), origin="other.jsonl")])
        assert index.origins() == {"feed.jsonl": ["a", "c"], "other.jsonl": ["e"]}
        index.remove(["e"])
        assert index.origins() == {"feed.jsonl": ["a", "c"]}
        assert index.snapshot().find(Query()).total == 2

    def test_removed_sources_are_gone(self, filled):
        assert filled.remove(["tass", "old"]).removed == 2
        assert filled.snapshot().find(Query()).total == 3
        assert {one.source.id for one in filled.snapshot().sources().items} == {"xinhua", "zeitlos"}
        assert filled.fingerprint("tass") is None
        with pytest.raises(NotFound):
            filled.snapshot().source("tass")

    def test_removing_an_unknown_source_removes_nothing(self, filled):
        with pytest.raises(NotFound, match="nowhere"):
            filled.remove(["tass", "nowhere"])
        assert filled.snapshot().source("tass").source.id == "tass"

    def test_sources_may_be_asked_about_while_they_are_added(self, index):
        index.add([article("a", ("Putin", "One"))])

        def sources():
            unread = article("a", ("Putin", "One"))
            assert index.fingerprint("a") == unread.fingerprint
            yield replace(unread, statements=())
            yield article("b", ("Putin", "Two"))

        changes = index.add(sources())
        assert (changes.unchanged, changes.added) == (1, 1)
        assert texts(index.snapshot().find(Query())) == ["One", "Two"]

    def test_sources_that_fail_change_nothing(self, index):
        def sources():
            yield article("a", ("Putin", "One"))
            raise FileNotFoundError("a file is gone")

        with pytest.raises(FileNotFoundError, match="a file is gone"):
            index.add(sources())
        assert index.snapshot().find(Query()).total == 0
        assert index.add([article("b", ("Putin", "Two"))]).added == 1

    def test_reader_that_catches_up_has_what_was_committed_before(self, filled, open_index, path):
        reader = open_index(path)
        reader.watch()
        for number in range(20):  # the thread that watches looks a few times a second
            filled.add([article(f"new-{number}", ("Putin", "News"), date="2024-06-01")])
            reader.catch_up()
            assert reader.snapshot().source(f"new-{number}").quotes == 1
        reader.close()

    def test_fingerprint_is_the_one_added(self, index):
        added = article("a", ("Putin", "One"))
        index.add([added])
        assert index.fingerprint("a") == added.fingerprint
        assert index.fingerprint("b") is None

    def test_reader_sees_what_another_one_writes(self, filled, open_index, path):
        reader = open_index(path)
        before = reader.snapshot().generation
        filled.add([article("new", ("Putin", "News"), date="2024-06-01")])
        assert reader.snapshot().generation == filled.snapshot().generation != before
        assert texts(reader.snapshot().find(Query(limit=1))) == ["News"]
        reader.close()

    def test_snapshot_answers_from_its_generation_whatever_is_committed(self, filled):
        def answers():
            return (
                snapshot.generation,
                snapshot.statistics(),
                [snapshot.find(Query("peace", sort=sort, facets=tuple(Facet))) for sort in Sort],
                snapshot.find(Query("freindship", speaker="Putin")),
                snapshot.find_rendered(Query(limit=100), Packed()),
                snapshot.sharing("We agreed on lasting peace talks"),
                [snapshot.statement(hit.statement.id) for hit in snapshot.find(Query()).items],
                [snapshot.source(one.source.id) for one in snapshot.sources().items],
                [snapshot.speaker(one.speaker.id) for one in snapshot.speakers().items],
                snapshot.suggest("p"),
            )

        snapshot = filled.snapshot()
        before = answers()
        for number in range(4):
            filled.add([article(f"new{number}", ("Putin", "peace"), ("Maria Putin", "War"))])
        filled.remove(["tass", "xinhua", "old"])
        filled.add([article("zeitlos", ("Olaf Scholz", "Krieg"), version=2)])
        assert answers() == before
        assert filled.snapshot().statistics() != before[1]

    # Words

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("peace", {"We agreed", "China supp", "Somebody a", "Peace is f"}),
            ("PEACE Talk", {"We agreed", "China supp"}),
            ('"peace talks"', {"We agreed"}),
            ("“peace talks”", {"We agreed"}),
            ("«peace talks»", {"We agreed"}),
            ("„peace talks“", {"We agreed"}),
            ('"talks peace"', set()),
            ('"the talks about"', {"China supp"}),
            ('"talks about the"', set()),
            ("agree", {"We agreed", "Somebody a"}),
            ("Russia", {"The agreem"}),
            ("russias", {"The agreem"}),
            ("peace -talks", {"Somebody a", "Peace is f"}),
            ('peace -"peace talks"', {"China supp", "Somebody a", "Peace is f"}),
            ("friendship OR threat", {"Friendship", "The agreem"}),
            ("peace China OR Somebody", {"China supp", "Somebody a"}),
            ('"no limits" OR "no threat"', {"Friendship", "The agreem"}),
            ("the peace", {"We agreed", "China supp", "Somebody a", "Peace is f"}),
            ("the", {"The agreem", "China supp"}),
            ("is the", {"The agreem"}),
            ("unheard", set()),
            ("unheard OR peace -talks", {"Somebody a", "Peace is f"}),
        ],
    )
    def test_words_find(self, filled, words, expected):
        page = filled.snapshot().find(Query(words))
        assert {text[: len("1234567890")].rstrip() for text in texts(page)} == expected
        assert page.total == len(expected)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ('"peace', "never closed"),
            ("-peace", "add one to look for"),
            ("...", "no word"),
            ("peace OR", "both sides"),
            ("peace OR -war", "excluded"),
            ("peace NOT war", "-word"),
            ("(peace OR war) talks", "brackets"),
            ("a" * 2001, "limit is 2000"),
        ],
    )
    def test_words_that_mean_nothing_are_an_error(self, filled, words, said):
        with pytest.raises(InvalidParameter, match=said) as caught:
            filled.snapshot().find(Query(words))
        assert caught.value.parameter == "q"

    def test_blank_words_find_everything(self, filled):
        assert (
            filled.snapshot().find(Query("  ")).total == filled.snapshot().find(Query()).total == 7
        )

    def test_most_relevant_comes_first(self, index):
        index.add(
            [
                article("a", ("Putin", "peace and many other words which nobody asked for")),
                article("b", ("Putin", "peace, peace, peace"), date="2001-01-01"),
                article("c", ("Putin", "only other words")),
            ]
        )
        assert texts(index.snapshot().find(Query("peace")))[0] == "peace, peace, peace"
        assert (
            texts(index.snapshot().find(Query("peace", sort=Sort.NEWEST)))[1]
            == "peace, peace, peace"
        )

    def test_relevance_is_bm25(self, index):
        said = ["peace", "peace war", "war war and a few more words", "war", "peace peace talks"]
        for number, words in enumerate(said):
            index.add([article(f"a{number}", ("Putin", words))])
        mean = sum(len(words.split()) for words in said) / len(said)

        def score(text):
            words, total = text.split(), 0
            for term in ("peace", "war"):
                having = sum(term in other.split() for other in said)
                rarity = math.log(1 + (len(said) - having + 0.5) / (having + 0.5))
                count = words.count(term)
                total += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(words) / mean))
            return total

        found = texts(index.snapshot().find(Query("peace OR war")))
        assert found == sorted(said, key=score, reverse=True)

    def test_phrase_is_one_highlight_and_words_are_whole(self, filled):
        [hit] = filled.snapshot().find(Query('"peace talks" agree')).items
        assert marked(hit) == ["agreed", "peace talks"]
        [hit] = filled.snapshot().find(Query("neighbour russia")).items
        assert marked(hit) == ["Russia’s", "neighbours"]

    def test_no_words_no_highlights(self, filled):
        assert not any(hit.highlights for hit in filled.snapshot().find(Query()).items)

    # Filters

    def test_speaker_is_found_by_id_name_and_part_of_a_name(self, filled):
        for speaker in ("vladimir-putin", "Vladimir Putin", "Putin", "putin", "President Putin"):
            page = filled.snapshot().find(Query(speaker=speaker))
            assert page.total == 4, speaker
            assert [one.name for one in page.speakers] == ["Vladimir Putin"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("Zeman", "Miloš Zeman"),
            ("Milos", "Miloš Zeman"),
            ("zeman MILOŠ", "Miloš Zeman"),
            ("President Zeman", "Miloš Zeman"),
            ("Zem", None),
            ("Andrej Czech", None),
            ("Babiš czech", "Andrej Babiš"),
            ("the", None),
        ],
    )
    def test_name_has_all_words_that_are_asked_for(self, open_index, path, asked, found):
        """The words must be in one of the speaker's names, not spread over two."""
        known = KnownSpeaker("ab", "Andrej Babiš", aliases=("Czech Premier Babiš",))
        index = open_index(path, [known], create=True)
        index.add([article("a", ("Miloš Zeman", "Ano"), ("Andrej Babiš", "Ne"))])
        page = index.snapshot().speakers(asked)
        index.close()
        assert [one.speaker.name for one in page.items] == ([found] if found else [])

    def test_group_is_found_under_each_member(self, filled):
        assert "Friendship knows no limits" in texts(
            filled.snapshot().find(Query(speaker="Xi Jinping"))
        )
        assert "Friendship knows no limits" in texts(filled.snapshot().find(Query(speaker="Putin")))
        assert filled.snapshot().speaker("xi-jinping").quotes == 1

    def test_what_is_denied_is_in_no_list_and_no_count_unless_asked_for(self, index):
        denied = {"denied": True}
        said = [("Jane Doe", "A b"), ("Jane Doe", "A c", denied), ("Jane Doe", "A d", CLAIM)]
        index.add([article("a", *said), article("b", ("John Roe", "A e", denied | CLAIM))])
        snapshot = index.snapshot()
        assert texts(snapshot.find(Query())) == ["A b", "A d"]
        assert texts(snapshot.find(Query(denied=True))) == ["A c", "A e"]
        assert texts(snapshot.find(Query(denied=None, speaker="doe"))) == ["A b", "A c", "A d"]
        assert texts(snapshot.find(Query(denied=True, forms=frozenset({Form.DIRECT})))) == ["A c"]
        asked = Query("A", denied=None, facets=(Facet.FORM,))
        counts = snapshot.find(asked).facets[Facet.FORM]
        assert [(one.value, one.count) for one in counts] == [("direct", 2), ("indirect", 2)]
        assert [
            (one.quotes, one.claims) for one in map(snapshot.speaker, ("jane-doe", "john-roe"))
        ] == [(1, 1), (0, 0)]
        assert (snapshot.source("a").quotes, snapshot.source("a").claims) == (1, 1)
        held = snapshot.statistics()
        assert (held.statements, held.quotes, held.claims) == (4, 1, 1)
        assert [one.text for one in snapshot.suggest("c")] == []
        assert len(snapshot.sharing("A c", share=1)) == 1
        assert [len(one.statements) for one in snapshot.everything()] == [3, 1]

    def test_who_speaks_for_a_body_is_found_under_it_and_counted_apart(self, index):
        staff = {"mention": "an airline spokesman", "on_behalf_of": "Malva Airlines"}
        bodies = ("Malva Airlines", SpeakerKind.ORGANISATION), ("Acme", SpeakerKind.ORGANISATION)
        malva, acme = (person(*body) for body in bodies)
        said = [(malva, "A"), (None, "B", staff), (None, "C"), (acme, "D")]
        index.add([article("a", *said), article("b", (None, "E", staff | CLAIM))])
        snapshot = index.snapshot()
        page = snapshot.find(Query(speaker="malva", facets=(Facet.SPEAKER,)))
        assert texts(page) == ["A", "B", "E"]
        assert [hit.statement.speaker for hit in page.items] == [malva, None, None]
        assert [hit.statement.on_behalf_of for hit in page.items] == [None, malva, malva]
        assert [(one.value, one.count) for one in page.facets[Facet.SPEAKER]] == [
            ("malva-airlines", 3)
        ]
        found = snapshot.speaker("malva-airlines")
        assert (found.quotes, found.claims) == (1, 0)
        assert "an airline spokesman" not in (*found.aliases, *found.descriptions)

    def test_a_body_is_found_for_which_only_others_speak(self, index):
        staff = {"mention": "an Acme official", "on_behalf_of": "Acme"}
        index.add([article("a", (None, "A", staff))])
        assert texts(index.snapshot().find(Query(speaker="Acme"))) == ["A"]
        assert index.snapshot().speaker("acme").quotes == 0

    def test_group_has_the_members_known_across_sources(self, filled):
        [hit] = filled.snapshot().find(Query("friendship")).items
        assert [one.name for one in hit.statement.speaker.members] == [
            "Vladimir Putin",
            "Xi Jinping",
        ]

    def test_all_whom_a_name_fits_are_found(self, index):
        index.add([article("a", ("Bill Clinton", "A"), ("Hillary Clinton", "B"), ("Clinton", "C"))])
        page = index.snapshot().find(Query(speaker="Clinton"))
        assert texts(page) == ["A", "B", "C"]
        assert [one.id for one in page.speakers] == ["bill-clinton", "clinton", "hillary-clinton"]
        assert texts(index.snapshot().find(Query(speaker="CLINTON bill"))) == ["A"]

    def test_id_means_one_speaker(self, index):
        index.add([article("a", ("Bill Clinton", "A"), ("Hillary Clinton", "B"), ("Clinton", "C"))])
        assert texts(index.snapshot().find(Query(speaker="clinton"))) == ["C"]

    def test_source_type_and_confidence_narrow(self, index):
        document, group = SourceType.DOCUMENT, SourceType.UNNAMED_GROUP
        said = [
            ("Jane Doe", "A", {"sure": 0.95}),
            ("Survey", "B", {"sure": 0.8, "source_type": document}),
            (None, "C", {"source_type": group}),
        ]
        index.add([article("a", *said)])
        index.add([article("b", ("Report", "D", {"sure": 0.29, "source_type": document}))])
        snapshot = index.snapshot()
        assert texts(snapshot.find(Query(source_type=document))) == ["B", "D"]
        assert texts(snapshot.find(Query(source_type=group))) == ["C"]
        for least, found in ((0, "ABCD"), (0.29, "ABD"), (0.3, "AB"), (0.8, "AB"), (0.801, "A")):
            assert texts(snapshot.find(Query(min_confidence=least))) == list(found)
        page = snapshot.find(Query(facets=(Facet.SOURCE_TYPE,)))
        counts = [(one.value, one.count) for one in page.facets[Facet.SOURCE_TYPE]]
        assert counts == [("document", 2), ("unknown", 1), ("unnamed_group", 1)]

    def test_candidates_are_those_known_across_sources(self, index):
        known = ("Vladimir Vladimirovich Putin", "A"), ("Vladimir Putin", "B")
        doubted = (None, "C", {"candidates": ["V. Putin", "Nobody Else"]})
        index.add([article("a", *known), article("b", doubted, ("V. Putin", "D"))])
        index.add([article("c", ("Xi Jinping", "E"))])
        snapshot = index.snapshot()
        [found] = [hit for hit in snapshot.find(Query()).items if hit.statement.text == "C"]
        names = [one.speaker.name for one in found.statement.candidates]
        assert names == ["Vladimir Putin", "Nobody Else"]
        assert [one.name for one in snapshot.find(Query(speaker="Nobody Else")).speakers] == []

    def test_unknown_speaker_is_an_empty_page(self, filled):
        page = filled.snapshot().find(Query(speaker="Mickey Mouse"))
        assert (page.items, page.total, page.speakers) == ((), 0, ())

    def test_forms_publisher_source_and_language_narrow(self, filled):
        assert filled.snapshot().find(Query(forms=frozenset({Form.INDIRECT}))).total == 2
        assert filled.snapshot().find(Query(forms=frozenset({Form.DIRECT, Form.MIXED}))).total == 5
        assert filled.snapshot().find(Query(publisher="xinhua")).total == 2
        assert filled.snapshot().find(Query(publisher="Xin")).total == 0
        assert filled.snapshot().find(Query(source="tass")).total == 3
        assert filled.snapshot().find(Query(source="nowhere")).total == 0
        assert texts(filled.snapshot().find(Query(language="de"))) == ["Frieden"]

    @pytest.mark.parametrize(
        ("first", "last", "sources"),
        [
            ("2022-02-03", "2022-02-03", {"tass"}),
            ("2022-02-04", None, {"xinhua"}),
            (None, "2014-01-01", {"old"}),
            ("2014-12-31", "2022-01-01", {"old"}),
            ("2015-01-01", "2015-12-31", set()),
            ("0001-01-01", "9999-12-31", {"tass", "xinhua", "old"}),
        ],
    )
    def test_dates_overlap_and_no_year_never_does(self, filled, first, last, sources):
        query = Query(
            published_from=date.fromisoformat(first) if first else None,
            published_to=date.fromisoformat(last) if last else None,
        )
        assert {hit.statement.source.id for hit in filled.snapshot().find(query).items} == sources

    def test_filters_narrow_together(self, filled):
        query = Query("peace", "Putin", published_from=date(2020, 1, 1), publisher="TASS")
        assert texts(filled.snapshot().find(query)) == ["We agreed on lasting peace talks"]

    # Order

    def test_newest_first_and_no_year_last(self, filled):
        order = [hit.statement.source.id for hit in filled.snapshot().find(Query()).items]
        assert order == ["xinhua"] * 2 + ["tass"] * 3 + ["old", "zeitlos"]

    def test_oldest_first_and_no_year_last(self, filled):
        order = [
            hit.statement.source.id for hit in filled.snapshot().find(Query(sort=Sort.OLDEST)).items
        ]
        assert order == ["old"] + ["tass"] * 3 + ["xinhua"] * 2 + ["zeitlos"]

    def test_order_of_indexing_does_not_matter(self, open_index, tmp_path):
        articles = [
            article("b", ("Putin", "One two"), ("Xi", "Two"), date="2022-02-03"),
            article("a", ("Xi Jinping", "Two three"), date="2022-02-03"),
            article("c", ("Vladimir Putin", "Two"), date=None),
            article("d", ("Vladimir Putin", "Two"), date="2023"),
        ]
        forwards = open_index(tmp_path / "forwards", create=True)
        backwards = open_index(tmp_path / "backwards", create=True)
        forwards.add(articles)
        for one in reversed(articles):
            backwards.add([one])
        for sort in Sort:
            query = Query("two", sort=sort, facets=tuple(Facet))
            assert forwards.snapshot().find(query) == backwards.snapshot().find(query)
        assert forwards.snapshot().speakers() == backwards.snapshot().speakers()
        assert forwards.snapshot().sources() == backwards.snapshot().sources()

    # Facets

    def test_facets_count_all_matches(self, filled):
        page = filled.snapshot().find(Query(limit=1, facets=tuple(Facet)))
        counts = {
            facet: {value.value: value.count for value in page.facets[facet]} for facet in Facet
        }
        assert counts == {
            Facet.SPEAKER: {"vladimir-putin": 4, "xi-jinping": 2, "olaf-scholz": 1},
            Facet.PUBLISHER: {"TASS": 5, "Xinhua": 2},
            Facet.FORM: {"direct": 4, "indirect": 2, "mixed": 1},
            Facet.ACT: {"speech": 7},
            Facet.LANGUAGE: {"en": 6, "de": 1},
            Facet.YEAR: {"2022": 3, "2024": 2, "2014": 1, "unknown": 1},
            Facet.MONTH: {"2022-02": 3, "2024-05": 2, "unknown": 2},
            Facet.SOURCE_TYPE: {"unknown": 7},
        }
        assert page.facets[Facet.SPEAKER][0].label == "Vladimir Putin"

    def test_lists_give_speech_unless_another_act_is_asked_for(self, index):
        said = [("Putin", "peace now"), ("Putin", "peace soon", CLAIM)]
        held = [("Putin", "peace at last", ATTITUDE), ("Xi", "peace for all", ATTITUDE | CLAIM)]
        index.add([article("a", *said, *held), article("b", ("Xi", "peace of mind", MIXED))])
        snapshot = index.snapshot()

        def found(**asked):
            return texts(snapshot.find(Query("peace", sort=Sort.OLDEST, **asked)))

        assert found() == ["peace now", "peace soon", "peace of mind"]
        assert found(acts=frozenset({Act.ATTITUDE})) == ["peace at last", "peace for all"]
        assert len(found(acts=ANY_ACT)) == 5
        assert found(acts=ANY_ACT, speaker="Xi") == ["peace for all", "peace of mind"]
        assert found(acts=frozenset({Act.ATTITUDE}), forms=frozenset({Form.INDIRECT})) == [
            "peace for all"
        ]
        page = snapshot.find(Query(acts=ANY_ACT, facets=(Facet.ACT,)))
        assert [(one.value, one.count) for one in page.facets[Facet.ACT]] == [
            ("speech", 3),
            ("attitude", 2),
        ]

    def test_counts_are_of_speech_and_attitudes_are_apart(self, index):
        said = [("Putin", "One"), ("Putin", "Two", CLAIM), ("Putin", "Three", ATTITUDE)]
        index.add([article("a", *said, ("Xi", "Four", ATTITUDE | CLAIM))])
        snapshot = index.snapshot()
        counted = [snapshot.source("a"), snapshot.speaker("putin"), snapshot.speaker("xi")]
        assert [(one.quotes, one.claims, one.attitudes) for one in counted] == [
            (1, 1, 2),
            (1, 1, 1),
            (0, 0, 1),
        ]
        held = snapshot.statistics()
        assert (held.quotes, held.claims, held.attitudes, held.statements) == (1, 1, 2, 4)
        assert [one.speaker.id for one in snapshot.speakers().items] == ["putin", "xi"]
        assert snapshot.suggest("put")[0].count == 2
        assert snapshot.suggest("three") == []

    def test_acts_do_not_share_a_cursor(self, index):
        index.add([article("a", *(("Putin", f"peace {n}") for n in range(3)))])
        cursor = index.snapshot().find(Query(limit=1)).next
        with pytest.raises(InvalidParameter, match="cursor"):
            index.snapshot().find(Query(limit=1, acts=ANY_ACT, cursor=cursor))

    def test_words_of_any_act_are_shared(self, index):
        index.add([article("a", ("Putin", "lasting peace talks", ATTITUDE))])
        [found] = index.snapshot().sharing("lasting peace talks")
        assert found.act is Act.ATTITUDE

    def test_years_and_months_add_up_to_the_total(self, index):
        days = [None, "--12-31", "2021", "2021-12", "2021-12-31", "2022-01", "0001-01-01", "9999"]
        index.add(article(f"a{n}", ("Putin", f"word {n}"), date=day) for n, day in enumerate(days))
        page = index.snapshot().find(Query(facets=(Facet.YEAR, Facet.MONTH)))
        years, months = (
            [(one.value, one.count) for one in page.facets[facet]] for facet in page.facets
        )
        assert years == [("2021", 3), ("unknown", 2), ("0001", 1), ("2022", 1), ("9999", 1)]
        assert months == [("unknown", 4), ("2021-12", 2), ("0001-01", 1), ("2022-01", 1)]

    def test_facet_has_fifty_values_most_frequent_first(self, index):
        said = [(f"Speaker Number{n}", f"word {k}") for n in range(60) for k in range(1 + n // 30)]
        index.add([article("a", *said)])
        counts = index.snapshot().find(Query(facets=(Facet.SPEAKER,))).facets[Facet.SPEAKER]
        assert [one.count for one in counts] == [2] * 30 + [1] * 20

    # Pages

    def test_pages_join_to_the_whole(self, filled):
        for sort in Sort:
            whole = filled.snapshot().find(Query(sort=sort, limit=100))
            pieces = walk(filled, {"sort": sort, "limit": 2})
            assert tuple(pieces) == whole.items
            assert whole.next is None

    def test_cursor_of_another_query_is_an_error(self, filled):
        cursor = filled.snapshot().find(Query("peace", limit=1)).next
        for query in (Query("talks", cursor=cursor), Query(cursor=cursor), Query(cursor="x!")):
            with pytest.raises(InvalidParameter) as caught:
                filled.snapshot().find(query)
            assert caught.value.parameter == "cursor"
        with pytest.raises(InvalidParameter):
            filled.snapshot().sources(cursor=cursor)
        with pytest.raises(InvalidParameter):
            filled.snapshot().speakers(cursor=cursor)

    def test_cursor_goes_on_with_another_limit(self, filled):
        first = filled.snapshot().find(Query("peace", limit=1))
        rest = filled.snapshot().find(Query("peace", limit=50, cursor=first.next))
        assert len(rest.items) == 3

    @pytest.mark.parametrize(
        ("words", "sort"),
        [*(("peace OR friendship", sort) for sort in (*Sort, None)), ("", Sort.OLDEST), ("", None)],
    )
    def test_everything_comes_in_the_order_of_the_pages(self, filled, words, sort):
        query = Query(words, sort=sort, limit=1, facets=tuple(Facet))
        found = walk(filled, {"words": words, "sort": sort, "limit": 1})
        snapshot = filled.snapshot()
        assert len(found) > 2
        assert list(snapshot.every(query)) == [hit.statement for hit in found]
        packed = Packed()
        assert list(snapshot.every_rendered(query, packed)) == list(map(packed, found))

    def test_everything_is_of_the_generation_it_was_asked_of(self, filled):
        exported = filled.snapshot().every(Query())
        first = next(exported)
        filled.add([article("late", ("Vladimir Putin", "Peace at last"), date="2026")])
        filled.remove(["old"])
        assert {"Peace at last", "Peace is far away"} & {
            one.text for one in (first, *exported)
        } == {"Peace is far away"}

    def test_wrong_question_is_refused_before_any_answer(self, filled):
        with pytest.raises(InvalidParameter):
            filled.snapshot().every(Query('"peace'))
        with pytest.raises(InvalidParameter):
            filled.snapshot().every_rendered(Query('"peace'), Packed())

    @pytest.mark.parametrize("sort", list(Sort))
    def test_commits_between_pages_neither_repeat_nor_lose(self, index, sort):
        days = [None, "2020", "2021-05-01", "2021-05-01", "2021-05", "2022-01-01"]
        index.add(
            article(
                f"stay{n}",
                ("Putin", "peace " * (1 + n % 3) + f"number {n}"),
                ("Xi", "peace talks " + "and more " * (n % 4)),
                date=days[n % 6],
            )
            for n in range(12)
        )
        index.add(article(f"go{n}", ("Xi", "peace"), date=days[n % 6]) for n in range(8))
        turn = iter(range(100))

        def commit():
            n = next(turn)
            index.add([article(f"new{n}", ("Scholz", "peace at last " * n), date=days[n % 6])])
            if n < 8:
                index.remove([f"go{n}"])

        found = walk(index, {"words": "peace", "sort": sort, "limit": 3}, commit)
        ids = [hit.statement.id for hit in found]
        assert len(ids) == len(set(ids))
        stayed = [hit.statement for hit in found if hit.statement.source.id.startswith("stay")]
        assert len(stayed) == 24

    @pytest.mark.parametrize("name", [None, "Smith"])
    def test_speakers_are_walked_through_though_their_order_changes(self, index, name):
        """More than one page of the API, so that some are sorted by id."""
        stay = [f"{chr(97 + n % 26)}{n} Smith" for n in range(230)]
        index.add(
            article(f"a{n}", *[(one, f"word {k}") for k in range(1 + n % 5)])
            for n, one in enumerate(stay)
        )
        index.add(article(f"go{n}", (f"Go{n} Smith", "word")) for n in range(9))
        found, cursor, ranked = [], None, index.snapshot().speakers(name, limit=200).items
        for turn in range(200):
            page = index.snapshot().speakers(name, limit=30, cursor=cursor)
            found += [one.speaker.id for one in page.items]
            if (cursor := page.next) is None:
                break
            # some rise to the top, some fall to the end, some are new, some disappear
            index.add([article(f"more{turn}", *[(one, f"{turn}") for one in stay[turn::7]] * 9)])
            index.add([article(f"a{turn + 4}", (stay[turn + 4], "word"), version=2)])
            index.add([article(f"new{turn}", (f"New{turn} Smith", "word"))])
            index.remove([f"go{turn}"])
        assert len(found) == len(set(found))
        assert set(map(slug, stay)) <= set(found)
        stayed = [one.speaker.id for one in ranked if not one.speaker.id.startswith("go")]
        assert [one for one in found if one in stayed] == stayed
        assert found[200:] == sorted(found[200:])

    def test_limit_below_one_is_an_error(self, filled):
        for ask in (
            lambda: filled.snapshot().find(Query(limit=0)),
            lambda: filled.snapshot().sources(limit=0),
            lambda: filled.snapshot().speakers(limit=-1),
        ):
            with pytest.raises(InvalidParameter, match="limit"):
                ask()

    # Sources

    def test_sources_are_listed_newest_first(self, filled):
        listed = [one.source.id for one in filled.snapshot().sources().items]
        assert listed == ["xinhua", "tass", "old", "zeitlos"]
        assert [one.source.id for one in filled.snapshot().sources("tass").items] == [
            "tass",
            "old",
            "zeitlos",
        ]
        assert filled.snapshot().sources("tass").total == 3

    def test_source_pages_join(self, filled):
        seen, cursor = [], None
        while True:
            page = filled.snapshot().sources(limit=1, cursor=cursor)
            seen += [one.source.id for one in page.items]
            if (cursor := page.next) is None:
                break
        assert seen == ["xinhua", "tass", "old", "zeitlos"]

    # Speakers

    def test_speakers_are_listed_by_statements(self, filled):
        page = filled.snapshot().speakers()
        assert [(one.speaker.id, one.quotes, one.claims) for one in page.items] == [
            ("vladimir-putin", 4, 0),
            ("xi-jinping", 1, 1),
            ("olaf-scholz", 1, 0),
        ]
        assert page.total == 3
        assert [one.speaker.id for one in filled.snapshot().speakers("xi").items] == ["xi-jinping"]

    def test_speaker_pages_join(self, filled):
        first = filled.snapshot().speakers(limit=2)
        second = filled.snapshot().speakers(limit=2, cursor=first.next)
        assert [one.speaker.id for one in second.items] == ["olaf-scholz"]
        assert second.next is None

    def test_speaker_has_names_descriptions_and_dates(self, index):
        index.add(
            [
                article("a", ("Putin", "A", LEADER), date="2022"),
                article("b", ("Vladimir Putin", "B", LEADER | {"mention": "he"}), date="2024-05"),
                article("d", ("Putin", "D", LEADER), date=None),
                article("c", ("Vladimir Putin", "C", {"mention": "President Putin"}), date=None),
            ]
        )
        summary = index.snapshot().speaker("vladimir-putin")
        assert summary.aliases == ("President Putin", "Putin")
        assert summary.descriptions == ("the Russian leader",)
        assert (summary.first, summary.last) == (PartialDate(2022), PartialDate(2024, 5))

    def test_statement_carries_the_speaker_known_across_sources(self, filled):
        [hit] = filled.snapshot().find(Query("neighbours")).items
        assert hit.statement.speaker.id == "vladimir-putin"
        assert hit.statement.attribution.via == ("Putin", "Vladimir Putin")

    def test_bare_surname_of_another_week_is_nobody_else(self, index):
        index.add([article("a", ("Harry Reid", "A"), (None, "B", {"on_behalf_of": "Acme"}))])
        index.add([article("b", ("Reid", "C"), date="2022-03-01")])
        index.add([article("c", ("Reid", "D", CLAIM), publisher="Xinhua")])
        snapshot = index.snapshot()
        alone = snapshot.speaker("reid")
        assert (alone.speaker.name, alone.quotes, alone.claims) == ("Reid", 1, 1)
        assert [one.id for one in alone.may_also_be] == ["harry-reid"]
        assert snapshot.speaker("harry-reid").may_also_be == ()
        page = snapshot.find(Query(speaker="Reid"))
        assert texts(page) == ["C", "A", "D"]
        assert [one.id for one in page.speakers] == ["reid", "harry-reid"]
        assert texts(snapshot.find(Query(speaker="harry reid"))) == ["A"]

    def test_bare_surname_joins_where_publisher_and_week_or_title_fit(self, index):
        senator = {"title": "Sen."}
        index.add([article("a", ("Harry Reid", "A", {"title": "Senator"}))])
        index.add([article("b", ("Reid", "B"), date="2022-02-02")])
        index.add([article("c", ("Reid", "C", senator), date="2030", publisher=None)])
        index.add([article("d", ("Reid", "D"), date="2030", publisher=None)])
        snapshot = index.snapshot()
        assert texts(snapshot.find(Query(speaker="harry-reid"))) == ["C", "A", "B"]
        assert texts(snapshot.find(Query(speaker="reid"))) == ["D"]
        [joined] = [h for h in snapshot.find(Query()).items if h.statement.text == "B"]
        assert joined.statement.speaker.id == "harry-reid"
        index.remove(["a"])
        assert texts(index.snapshot().find(Query(speaker="reid"))) == ["C", "D", "B"]

    def test_names_that_are_declared_apart_stay_so(self, filled, open_index, path):
        known = KnownSpeaker("vladimir-putin", "Vladimir Putin", apart=("Putin", "V. Putin"))
        index = open_index(path, [known])
        found = {one.id: one.name for one in index.snapshot().find(Query(speaker="Putin")).speakers}
        assert found == {
            "vladimir-putin": "Vladimir Putin",
            "putin": "Putin",
            "v-putin": "V. Putin",
        }
        index.close()

    def test_speaker_is_found_under_an_id_of_one_article(self, filled):
        assert filled.snapshot().speaker("putin").speaker.id == "vladimir-putin"

    def test_second_bearer_of_a_surname_keeps_speakers_apart(self, filled):
        filled.add([article("x", ("Lyudmila Putin", "Something else"))])
        assert filled.snapshot().speaker("putin").speaker.name == "Putin"
        assert filled.snapshot().speaker("vladimir-putin").quotes == 3
        filled.remove(["x"])
        assert filled.snapshot().speaker("putin").speaker.name == "Vladimir Putin"

    def test_known_speakers_win(self, filled, open_index, path):
        filled.add([article("ru", ("Путин", "Мир"), language="ru")])
        known = KnownSpeaker(
            "vvp", "Vladimir Putin", aliases=("Путин", "VVP"), descriptions=("the boss",)
        )
        index = open_index(path, [known])
        assert index.snapshot().find(Query(speaker="VVP")).total == 5
        assert index.snapshot().find(Query(speaker="Путин")).total == 5
        summary = index.snapshot().speaker("vvp")
        assert summary.speaker.name == "Vladimir Putin"
        assert summary.aliases == ("Путин", "VVP", "Putin")
        assert summary.descriptions == ("the boss",)
        assert index.snapshot().speaker(slug("Vladimir Putin")).speaker.id == "vvp"
        index.close()

    # Words that occur nowhere

    @pytest.mark.parametrize(
        ("words", "meant"),
        [
            ("freindship", "friendship"),
            ("friendshp", "friendship"),
            ("friendshipp limits", "friendship limits"),
            ("Frendship -peace", "friendship -peace"),
            ('"friendship kmows no limits"', '"friendship knows no limits"'),
            ("riendship", "friendship"),
            ("paece agreement", None),
            ("peece OR agremeent", "peace OR agreement"),
            ("qwertz", None),
            ("friendship peace", None),
            ("peice talks", "peace talks"),
        ],
    )
    def test_words_that_may_have_been_meant_are_named(self, filled, words, meant):
        page = filled.snapshot().find(Query(words))
        assert (page.total, page.did_you_mean) == (0, meant)
        assert meant is None or filled.snapshot().find(Query(meant)).total

    def test_nothing_else_is_meant_where_something_is_found(self, filled):
        assert filled.snapshot().find(Query("peace OR freindship")).did_you_mean is None
        assert filled.snapshot().find(Query()).did_you_mean is None

    def test_other_words_are_meant_only_where_they_are_found(self, filled):
        assert (
            filled.snapshot().find(Query("freindship", speaker="Putin")).did_you_mean
            == "friendship"
        )
        assert filled.snapshot().find(Query("freindship", speaker="Scholz")).did_you_mean is None
        filled.remove(["xinhua"])
        assert filled.snapshot().find(Query("freindship")).did_you_mean is None

    def test_at_most_eight_words_are_respelt(self, index):
        said = [f"word{letter}word" for letter in "bcdfghjkl"]
        index.add([article("a", ("Putin", " ".join(said)))])
        wrong = [word[:-1] + "x" for word in said]
        assert index.snapshot().find(Query(" ".join(wrong[1:]))).did_you_mean == " ".join(said[1:])
        assert index.snapshot().find(Query(" ".join(wrong))).did_you_mean is None

    def test_nearest_word_is_meant_then_the_most_frequent(self, index):
        index.add([article("a", ("Putin", "sanction"), ("Putin", "station station"))])
        index.add([article("b", ("Xi", "stations"), ("Xi", "nation stations"))])
        assert index.snapshot().find(Query("santion")).did_you_mean == "sanction"
        assert index.snapshot().find(Query("statiom")).did_you_mean == "station"

    # Statements that share a text's words

    def test_statements_with_most_of_a_texts_words_are_found(self, filled):
        found = filled.snapshot().sharing("we all agreed on lasting peace and talks")
        assert [one.text for one in found] == ["We agreed on lasting peace talks"]
        assert found[0].speaker.name == "Vladimir Putin"
        assert filled.snapshot().sharing("peace talks of a quite different kind") == []

    def test_share_says_how_many_of_the_words_must_be_there(self, index):
        said = ["one two three four five", "one two three four", "one two three", "one two"]
        index.add([article("a", *(("Putin", words) for words in said))])
        for share, many in [(0.2, 4), (0.6, 3), (0.61, 2), (0.8, 2), (1, 1)]:
            found = index.snapshot().sharing("Five four three, two one one one.", share)
            assert [one.text for one in found] == said[:many], share

    def test_rarest_shared_words_come_first(self, index):
        said = ["the war and the peace", "the treaty and other things", "the end and nothing else"]
        index.add([article("a", *(("Putin", words) for words in [*said, *said[2:] * 3]))])
        found = [
            one.text
            for one in index.snapshot().sharing("the treaty and the war and end", 0.5, limit=3)
        ]
        assert set(found[:2]) == set(said[:2]) and found[2] == said[2]

    def test_of_equal_shares_the_shorter_then_the_newer_comes_first(self, index):
        index.add(
            [
                article("a", ("Putin", "peace and much more"), date="2024-01-01"),
                article("b", ("Putin", "old peace"), date="2020-01-01"),
                article("c", ("Putin", "new peace"), date="2023-01-01"),
                article("d", ("Putin", "peace peace for ever"), date="2022"),
            ]
        )
        index.add([article("e", ("Putin", "Peace!"), date=None)])
        found = [one.text for one in index.snapshot().sharing("peace")]
        assert found == [
            "Peace!",
            "new peace",
            "old peace",
            "peace and much more",
            "peace peace for ever",
        ]
        assert [one.text for one in index.snapshot().sharing("peace", limit=2)] == found[:2]

    def test_words_written_wrong_are_words_not_shared(self, filled):
        assert filled.snapshot().sharing("We agred on lasting peace takls", 0.6)
        assert not filled.snapshot().sharing("We agred on lasting peace takls", 0.7)
        assert (
            filled.snapshot().sharing("qwertz yxcvb")
            == filled.snapshot().sharing("...")
            == filled.snapshot().sharing("")
            == []
        )

    def test_common_words_alone_are_words_too(self, index):
        index.add([article("a", ("Hamlet", "To be, or not to be"), ("Hamlet", "Not I"))])
        assert [one.text for one in index.snapshot().sharing("to be or not to be")] == [
            "To be, or not to be"
        ]

    def test_shared_words_are_sought_in_the_forms_asked_for(self, filled):
        claims = frozenset({Form.INDIRECT})
        assert [one.form for one in filled.snapshot().sharing("peace", forms=claims)] == [
            Form.INDIRECT
        ] * 2
        assert {
            one.form for one in filled.snapshot().sharing("peace", forms=frozenset({Form.DIRECT}))
        } == {Form.DIRECT}
        assert filled.snapshot().sharing("peace", forms=frozenset()) == []

    def test_removed_statements_share_nothing(self, filled):
        filled.remove(["tass"])
        assert {one.source.id for one in filled.snapshot().sharing("peace")} == {"xinhua", "old"}

    def test_text_of_many_words_is_sought(self, index):
        words = [f"{letter}{number}word" for letter in "abcdefghij" for number in range(1000)]
        said = [" ".join(words[:count]) for count in (6500, 6100)]
        index.add([article("a", *(("Putin", one) for one in [*said, *words[:50]]))])
        assert [one.text for one in index.snapshot().sharing(" ".join(words))] == said
        assert index.snapshot().sharing(" ".join(words), 0.7) == []

    @pytest.mark.parametrize("wrong", [{"share": 0}, {"share": 1.1}, {"limit": 0}])
    def test_wrong_share_or_limit_is_an_error(self, filled, wrong):
        [name] = wrong
        with pytest.raises(InvalidParameter, match=name):
            filled.snapshot().sharing("peace", **wrong)

    # Pages as a rendering serialises them

    @pytest.mark.parametrize(
        "query", [Query(), Query("peace", limit=2), Query(speaker="Putin", facets=tuple(Facet))]
    )
    def test_rendered_page_is_the_page_as_it_is_written(self, filled, query):
        assert filled.snapshot().find_rendered(query, Packed()) == rendered(
            filled.snapshot().find(query), Packed()
        )

    # Suggestions and statistics

    def test_suggestions_are_speakers_then_words(self, filled):
        assert [
            (one.text, one.kind, one.count, one.id) for one in filled.snapshot().suggest("P")
        ] == [
            ("Vladimir Putin", "speaker", 4, "vladimir-putin"),
            ("peace", "word", 4, None),
        ]
        assert filled.snapshot().suggest("zzz") == filled.snapshot().suggest(" ") == []
        assert len(filled.snapshot().suggest("p", limit=1)) == 1

    def test_one_form_of_a_word_is_suggested(self, index):
        said = ["talks", "Talks again", "talk", "talking", "tall"]
        index.add([article("a", *(("Putin", words) for words in said))])
        assert [(one.text, one.count) for one in index.snapshot().suggest("tal")] == [
            ("talks", 4),
            ("tall", 1),
        ]

    def test_removed_form_of_a_word_is_not_suggested(self, index):
        index.add(
            [article("one", ("Xi", "friendships of states"), ("Xi", "friendships and friendship"))]
        )
        index.add(article(f"a{n}", ("Xi", "friendship")) for n in range(4))
        assert [one.text for one in index.snapshot().suggest("frie")] == ["friendship"]
        assert index.snapshot().suggest("frie")[0].count == 6
        assert index.snapshot().find(Query("friendshipz")).did_you_mean == "friendship"
        assert index.snapshot().find(Query("statez")).did_you_mean == "states"
        index.remove(["one"])
        assert [(one.text, one.count) for one in index.snapshot().suggest("frie")] == [
            ("friendship", 4)
        ]
        assert index.snapshot().suggest("stat") == []
        assert index.snapshot().find(Query("statez")).did_you_mean is None

    def test_removed_words_are_not_suggested(self, filled):
        filled.remove(["xinhua"])
        assert filled.snapshot().suggest("friendsh") == []

    def test_reprints_are_the_sources_of_nearly_the_same_text(self, index):
        story = [
            ("Jane Doe", f"sentence {number} of what the wire reported") for number in range(30)
        ]
        other = [("John Roe", f"passage {number} is of another story") for number in range(30)]
        index.add(
            [
                article("paper", *story, ("An Editor", "a word"), date="2024-01-04"),
                article("wire", *story, date="2024-01-03"),
                article("other", *other),
            ]
        )
        index.add([article("cut", *story[:27], date="2024-01-05")])  # in a commit of its own
        for one in ("wire", "paper", "cut"):
            reprints = index.snapshot().reprints(one)
            assert [source.id for source in reprints] == ["wire", "paper", "cut"]
        assert index.snapshot().reprints("other") == ()
        index.remove(["wire"])
        assert [source.id for source in index.snapshot().reprints("cut")] == ["paper", "cut"]

    def test_sources_are_reprinted_from_the_first_of_nearly_the_same_text(self, index):
        story = [("Jane Doe", f"sentence {number} that the wire reported") for number in range(30)]
        other = [("John Roe", f"passage {number} is of another story") for number in range(30)]
        index.add([article("wire", *story), article("other", *other)])
        index.add([article("cut", *story[:27])])
        asked = index.snapshot().reprinted
        assert asked(["wire", "other", "nobody", "cut", "wire"]) == {"cut": "wire"}
        assert asked(["cut", "wire"]) == {"wire": "cut"}
        assert asked(["other"]) == asked([]) == {}

    def test_short_texts_are_not_reprints(self, index):
        index.add([article("a", ("Jane Doe", "peace")), article("b", ("Jane Doe", "peace"))])
        assert index.snapshot().reprints("a") == ()

    def test_reprints_of_an_unknown_source_are_an_error(self, filled):
        with pytest.raises(NotFound):
            filled.snapshot().reprints("nobody")

    def test_statistics(self, filled):
        statistics = filled.snapshot().statistics()
        assert (statistics.sources, statistics.quotes, statistics.claims) == (4, 5, 2)
        assert statistics.speakers == 3
        assert (statistics.earliest, statistics.latest) == (
            PartialDate(2014),
            PartialDate(2024, 5, 16),
        )
        assert statistics.languages == ("de", "en")
        assert statistics.generation == filled.snapshot().generation
