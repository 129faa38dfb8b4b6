from itertools import pairwise, product

import torch

from training.crf import log_partition, negative_log_likelihood


def total(emissions: torch.Tensor, transitions: torch.Tensor, tags: tuple[int, ...]) -> float:
    steps = transitions[-1, tags[0]] + sum(transitions[a, b] for a, b in pairwise(tags))
    return float(steps + sum(emissions[n, tag] for n, tag in enumerate(tags)))


def test_the_tree_sums_over_every_sequence() -> None:
    torch.manual_seed(1)
    transitions = torch.randn(4, 3)
    for length in (1, 2, 5, 6):
        emissions = torch.randn(1, length, 3)
        sums = [total(emissions[0], transitions, tags) for tags in product(range(3), repeat=length)]
        expected = torch.tensor(sums).logsumexp(0)
        real = torch.ones(1, length, dtype=torch.bool)
        assert torch.allclose(log_partition(emissions, transitions, real)[0], expected, atol=1e-4)


def test_padding_changes_nothing() -> None:
    torch.manual_seed(1)
    emissions, transitions = torch.randn(2, 7, 3), torch.randn(4, 3)
    tags = torch.randint(0, 3, (2, 7))
    real = torch.arange(7)[None] < torch.tensor([[4], [7]])
    together = negative_log_likelihood(emissions, transitions, tags, real)
    alone = negative_log_likelihood(
        emissions[:1, :4], transitions, tags[:1, :4], torch.ones(1, 4, dtype=torch.bool)
    )
    assert torch.allclose(together[0], alone[0], atol=1e-4)


def test_an_unknown_tag_may_be_any() -> None:
    torch.manual_seed(1)
    emissions, transitions = torch.randn(1, 3, 3), torch.randn(4, 3)
    real = torch.ones(1, 3, dtype=torch.bool)
    labelled = [
        negative_log_likelihood(emissions, transitions, torch.tensor([[0, tag, 2]]), real)
        for tag in (0, 1, 2, -1)
    ]
    either = torch.stack([torch.exp(-loss) for loss in labelled[:3]]).sum()
    assert torch.allclose(torch.exp(-labelled[3]), either, atol=1e-4)
