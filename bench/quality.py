"""How well the extractor reads news: scores on PolNeAR's annotated articles.

    python -m bench.quality POLNEAR/dev

prints precision, recall and F1 of every measure of bench/measures.py and the words a CPU second.
"""

import argparse
import time
from pathlib import Path

from bench.measures import MEASURES, Tally, score
from bench.polnear import Attributed, read_articles
from service.domain import Source, Statement
from service.extraction import annotate


def attributed(statement: Statement) -> Attributed:
    """A statement in the corpus' terms."""
    attribution = statement.attribution
    mention, cue = (
        () if excerpt is None else (excerpt.span,)
        for excerpt in (attribution.mention, attribution.cue)
    )
    return Attributed(statement.spans, mention, cue)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="holds text/ and attributions/")
    folder = parser.parse_args().folder
    articles = list(read_articles(folder))
    if not articles:
        parser.error(f"{folder}: no attributions/*.ann with a text/*.txt beside it")
    tallies = {name: Tally() for name in MEASURES}
    words = sum(len(article.text.split()) for article in articles)
    seconds = 0.0
    for article in articles:
        source = Source(id=article.name, text=article.text, origin=article.name)
        started = time.process_time()
        statements = annotate(source).statements
        seconds += time.process_time() - started
        score(article, [attributed(statement) for statement in statements], tallies)
    print(f"{len(articles)} articles, {words} words, {words / seconds:.0f} words a CPU second")
    for name, tally in tallies.items():
        print(f"{name:14} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")


if __name__ == "__main__":
    main()
