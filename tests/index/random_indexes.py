"""Random indexes, made by several commits, and random queries to them."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from service.domain import Act, Form, Query, Sort
from service.index.whoosh import open_index
from tests.index.articles import article

WORDS = ["peace", "war", "talks", "the", "no", "of", "agree", "agreed"]
DATES = [None, "--02-03", "2020", "2020-06", "2020-06-15", "2021-01-01"]
PEOPLE = [None, "Vladimir Putin", "Putin", "Xi", "Xi Jinping"]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
passages = st.tuples(
    st.sampled_from(PEOPLE),
    sentences,
    st.fixed_dictionaries(
        {"form": st.sampled_from(Form), "act": st.sampled_from(Act), "denied": st.booleans()}
    ),
)
articles = st.builds(
    lambda identifier, said, day, publisher, version: article(
        identifier, *said, date=day, publisher=publisher, version=version
    ),
    st.sampled_from("abcdefgh"),
    st.lists(passages, max_size=4),
    st.sampled_from(DATES),
    st.sampled_from(["TASS", "tass", "Xinhua", None]),
    st.integers(0, 10**9),
)
commits = st.lists(
    st.lists(articles, max_size=4) | st.sampled_from("abcdefgh"), min_size=1, max_size=5
)
phrases = sentences.map(lambda words: f'"{words}"')
queries = st.builds(
    Query,
    words=st.lists(st.sampled_from(WORDS) | phrases, max_size=3).map(" ".join)
    | st.tuples(st.sampled_from(WORDS), phrases).map(" -".join)
    | st.tuples(phrases, st.sampled_from(WORDS)).map(" OR ".join),
    speaker=st.none() | st.sampled_from(["Putin", "Xi Jinping", "nobody"]),
    forms=st.frozensets(st.sampled_from(Form)),
    acts=st.frozensets(st.sampled_from(Act)),
    denied=st.sampled_from([False, True, None]),
    publisher=st.none() | st.just("Tass"),
    source=st.none() | st.sampled_from("abc"),
    published_from=st.none() | st.just(date(2020, 6, 15)),
    published_to=st.none() | st.just(date(2020, 12, 31)),
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST]),
    limit=st.integers(1, 5),
)


def committed(folder, commits, rendering=None):
    """An index after these commits, and the sources it then holds."""
    index = open_index(Path(folder) / "index", create=True, rendering=rendering)
    index.add([everybody_in_full()])
    kept = {"z": everybody_in_full()}
    for commit in commits:
        if isinstance(commit, list):
            index.add(commit)
            kept |= {one.source.id: one for one in commit}
        elif commit in kept:
            index.remove([commit])
            del kept[commit]
    return index, kept


def everybody_in_full():
    """Names everybody in full, so that a bare surname can mean only one person."""
    return article("z", ("Vladimir Putin", "zzz"), ("Xi Jinping", "zzz"), date=None, publisher=None)
