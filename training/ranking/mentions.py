"""Mentions: each choice that the service meets in articles, with the right answers.

A file of identities holds {ARTICLE: [{"source": [start, end], "speaker": [NAME, ...]}]}; an empty
list means that the mention does not mean anybody named.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx

from service.domain import Source, Span
from service.extraction.page.layout import lay_out
from service.extraction.speakers.resolving import resolve_speakers
from service.extraction.speakers.signs import Choice, Contender
from service.extraction.statements.completing import complete
from service.extraction.statements.deciding import decide
from service.extraction.statements.passages import propose_by_rules
from service.extraction.states import Halves, States
from service.extraction.tagger.network import Network
from service.extraction.tagger.pieces import Pieces
from service.extraction.tagger.session import open_session
from service.extraction.tagger.tagging import read_by_model
from service.names.folding import name_key
from service.reading import read
from training.graph import layers_read
from training.network import WIDTH

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A choice with the network's states, and which candidates are right; all False if none is.
    ``occurrences`` are each candidate's states (n, 2 x width), with their signs.
    """

    article: str
    choice: Choice
    mention: Halves
    occurrences: tuple[tuple[Halves, Floats], ...]
    right: npt.NDArray[np.bool_]


class RawNetwork(Network):
    """The tagger with all outputs of its last layers for each piece, instead of their
    projection.
    """

    def __init__(self, folder: Path, work: Path) -> None:
        model = onnx.load(folder / "tagger.onnx")
        layers = layers_read(model)
        value = onnx.helper.make_tensor_value_info
        for part in [part for part in model.graph.output if part.name == "states"]:
            model.graph.output.remove(part)
        model.graph.output.extend(
            value(name, onnx.TensorProto.FLOAT, [1, "n", None]) for name in layers
        )
        onnx.save(model, work / "raw.onnx")
        super().__init__(open_session(work / "raw.onnx"), folder)
        self.states_width = len(layers) * WIDTH

    def _run(self, pieces: Pieces, start: int, stop: int) -> tuple[Floats, ...]:
        tags, names, pointers, *said = super()._run(pieces, start, stop)
        return tags, names, pointers, np.concatenate(said, -1)


def read_examples(identities: Path, texts: Path, network: Network) -> Iterator[Example]:
    """Yields the labelled choices, article by article."""
    for article, rows in json.loads(identities.read_text(encoding="utf-8")).items():
        source = next(read(texts / f"{article.removesuffix('.txt')}.txt"))
        for choice, states in _choices(source, network):
            span = choice.mention.span
            read_so = [row for row in rows if span.overlaps(Span(*row["source"]))]
            if read_so:
                example = _example(article, choice, states, read_so[0]["speaker"])
                if example is not None:
                    yield example


def _choices(source: Source, network: Network) -> Iterator[tuple[Choice, States]]:
    """The choices as the service meets them if the rules decide each."""
    article = lay_out(source)
    seen = read_by_model(article, network)
    decisions = decide(article, complete(article, seen.proposals, propose_by_rules(article)))
    met: list[Choice] = []

    def take_down(choice: Choice) -> None:
        met.append(choice)

    resolve_speakers(article, [d.proposal for d in decisions], (), seen.persons, take_down)
    for choice in met:
        yield choice, seen.states


def _example(article: str, choice: Choice, states: States, names: list[str]) -> Example | None:
    mention = _both_ends(states, choice.mention.span)
    if mention is None:
        return None
    position = choice.mention.span.start
    occurrences = tuple(
        _occurrences(candidate, states, position) for candidate in choice.candidates
    )
    right = [any(_is_same(one.figure.name, name) for name in names) for one in choice.candidates]
    return Example(article, choice, mention, occurrences, np.array(right, bool))


def _occurrences(candidate: Contender, states: States, position: int) -> tuple[Halves, Floats]:
    found = [
        (ends, one.signs(position))
        for one in candidate.occurrences
        if (ends := _both_ends(states, one.span)) is not None
    ]
    ends = np.array([row for row, _ in found], np.float16)
    return ends, np.array([signs for _, signs in found], np.float32)


def _both_ends(states: States, span: Span) -> Halves | None:
    """The network's states of the first and of the last piece, concatenated, or None."""
    found = states.ends(span)
    return None if found is None else np.concatenate(found)


def _is_same(name: str, other: str) -> bool:
    """Whether the last words agree and one has all the words of the other."""
    one, two = _words(name), _words(other)
    if not one or not two or one[-1] != two[-1]:
        return False
    return set(one) <= set(two) or set(two) <= set(one)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", name_key(re.sub(r"['’]s\b", "", name)))
