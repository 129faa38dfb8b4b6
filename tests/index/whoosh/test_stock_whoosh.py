"""The engine's answers and scores equal those of unmodified Whoosh, with its codec and searcher."""

import math
from dataclasses import replace
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.analysis import Token, Tokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import And, Every, NumericRange, Or, Phrase, Term
from whoosh.scoring import BM25F
from whoosh.sorting import Count

from service.domain import ANY_ACT, Act, Facet, Form, Query, Sort
from service.index.analysis import terms
from service.index.whoosh.segments.matching import matching
from service.index.whoosh.segments.ranking import gather_statistics, scores
from service.index.words import parse_words
from tests.index.random_indexes import WORDS, commits, committed, everybody_in_full, queries


class OurTerms(Tokenizer):
    """The index's terms, so that both sides search the same words."""

    def __call__(self, value, mode="", **_):
        token = Token(positions=True, chars=False, removestops=False, mode=mode)
        for token.pos, token.text in enumerate(terms(value)):
            token.original, token.stopped, token.boost = token.text, False, 1.0
            yield token


class NeverNegative(BM25F):
    """Whoosh's BM25 with the inverse document frequency of Robertson & Zaragoza, plus one."""

    def idf(self, searcher, fieldname, text):
        searcher = searcher.get_parent()
        count, having = searcher.doc_count_all(), searcher.doc_frequency(fieldname, text)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))


SCHEMA = Schema(
    id=ID(stored=True),
    source=ID,
    form=ID,
    act=ID,
    denied=ID,
    publisher=ID(sortable=True),
    first=NUMERIC(sortable=True),
    last=NUMERIC,
    words=TEXT(analyzer=OurTerms()),
)


def stock_index(commits):
    """One segment per commit; a commit is a list of sources to add and ids of sources to remove. A
    source that exists already is replaced."""
    index = RamStorage().create_index(SCHEMA)
    for added, removed in commits:
        writer = index.writer()
        for identifier in [*removed, *(one.source.id for one in added)]:
            writer.delete_by_term("source", identifier)
        for one in {source.source.id: source for source in added}.values():
            for statement in one.statements:
                writer.add_document(**row(statement))
        writer.commit(merge=False)
    return index


def row(statement):
    published = statement.source.published
    first = published.earliest if published else None
    last = {"2020": 20201231, "2020-06": 20200630}.get(str(published))
    day = first.year * 10000 + first.month * 100 + first.day if first else 0
    return {
        "id": statement.id,
        "source": statement.source.id,
        "form": statement.form.value,
        "act": statement.act.value,
        "denied": str(statement.denied),
        "publisher": (statement.source.publisher or "nobody").lower(),
        "first": day,
        "last": last or day,
        "words": statement.text,
    }


def stock_query(query):
    expression = parse_words(query.words)
    wanted = [Or([stock_phrase(phrase) for phrase in group]) for group in expression.groups]
    if len(query.forms) < len(Form):
        wanted.append(Or([Term("form", form.value) for form in query.forms]))
    if len(query.acts) < len(Act):
        wanted.append(Or([Term("act", act.value) for act in query.acts]))
    if query.denied is not None:
        wanted.append(Term("denied", str(query.denied)))
    if query.publisher is not None:
        wanted.append(Term("publisher", query.publisher.lower()))
    if query.source is not None:
        wanted.append(Term("source", query.source))
    if query.published_from or query.published_to:
        wanted.append(NumericRange("first", 1, None))
    if query.published_from:
        wanted.append(NumericRange("last", number(query.published_from), None))
    if query.published_to:
        wanted.append(NumericRange("first", None, number(query.published_to)))
    return And(wanted) if wanted else Every()


def stock_mask(query):
    """The excluded documents, for ``mask``: Whoosh's AndNot lets some of them through, such as
    "peace war" of two documents "peace" and "peace war" in a search for war without peace."""
    excluded = parse_words(query.words).excluded
    return Or([stock_phrase(phrase) for phrase in excluded]) if excluded else None


def stock_phrase(phrase):
    several = [Term("words", term) for term in phrase.terms]
    return Phrase("words", list(phrase.terms)) if len(several) > 1 else several[0]


def number(day):
    return day.year * 10000 + day.month * 100 + day.day


def stock_of(history):
    """The history of ``committed``, in unmodified Whoosh."""
    steps = [(step, []) if isinstance(step, list) else ([], [step]) for step in history]
    return stock_index([([everybody_in_full()], []), *steps])


def ids(index, query):
    """The results of all pages."""
    found, cursor = [], None
    while True:
        page = index.snapshot().find(replace(query, cursor=cursor))
        found += [hit.statement.id for hit in page.items]
        if (cursor := page.next) is None:
            return found


@settings(max_examples=50)
@given(commits, st.lists(queries, min_size=1, max_size=4))
def test_answers_are_those_of_stock_whoosh(history, several):
    with TemporaryDirectory() as folder:
        index, kept = committed(folder, history)
        days = {one.id: row(one)["first"] for source in kept.values() for one in source.statements}
        with stock_of(history).searcher() as searcher:
            for query in (replace(one, speaker=None) for one in several):
                options = {"sortedby": "first", "reverse": query.sort is Sort.NEWEST}
                options["mask"] = stock_mask(query)
                wanted = searcher.search(
                    stock_query(query), limit=None, groupedby="publisher", maptype=Count, **options
                )
                found = ids(index, query)
                assert sorted(found) == sorted(hit["id"] for hit in wanted)
                dated = [days[one] for one in found if days[one]]
                assert dated == [days[hit["id"]] for hit in wanted if days[hit["id"]]]
                facets = index.snapshot().find(replace(query, facets=(Facet.PUBLISHER,))).facets
                counts = {one.value.lower(): one.count for one in facets[Facet.PUBLISHER]}
                assert counts | {"nobody": len(found) - sum(counts.values())} == {
                    "nobody": 0,
                    **wanted.groups("publisher"),
                }


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique_by=lambda w: terms(w)[0])


@settings(max_examples=50)
@given(commits, words.map(" ".join) | words.map(" OR ".join), words)
def test_scores_are_those_of_stock_whoosh(history, either, phrase):
    with TemporaryDirectory() as folder:
        index, kept = committed(folder, history)
        # removed documents count in Whoosh's statistics until a merge: here there are none
        stock = stock_index([([source], []) for source in kept.values()])
        with stock.searcher(weighting=NeverNegative()) as searcher:
            for sought in (either, '"' + " ".join(phrase) + '"'):
                wanted = searcher.search(stock_query(everything(sought)), limit=None)
                expected = {hit["id"]: hit.score for hit in wanted}
                assert scored(index, sought) == pytest.approx(expected, rel=1e-9)
                found = [expected[one] for one in ids(index, everything(sought, limit=3))]
                assert found == pytest.approx(sorted(expected.values(), reverse=True), rel=1e-9)


def everything(sought, **options):
    return Query(sought, acts=ANY_ACT, denied=None, **options)


def scored(index, sought):
    """The score of every statement found, in the order of the pages."""
    snapshot, expression = index._generations.present(), parse_words(sought)
    segments = snapshot.segments
    distinct = {term for phrase in expression.phrases for term in phrase.terms}
    statistics = gather_statistics(segments, snapshot.totals, sorted(distinct))
    found = {}
    for segment in segments:
        documents = matching(segment, everything(sought), expression, None)
        values = scores(segment, documents, statistics)
        for document, value in zip(documents.tolist(), values.tolist(), strict=True):
            found[segment.files.statement(document).id] = value
    return found
