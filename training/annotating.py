"""Annotating: articles annotated by a trained network, for students to learn from.

A teacher's answers on articles outside the corpus teach a student more than another pass over those
it knows (after Turc et al. 2019, "Well-Read Students Learn Better").
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from service.domain import Source, Span
from service.extraction.page.layout import lay_out
from service.extraction.proposal import Proposal
from service.extraction.states import WIDTH
from service.extraction.tagger import network as reading
from service.extraction.tagger.pieces import CLS, Pieces
from service.extraction.tagger.tagging import read_by_model
from service.reading.decoding import decode
from training.learning import CannotTrain, frozen
from training.network import Network

logger = logging.getLogger(__name__)

ANNOTATOR = "teacher"


class Reader(reading.Network):
    """A network in training, used as the service uses the packaged one."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        self._network = frozen(network)
        buckets = reading.distance_bucket(np.arange(-reading.WINDOW, reading.WINDOW + 1))
        self._distance = network.distance.numpy()[:, buckets]
        self.transitions = network.transitions.numpy()
        self._tokenizer = tokenizer

    def _run(self, pieces: Pieces, start: int, stop: int) -> tuple[reading.Floats, ...]:
        ids = np.concatenate([[CLS], pieces.ids[start:stop]])[None].astype(np.int64)
        types = np.concatenate([[0], pieces.types[start:stop]])[None].astype(np.int64)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            said = self._network(torch.from_numpy(ids), torch.from_numpy(types))
        tags, names, pointers = (part[0].float().numpy() for part in said[:3])
        # states are learned last, from the finished network
        return tags, names, pointers, np.zeros((len(tags), 4 * WIDTH), np.float32)


def annotate_texts(texts: Path, reader: Reader, folder: Path) -> None:
    """Annotates the articles under ``texts`` (*.txt) into ``folder``, in the corpus' layout.

    Existing ones are kept, so that it resumes after an interruption. Raises CannotTrain if there
    are no articles.
    """
    paths = sorted(texts.rglob("*.txt"))
    if not paths:
        raise CannotTrain(f"{texts}: no *.txt under it; give a folder of articles")
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        done = pool.map(lambda path: _annotate(path, texts, reader, folder), paths)
        for number, _ in enumerate(done, 1):
            if number % 50 == 0 or number == len(paths):
                logger.info("%d of %d articles annotated", number, len(paths))


def _annotate(path: Path, texts: Path, reader: Reader, folder: Path) -> None:
    name = "-".join(path.relative_to(texts).with_suffix("").parts)
    marked = folder / "attributions" / f"{name}_{ANNOTATOR}.ann"
    if marked.exists():
        return
    text = decode(path.read_bytes(), str(path)).strip()
    (folder / "text" / f"{name}.txt").write_bytes(text.encode())
    article = lay_out(Source(id=name, text=text, origin=name))
    proposals = read_by_model(article, reader).proposals
    written = marked.with_suffix(".new")
    written.write_text("".join(brat(proposals)), encoding="utf-8")
    written.replace(marked)


def brat(proposals: Iterable[Proposal]) -> Iterator[str]:
    """Lines in the format that training.corpus reads."""
    spans = 0
    for number, proposal in enumerate(proposals, 1):
        roles = []
        for role, places in _roles(proposal):
            spans += 1
            where = ";".join(f"{place.start} {place.end}" for place in places)
            yield f"T{spans}\t{role} {where}\n"
            roles.append(f"{role}:T{spans}")
        yield f"E{number}\t{' '.join(roles)}\n"


def _roles(proposal: Proposal) -> Iterator[tuple[str, Sequence[Span]]]:
    yield "Content", proposal.spans
    if proposal.cue is not None:
        yield "Cue", (proposal.cue,)
    if proposal.mention is not None:
        yield "Source", (proposal.mention,)
