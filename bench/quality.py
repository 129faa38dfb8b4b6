"""How well the extractor reads news: scores on PolNeAR's annotated articles.

    python -m bench.quality POLNEAR/dev

prints, for the model and for the rules alone, precision, recall and F1 of every measure of
bench/measures.py and the words a CPU second, speakers included; then the memory it took (Linux).
"""

import argparse
import resource
import time
from collections.abc import Sequence
from pathlib import Path

from bench.measures import MEASURES, Tallies, Tally, score
from bench.polnear import AnnotatedArticle, Attributed, read_articles
from service.domain import Extractor, Source, Statement
from service.extraction import annotate, open_tagger

KILOBYTES_IN_MEGABYTE = 1024


def attributed(statement: Statement) -> Attributed:
    """A statement in the corpus' terms."""
    attribution = statement.attribution
    mention, cue = (
        () if excerpt is None else (excerpt.span,)
        for excerpt in (attribution.mention, attribution.cue)
    )
    return Attributed(statement.spans, mention, cue)


def measure(articles: Sequence[AnnotatedArticle], extractor: Extractor) -> tuple[Tallies, float]:
    """Every measure's counts, and the CPU seconds extraction took."""
    tallies = {name: Tally() for name in MEASURES}
    seconds = 0.0
    for article in articles:
        source = Source(id=article.name, text=article.text, origin=article.name)
        started = time.process_time()
        statements = annotate(source, extractor=extractor).statements
        seconds += time.process_time() - started
        score(article, [attributed(statement) for statement in statements], tallies)
    return tallies, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="holds text/ and attributions/")
    folder = parser.parse_args().folder
    articles = list(read_articles(folder))
    if not articles:
        parser.error(f"{folder}: no attributions/*.ann with a text/*.txt beside it")
    open_tagger()
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words} words")
    for extractor in Extractor:
        tallies, seconds = measure(articles, extractor)
        print(f"\n{extractor}: {words / seconds:.0f} words a CPU second")
        for name, tally in tallies.items():
            print(f"{name:14} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_IN_MEGABYTE
    print(f"\npeak memory of all this: {peak:.0f} MB")


if __name__ == "__main__":
    main()
