"""From hand-labelled statements to the weights of acts; make acts ACTS='...' runs all of it.

    python -m training.acts WEIGHTS ACTS TEXTS [TEXTS ...]

ACTS is a file of statements, TEXTS the folders of their articles (NAME.txt). WEIGHTS is acts.npz.
"""

import argparse
import logging
from pathlib import Path

import numpy as np

from service.domain import Extractor
from training.acts.learning import Recipe, learn
from training.acts.reading import examples_of, for_extractor, read_acts

logger = logging.getLogger("training")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    parser = argparse.ArgumentParser(
        prog="python -m training.acts", description="Learns which act a statement is."
    )
    parser.add_argument("weights", type=Path, help="acts.npz to write")
    parser.add_argument("acts", type=Path, help="the file of statements")
    parser.add_argument("texts", type=Path, nargs="+", help="folders of the articles")
    arguments = parser.parse_args()
    read = read_acts(arguments.acts)
    examples = {one: list(examples_of(read, arguments.texts, one)) for one in Extractor}
    learned = {}
    for extractor in Extractor:
        chosen = for_extractor(extractor, examples)
        logger.info("%s: %d statements", extractor, len(chosen))
        for name, array in learn(chosen, Recipe()).items():
            learned[f"{extractor}.{name}"] = array
    np.savez(arguments.weights, allow_pickle=False, **learned)


if __name__ == "__main__":
    main()
