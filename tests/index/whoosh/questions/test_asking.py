"""The Whoosh engine's answers equal those of reading every statement, whatever the commits were."""

import math
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Form, Query, Sort, Speaker, SpeakerKind
from service.index.analysis import terms
from service.index.appearances import appearance_in
from service.index.whoosh import open_index
from service.index.words import parse_words
from tests.index.random_indexes import commits, committed, queries, sentences


def expected(kept, query):
    """Every statement checked individually, in the documented order."""
    in_full = {
        place(statement)
        for source in kept.values()
        for statement in source.statements
        if statement.speaker is not None and statement.speaker.name == "Xi Jinping"
    }
    found = [
        (source, statement)
        for source in kept.values()
        for statement in source.statements
        if answers(statement, query, in_full)
    ]

    def order(pair):
        published = pair[1].source.published
        first = published.earliest if published else None
        if first is None:
            return (1, 0, pair[0].source.id, pair[1].spans)
        newness = -first.toordinal() if query.sort is Sort.NEWEST else first.toordinal()
        return (0, newness, pair[0].source.id, pair[1].spans)

    return [statement.id for _, statement in sorted(found, key=order)]


def place(statement):
    """Publisher and week, by which a bare surname joins the full name."""
    appearance = appearance_in(statement, Speaker("xi", "Xi", SpeakerKind.PERSON))
    return appearance.publisher, appearance.week


def answers(statement, query, in_full):
    words = " " + " ".join(terms(statement.text)) + " "
    expression = parse_words(query.words)

    def contains(phrase):
        return f" {' '.join(phrase.terms)} " in words

    return (
        all(any(map(contains, group)) for group in expression.groups)
        and not any(map(contains, expression.excluded))
        and (query.speaker is None or said_by(statement, query.speaker, in_full))
        and statement.form in query.forms
        and statement.act in query.acts
        and query.denied in (None, statement.denied)
        and (query.publisher is None or (statement.source.publisher or "").lower() == "tass")
        and (query.source is None or statement.source.id == query.source)
        and in_time(statement.source.published, query)
    )


def said_by(statement, speaker, in_full):
    """Whether the statement's speaker may be the one asked for: everybody called Putin, but of
    those called Xi only whoever appears where Xi Jinping does.
    """
    if statement.speaker is None:
        return False
    name = statement.speaker.name
    if speaker == "Putin":
        return "Putin" in name
    return name == speaker or (
        speaker == "Xi Jinping" and name == "Xi" and joins(statement, in_full)
    )


def joins(statement, in_full):
    return all(place(statement)) and place(statement) in in_full


def in_time(published, query):
    if query.published_from is None and query.published_to is None:
        return True
    if published is None or published.year is None:
        return False
    last = {"2020": date(2020, 12, 31), "2020-06": date(2020, 6, 30)}.get(
        str(published), published.earliest
    )
    return (query.published_from is None or last >= query.published_from) and (
        query.published_to is None or published.earliest <= query.published_to
    )


@settings(max_examples=60)
@given(commits, st.lists(queries, min_size=1, max_size=4))
def test_answers_are_those_of_reading_everything(commits, queries):
    with TemporaryDirectory() as folder:
        index, kept = committed(folder, commits)
        for query in queries:
            wanted, found, cursor = expected(kept, query), [], None
            while True:
                page = index.snapshot().find(Query(**{**contains_all(query), "cursor": cursor}))
                assert page.total == len(wanted)
                found += [hit.statement.id for hit in page.items]
                if (cursor := page.next) is None:
                    break
            assert found == wanted
        fresh = open_index(Path(folder) / "index")
        assert [fresh.snapshot().find(query) for query in queries] == [
            index.snapshot().find(query) for query in queries
        ]


@settings(max_examples=40)
@given(commits, sentences, st.sampled_from([0.3, 0.6, 1.0]), st.frozensets(st.sampled_from(Form)))
def test_statements_sharing_words_are_those_of_reading_everything(commits, text, share, forms):
    with TemporaryDirectory() as folder:
        index, kept = committed(folder, commits)
        statements = [one for source in kept.values() for one in source.statements]
        having = {one.id: set(terms(one.text)) for one in statements}
        sought = sorted(set(terms(text)))
        weight = {term: rarity(term, having.values()) for term in sought}

        def key(statement):
            shared = sum(weight[term] for term in sought if term in having[statement.id])
            return (-round(shared, 9), len(terms(statement.text)))

        enough = [
            one
            for one in statements
            if one.form in forms and len(having[one.id] & set(sought)) >= share * len(sought)
        ]
        found = index.snapshot().sharing(text, share, forms=forms)
        assert {one.id for one in found} == {one.id for one in enough}
        assert list(map(key, found)) == sorted(map(key, enough))
        assert index.snapshot().sharing(text, share, 2, forms) == found[:2]


def rarity(term, texts):
    count = sum(term in words for words in texts)
    return math.log(1 + (len(texts) - count + 0.5) / (count + 0.5))


def contains_all(query):
    return {name: getattr(query, name) for name in query.__dataclass_fields__}
