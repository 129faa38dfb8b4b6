"""From hand-labelled mentions to the ranker's weights; make rank IDENTITIES=... runs all of it.

    python -m training.ranking MODEL WEIGHTS IDENTITIES TEXTS [IDENTITIES TEXTS ...]

IDENTITIES is a file of mentions, TEXTS the folder of its articles (NAME.txt). MODEL, the tagger's
folder, is read, and its states are replaced by those the ranker needs; WEIGHTS is ranker.npz.
"""

import argparse
import logging
import tempfile
from pathlib import Path

import torch

from training.ranking.learning import Recipe, learn, write
from training.ranking.mentions import RawNetwork, read_examples

SEED = 1


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    parser = argparse.ArgumentParser(
        prog="python -m training.ranking", description="Learns to resolve mentions."
    )
    parser.add_argument("model", type=Path, help="folder of tagger.onnx; its states are written")
    parser.add_argument("weights", type=Path, help="ranker.npz to write")
    parser.add_argument("pairs", type=Path, nargs="+", metavar="IDENTITIES TEXTS")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # for matrices this small, two threads are slower
    if len(arguments.pairs) % 2:
        parser.error("every file of identities needs the folder of its articles after it")
    with tempfile.TemporaryDirectory() as work:
        network = RawNetwork(arguments.model, Path(work))
        examples = [
            example
            for identities, texts in zip(arguments.pairs[::2], arguments.pairs[1::2], strict=True)
            for example in read_examples(identities, texts, network)
        ]
    logging.getLogger("training").info("%d mentions", len(examples))
    write(learn(examples, Recipe(), SEED), arguments.model / "tagger.onnx", arguments.weights)


if __name__ == "__main__":
    main()
