"""Pre-rendered statements equal freshly rendered ones, whoever wrote them and whatever was
committed."""

import tracemalloc
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Query, Sort
from service.index.whoosh import check_index, open_index
from tests.index.articles import article
from tests.index.contract import Packed, rendered
from tests.index.random_indexes import commits, committed, queries


@given(commits, st.lists(queries, min_size=3, max_size=5), st.sampled_from([None, "1", "2"]))
@settings(max_examples=40, deadline=None)
def test_page_is_what_the_rendering_makes_of_it(steps, asked, written_as):
    rendering = Packed("1")
    with TemporaryDirectory() as folder:
        index, _ = committed(folder, steps, written_as and Packed(written_as))
        for query in asked:
            expected = rendered(index.snapshot().find(query), rendering)
            assert index.snapshot().find_rendered(query, rendering) == expected
        assert not check_index(Path(folder) / "index").damages
        index.close()


@given(commits, st.lists(queries, min_size=3, max_size=5), st.sampled_from([None, "1", "2"]))
@settings(max_examples=40, deadline=None)
def test_everything_in_one_go_is_what_all_pages_have(steps, asked, written_as):
    rendering = Packed("1")
    with TemporaryDirectory() as folder:
        index, _ = committed(folder, steps, written_as and Packed(written_as))
        snapshot = index.snapshot()
        for query in asked:
            for sort in (query.sort, Sort.RELEVANCE if query.words else None):
                hits = snapshot.find(replace(query, sort=sort, limit=1_000)).items
                wanted = replace(query, sort=sort)
                assert list(snapshot.every(wanted)) == [hit.statement for hit in hits]
                assert list(snapshot.every_rendered(wanted, rendering)) == list(
                    map(rendering, hits)
                )
        index.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def add(folder, rendering, *sources):
    index = open_index(folder, create=True, rendering=rendering)
    index.add(sources)
    return index


def made_for(index, query, version="1"):
    """The number of hits that had to be rendered."""
    rendering = Packed(version)
    index.snapshot().find_rendered(query, rendering)
    return rendering.made


def test_nothing_is_written_that_was_kept(folder):
    index = add(folder, Packed(), article("a", ("Vladimir Putin", "Peace"), ("Xi", "War")))
    assert made_for(index, Query()) == 0
    assert made_for(index, Query("peace")) == 1  # its words are highlighted
    assert made_for(index, Query(), version="2") == 2


def test_who_passed_a_statement_on_is_known_by_another_name_too(folder):
    relayed = {"relayed_by": "Putin"}
    index = add(folder, Packed(), article("a", ("Xi", "Peace", relayed), ("Xi", "War")))
    assert made_for(index, Query()) == 1
    index.add([article("b", ("Vladimir Putin", "Talks")), article("c", ("Putin", "Trade"))])
    [hit] = index.snapshot().find(Query("peace")).items
    assert hit.statement.relayed_by is not None
    assert hit.statement.relayed_by.name == "Vladimir Putin"


def test_statement_is_rewritten_when_its_speaker_gets_another_name(folder):
    index = add(folder, Packed(), article("a", ("Putin", "Peace"), ("Xi", "War")))
    index.add([article("b", ("Vladimir Putin", "Talks"))])
    assert made_for(index, Query()) == 1
    [hit] = index.snapshot().find(Query(source="a", speaker="Putin")).items
    assert hit.statement.speaker.name == "Vladimir Putin"
    assert index.snapshot().find_rendered(Query(source="a", speaker="Putin"), Packed()).items == (
        Packed()(hit),
    )


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [("1", "1", 0), (None, "1", 0), ("2", "1", 0), ("1", None, 3), (None, None, 3)],
)
def test_merged_segments_have_ready_what_the_last_writer_renders(folder, before, after, made):
    add(folder, before and Packed(before), article("a", (None, "Peace"))).close()
    index = add(folder, after and Packed(after), article("b", (None, "War"), (None, "Peace")))
    assert len(list(folder.glob("*.trm"))) == 1
    assert made_for(index, Query()) == made


def test_what_is_ready_outlives_a_writer_that_renders_nothing(folder):
    add(folder, Packed(), article("a", (None, "War")), article("b", (None, "Peace"))).close()
    before = set(folder.glob("*.trm"))
    index = open_index(folder)
    index.remove(["b"])
    assert set(folder.glob("*.trm")) != before
    assert made_for(index, Query()) == 0


def test_index_without_anything_ready_is_asked_all_the_same(folder):
    index = add(folder, None, article("a", (None, "Peace")))
    assert made_for(index, Query()) == 1


def test_statements_far_apart_are_read_without_those_between(folder):
    said = [article(f"{n:04}", ("Xi", "Peace"), ("Putin", f"War {n}")) for n in range(800)]
    index = add(folder, Packed(), *said)
    [segment] = index.snapshot()._snapshot.segments
    apart = [document for document in segment.statements.tolist() if document < 3]
    assert len(apart) == 2  # of the first article, by two speakers
    kept = segment.files.rendered(apart)
    tracemalloc.start()
    assert segment.files.rendered(apart) == kept
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000  # a range over all numbers in between has 60,000
