import random
from pathlib import Path

import numpy as np
import pytest
import torch

from service.domain import Span
from service.extraction.page.marks import pair_marks
from service.extraction.proposal import Proposal
from service.extraction.tagger import open_tagger
from training.annotating import Reader, annotate_texts, brat
from training.corpus import Annotated, Attribution, read_brat, read_corpus
from training.examples import label, stack, windows
from training.learning import CannotTrain, ask
from training.network import Network, Shape

ARTICLE = "Mayor wins\n\n“We won,” said Anna Lind, who leads the town.\nShe went home.\n"


def reader() -> Reader:
    torch.manual_seed(1)
    return Reader(Network(Shape(2)), open_tagger()._tokenizer)


def test_what_is_written_is_read_again() -> None:
    proposals = [
        Proposal((Span(4, 9), Span(20, 30)), Span(11, 15), Span(16, 19), 0.9),
        Proposal((Span(40, 44),), None, None, 0.9),
    ]
    assert read_brat("".join(brat(proposals))) == (
        (
            Attribution(((4, 9), (20, 30)), ((11, 15),), ((16, 19),)),
            Attribution(((40, 44),), (), ()),
        ),
        (),
    )


def test_every_article_is_annotated_once(tmp_path: Path) -> None:
    texts, folder = tmp_path / "texts", tmp_path / "folder"
    (texts / "town").mkdir(parents=True)
    (texts / "town" / "1.txt").write_bytes(ARTICLE.encode())
    (texts / "2.txt").write_bytes("Lind £3m “richer”".encode("cp1252"))
    annotate_texts(texts, reader(), folder)
    read = {versions[0].name: versions[0].text for versions in read_corpus(folder)}
    assert read == {"2": "Lind £3m “richer”", "town-1": ARTICLE.strip()}
    kept = folder / "attributions" / "2_teacher.ann"
    kept.write_text("T1\tContent 0 4\nE1\tContent:T1\n")
    annotate_texts(texts, reader(), folder)
    assert kept.read_text() == "T1\tContent 0 4\nE1\tContent:T1\n"


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotTrain, match=r"no \*\.txt under it"):
        annotate_texts(tmp_path, reader(), tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_it_reads_what_the_network_says_in_training() -> None:
    student_reader = reader()
    [scores] = student_reader.read(ARTICLE, pair_marks(ARTICLE))
    example = label(Annotated("a", ARTICLE, (), (), None), open_tagger()._tokenizer)
    [window] = windows(example, 288, random.Random(0))
    said = ask(student_reader._network, stack([window]))
    assert np.allclose(scores.tags, said.tags[0, 1:].numpy(), atol=0.02)
    assert scores.tags.std() > 0.1
