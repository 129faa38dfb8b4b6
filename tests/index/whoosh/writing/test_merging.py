"""An index merged from many commits answers like one written at once."""

from itertools import islice

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from service.domain import Facet, Form, Query, Sort
from service.index.whoosh import open_index
from tests.index.articles import article, group

SPEAKERS = [None, "Putin", "Vladimir Putin", "Xi", group("Putin and Xi", "Vladimir Putin", "Xi")]
WORDS = ["peace", "war", "talks", "talk", "Talking", "Peña’s", "trade", "trades", "the", "new"]

sayings = st.tuples(
    st.sampled_from(SPEAKERS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.fixed_dictionaries(
        {
            "form": st.sampled_from(list(Form)),
            "mention": st.sampled_from(["Putin", "the Russian leader", "he"]),
        }
    ),
)
articles = st.builds(
    lambda number, said, date, publisher: article(
        f"a{number}",
        *said,
        date=date,
        publisher=publisher,
        origin=f"{number % 3}",
        version=repr(said),
    ),
    st.integers(0, 25),
    st.lists(sayings, max_size=4),
    st.sampled_from(["2022-02-03", "2022-02", "--02-03", None, "2023-01-01"]),
    st.sampled_from(["TASS", "tass", "Xinhua", None]),
)
steps = st.lists(
    st.tuples(st.lists(articles, max_size=6), st.lists(st.integers(0, 25), max_size=3)),
    min_size=2,
    max_size=8,
)

QUERIES = [
    Query(facets=tuple(Facet), limit=100),
    Query("peace", facets=tuple(Facet)),
    Query('"talks trade" OR war', limit=100),
    Query("peña", sort=Sort.OLDEST),
    Query(speaker="Putin", limit=3),
    Query(forms=frozenset({Form.INDIRECT}), publisher="TASS"),
]


def answers(index):
    return (
        [index.snapshot().find(query) for query in QUERIES],
        index.snapshot().sources(limit=100),
        index.snapshot().speakers(limit=100).items,
        index.snapshot().sharing("peace and new trade talks", 0.4),
        index.snapshot().statistics().speakers,
        [index.snapshot().suggest(start) for start in ("p", "t", "war")],
        [
            index.snapshot().find(Query(wrong)).did_you_mean
            for wrong in ("peaces", "talsk", "trad", "wrr")
        ],
    )


@given(steps)
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_merged_index_answers_as_one_written_at_once(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("merging")
    merged = open_index(folder / "merged", create=True)
    present = {}
    for batch, removed in steps:
        # from one origin each, so that only the named ones are removed
        for origin in sorted({one.source.origin for one in batch}):
            remaining = [one for one in batch if one.source.origin == origin]
            kept = [one for one in present.values() if one.source.origin == origin]
            merged.add([*kept, *remaining])
            present |= {one.source.id: one for one in remaining}
        gone = [f"a{number}" for number in dict.fromkeys(removed) if f"a{number}" in present]
        merged.remove(gone)
        for one in gone:
            del present[one]
    at_once = open_index(folder / "at once", create=True)
    at_once.add(present.values())
    assert answers(merged) == answers(at_once)
    # and again with everything in one segment
    merged.add(article(f"b{n}", ("Xi", "trade")) for n in range(200))
    at_once.add(article(f"b{n}", ("Xi", "trade")) for n in range(200))
    assert answers(merged) == answers(at_once)
    assert len(list(islice((folder / "merged").glob("*.trm"), 9))) == 1
