"""Misspelling: the words one edit away, for engines that look them up one by one."""

from string import ascii_lowercase


def neighbours(word: str) -> set[str]:
    """Words with one letter removed, swapped with the next, replaced or inserted; the first
    stays.
    """
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    return (
        {before + after[1:] for before, after in cuts if after}
        | {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
        | {before + c + after[1:] for before, after in cuts if after for c in ascii_lowercase}
        | {before + c + after for before, after in cuts for c in ascii_lowercase}
    ) - {word}
