from dataclasses import fields, replace

import numpy as np
import torch

from training.distilling import Lesson, rewritten, thinned
from training.examples import CUE, IGNORED, Batch, Example
from training.learning import ask
from training.mpnet import MPNet, relative_buckets, renumbered
from training.network import INNER, Network, Shape, no_dropout


def batch() -> Batch:
    torch.manual_seed(2)
    ids = torch.randint(1000, 2000, (2, 9))
    first, ignored = torch.ones_like(ids), torch.full_like(ids, IGNORED)
    first[:, 0] = 0
    pointed = ignored.clone()
    pointed[:, 3] = 5
    return Batch(ids, ids % 24, first, torch.zeros_like(ids), ignored, pointed, pointed)


def examples(*lengths: int) -> list[Example]:
    return [
        Example(*(getattr(batch(), field.name)[0].numpy()[:length] for field in fields(Example)))
        for length in lengths
    ]


def network() -> Network:
    torch.manual_seed(1)
    return Network(Shape(2))


def test_units_that_say_nothing_are_left_out_first() -> None:
    teacher = network()
    silent = torch.arange(0, INNER, 2)
    with torch.no_grad():
        for layer in teacher.layers:
            layer.narrow.weight[:, silent] = 0
    student = thinned(teacher, [batch()], INNER // 2)
    assert student.layers[0].widen.weight.shape[0] == INNER // 2
    found, expected = ask(student, batch()), ask(teacher, batch())
    assert torch.allclose(found.tags, expected.tags, atol=0.1)  # its weights are rounded


def test_who_says_the_same_has_nothing_to_learn_from_the_teacher() -> None:
    student = network()
    lesson = Lesson([network(), network()])
    parts = lesson.losses(student.eval(), examples(9, 9), no_dropout)
    assert set(parts) == set(lesson.weights)
    for name in ("layers", "taught tags", "taught cues", "taught mentions"):
        assert abs(float(parts[name].detach())) < 1e-3
    assert float(parts["tags"].detach()) > 0


def test_a_network_that_learns_rounded_computes_with_few_values() -> None:
    student = network()
    exact = ask(student, batch()).tags
    student.learn_rounded()
    rounded = ask(student, batch()).tags
    assert not torch.equal(exact, rounded)
    assert torch.allclose(exact, rounded, atol=0.2)


def test_a_larger_network_teaches_by_what_it_says_in_the_end() -> None:
    torch.manual_seed(3)
    large = MPNet(Shape(3, 48, 96, 514, 30527))
    lesson = Lesson([large], ("tags", "cues"), layers=False)
    parts = lesson.losses(network().eval(), examples(9, 9), no_dropout)
    assert set(parts) == set(lesson.weights)
    assert set(parts) == {"tags", "cues", "mentions", "names", "taught tags", "taught cues"}
    assert float(parts["taught tags"].detach()) > 0


def test_what_a_larger_network_does_not_teach_others_do() -> None:
    torch.manual_seed(3)
    large = MPNet(Shape(3, 48, 96, 514, 30527))
    lesson = Lesson([large], ("tags", "cues"), [network()], layers=False)
    parts = lesson.losses(network().eval(), examples(9, 9), no_dropout)
    assert set(parts) == set(lesson.weights)
    assert float(parts["taught cues"].detach()) > 0
    assert abs(float(parts["taught mentions"].detach())) < 1e-3


def test_the_larger_network_gets_its_own_numbers_of_pieces() -> None:
    ids = torch.tensor([[101, 100, 999, 1996, 102, 0]])
    assert renumbered(ids).tolist() == [[0, 3, 1003, 2000, 2, 1]]


def test_its_relative_positions_are_exact_near_by_and_wider_far_off() -> None:
    buckets = relative_buckets(200)
    assert buckets[50, 50:58].tolist() == [0, *range(17, 24)]
    assert buckets[50, 43:51].tolist() == [7, 6, 5, 4, 3, 2, 1, 0]
    assert buckets[199, 0] == 15
    assert buckets[0, 199] == 31
    assert (buckets[150, :150].diff() <= 0).all()


def test_of_every_other_example_words_are_replaced_but_for_cues() -> None:
    rng = np.random.default_rng(1)
    ids = rng.integers(2000, 3000, 400)
    ids[0] += ids.sum() % 2
    zeros = np.zeros_like(ids)
    tags = np.where(np.arange(400) % 5 == 0, CUE, 0)
    even = Example(ids, zeros, zeros + 1, tags, zeros, zeros, zeros)
    changed = rewritten(even, 0.1).ids != ids
    assert 15 < changed.sum() < 60
    assert not changed[tags == CUE].any()
    assert np.array_equal(rewritten(even, 0.1).ids, rewritten(even, 0.1).ids)
    odd = replace(even, ids=ids + (np.arange(400) == 1))
    assert rewritten(odd, 0.1) is odd
    assert rewritten(even, 0.0) is even


def test_what_is_remembered_is_what_teachers_say_again() -> None:
    asked: list[torch.Tensor] = []

    class Counted(Network):
        def forward(self, ids, *args):  # type: ignore[no-untyped-def]
            asked.append(ids)
            return super().forward(ids, *args)

    torch.manual_seed(4)
    teacher, student = Counted(Shape(2)), network().eval()
    forgetful, remembering = (
        Lesson([teacher], layers=False, remember=remember) for remember in (False, True)
    )
    first, again, other = (
        lesson.losses(student, examples(9, 7), no_dropout)
        for lesson in (remembering, remembering, forgetful)
    )
    assert len(asked) == 4
    assert {name: float(part.detach()) for name, part in first.items()} == {
        name: float(part.detach()) for name, part in again.items()
    }
    assert float(first["taught cues"].detach()) == float(other["taught cues"].detach()) > 0
