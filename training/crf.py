"""A linear-chain conditional random field, computed as a tree of matrix products.

It takes log n steps instead of n: with 7 tags that is several times faster on a CPU than the loop.
"""

import torch

FORBIDDEN = -1e4


def log_partition(
    emissions: torch.Tensor, transitions: torch.Tensor, real: torch.Tensor
) -> torch.Tensor:
    """Log of the sum over all tag sequences, (rows,).

    ``emissions`` (rows, words, tags); ``transitions`` (tags + 1, tags), its last row for the
    beginning; ``real`` (rows, words) is false at padding, which is at the end.
    """
    tags = emissions.shape[-1]
    first = (emissions[:, 0] + transitions[-1])[:, None]
    steps = transitions[:-1] + emissions[:, 1:, None, :]
    still = torch.full((tags, tags), FORBIDDEN).fill_diagonal_(0)
    steps = torch.where(real[:, 1:, None, None], steps, still)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, still.expand(len(steps), 1, tags, tags)], 1)
        steps = _product(steps[:, ::2], steps[:, 1::2])
    if steps.shape[1]:
        first = _product(first, steps[:, 0])
    return first[:, 0].logsumexp(-1)


def _product(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    return (left.unsqueeze(-1) + right.unsqueeze(-3)).logsumexp(-2)


def negative_log_likelihood(
    emissions: torch.Tensor,
    transitions: torch.Tensor,
    tags: torch.Tensor,
    real: torch.Tensor,
) -> torch.Tensor:
    """Loss per row, (rows,); a word with a negative tag may have any tag."""
    allowed = torch.nn.functional.one_hot(tags.clamp(min=0), emissions.shape[-1]).bool()
    allowed = allowed | (tags < 0)[..., None]
    possible = emissions.masked_fill(~allowed, FORBIDDEN)
    return log_partition(emissions, transitions, real) - log_partition(possible, transitions, real)
