"""Hyphens: words that only one side splits.

"infor-\\nmation" is split at a line's end, "co-operative" by style. A claim is compared again with
the text's own words if only a hyphen separates them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.verification.comparing.comparison import Comparison
from service.verification.findings import DiffOp
from service.verification.texts.folding import DASHES
from service.verification.texts.words import Folded


def rejoined(claimed: Folded, compared: Iterable[Comparison]) -> Folded | None:
    """``claimed`` with its words split or joined as in the first text that differs; None if none
    does.
    """
    for comparison in compared:
        steps = [step for step in comparison.changes if step.op is DiffOp.REPLACE]
        text = comparison.passage.folded
        whole: set[str] = set()
        parted: dict[str, str] = {}
        for step in steps:
            first, last = max(0, step.j1 - 1), min(len(text.words), step.j2 + 1)
            whole |= set(text.words[first:last])
            parted |= dict(_parted(text, first, last))
        edges = list(_edges(claimed, whole, parted)) if steps else []
        if edges and len(edges) != len(claimed.words):
            return _with(claimed, edges)
    return None


def _parted(text: Folded, first: int, last: int) -> Iterator[tuple[str, str]]:
    """Hyphenated words, each with its first part."""
    for word in range(first + 1, last):
        if _is_hyphen(text.gap(word)):
            yield text.words[word - 1] + text.words[word], text.words[word - 1]


def _is_hyphen(gap: str) -> bool:
    return gap.rstrip() in DASHES and gap[:1] != "" and not gap[0].isspace()


_Edges = tuple[str, tuple[int, int]]


def _edges(claimed: Folded, whole: set[str], parted: dict[str, str]) -> Iterator[_Edges]:
    """Yields each word with its place in the text."""
    words, edges = claimed.words, claimed.edges
    k = 0
    while k < len(words):
        word, (start, end) = words[k], edges[k]
        following = k + 1 < len(words) and _is_hyphen(claimed.gap(k + 1))
        first = parted.get(word)
        if following and word + words[k + 1] in whole:
            yield word + words[k + 1], (start, edges[k + 1][1])
            k += 1
        elif first and end - start == len(word):
            yield first, (start, start + len(first))
            yield word[len(first) :], (start + len(first), end)
        else:
            yield word, (start, end)
        k += 1


def _with(claimed: Folded, joined: list[_Edges]) -> Folded:
    """The same text in these words; elisions and brackets keep their places."""
    starts = [start for start, _ in claimed.edges] + [len(claimed.text)]
    edges = tuple(edge for _, edge in joined)
    elisions = {sum(start < starts[place] for start, _ in edges) for place in claimed.elisions}
    inside = [claimed.edges[place] for place in claimed.bracketed]
    bracketed = {
        k
        for k, (start, end) in enumerate(edges)
        if any(left <= start < right for left, right in inside)
    }
    return replace(
        claimed,
        words=tuple(word for word, _ in joined),
        edges=edges,
        elisions=frozenset(elisions),
        bracketed=frozenset(bracketed),
    )
