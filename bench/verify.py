"""How sure and how fast verification is: python -m bench.verify INDEX [--claims 2000] [--seed 1]

Makes claimed quotations from the statements of an index by known edits (bench/claims.py), verifies
each and prints its findings beside the expected ones, and how long it took beside a scan of all
statements with rapidfuzz. With --never OTHER the quotations of another index are verified too, as
never said in this one; with --synthetic N an index of N synthetic statements (bench/synthetic.py)
is made at INDEX first.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from rapidfuzz import fuzz, process

from bench.claims import EDITS, PART, editor_of
from bench.editor import Claimed
from bench.synthetic import Writer
from bench.unsaid import folded, is_said
from service.domain import Query, Statement
from service.index.port import Index
from service.index.whoosh import open_index
from service.verification import verify
from service.verification.findings import AttributionFinding, Verdict, Verification, Wording

PAGE = 200
TRUE = frozenset({"verbatim", "typographic", "elided"})


def statements_of(index: Index) -> Iterator[Statement]:
    cursor = None
    while True:
        page = index.snapshot().find(Query(limit=PAGE, cursor=cursor))
        yield from (hit.statement for hit in page.items)
        cursor = page.next
        if cursor is None:
            return


def bare(text: str) -> str:
    """Letters and digits alone: enough to see whether a statement holds what was edited."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def is_right(claimed: Claimed, found: Verification) -> bool:
    """Whether the best statement is the one it was made from, or has the same words."""
    if found.best is None:
        return not claimed.true
    return has_words(claimed, found.best.statement)


def is_one_of(label: str, wanted: str) -> bool:
    return wanted == "any" or label in wanted.split("|")


def all_right(claimed: Claimed, found: Verification) -> bool:
    """Whether wording, speaker, flag and, unless the claim is too short, the statement are
    right.
    """
    short = claimed.wording == "too_short"
    return (
        is_one_of(found.wording, claimed.wording)
        and is_one_of(found.attribution, claimed.attribution)
        and (claimed.flag is None or claimed.flag in flags(found))
        and (short or is_right(claimed, found))
    )


def has_words(claimed: Claimed, statement: Statement) -> bool:
    """Whether the claim was made from this statement or from words that it contains too."""
    return any(
        statement.id == one.id or bare(words) in bare(statement.text) for one, words in claimed.true
    )


def print_confusion(title: str, pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> None:
    counts = Counter(pairs)
    print(f"\n{title:28}" + "".join(f"{name:>14}" for name in names))
    for wanted in dict.fromkeys(one for one, _ in counts):
        print(f"{wanted:28}" + "".join(f"{counts[wanted, name] or '.':>14}" for name in names))


def print_findings(claims: Sequence[Claimed], found: Sequence[Verification], shown: int) -> None:
    by_edit: dict[str, list[tuple[Claimed, Verification]]] = defaultdict(list)
    for claimed, one in zip(claims, found, strict=True):
        by_edit[claimed.edit].append((claimed, one))
    heads = zip(("rank 1", "wording", "speaker", "flagged", "all"), (7, 8, 8, 8, 7), strict=True)
    print(f"{'edit':20} {'claims':>6} " + " ".join(f"{head:>{wide}}" for head, wide in heads))
    for edit, pairs in by_edit.items():
        right = share(is_right(*pair) for pair in pairs)
        wording = share(is_one_of(v.wording, c.wording) for c, v in pairs)
        speaker = share(is_one_of(v.attribution, c.attribution) for c, v in pairs)
        flagged = [c.flag in flags(v) for c, v in pairs if c.flag]
        flag_share = f"{share(flagged):8.3f}" if flagged else f"{'':8}"
        whole = share(all_right(*pair) for pair in pairs)
        rates = f"{right:7.3f} {wording:8.3f} {speaker:8.3f} {flag_share} {whole:7.3f}"
        print(f"{edit:20} {len(pairs):6} {rates}")
        wrong = [pair for pair in pairs if not all_right(*pair)]
        for claimed, one in wrong[:shown]:
            print_wrong(claimed, one)
    print_never(list(zip(claims, found, strict=True)))
    print_confusion(
        "wording",
        ((c.wording, str(v.wording)) for c, v in zip(claims, found, strict=True)),
        list(Wording),
    )
    print_confusion(
        "attribution",
        ((c.attribution, str(v.attribution)) for c, v in zip(claims, found, strict=True)),
        list(AttributionFinding),
    )


def print_never(pairs: Sequence[tuple[Claimed, Verification]]) -> None:
    """Prints errors that must never or hardly ever occur, with their rates."""
    altered = [v for c, v in pairs if c.wording in ("altered", "pieced", "absent")]
    true = [v for c, v in pairs if set(c.wording.split("|")) <= TRUE]
    named = [v for c, v in pairs if c.true and c.attribution == "as_claimed"]
    formed = [v for c, v in pairs if c.true and c.attribution == "as_claimed|unresolved"]
    wrong = [v for c, v in pairs if c.attribution.startswith("other_speaker")]
    short = [v for c, v in pairs if c.wording == "too_short"]
    rows = {
        "all right": [all_right(*pair) for pair in pairs],
        "altered called verbatim": [v.verdict is Verdict.VERBATIM for v in altered],
        "true called not found": [v.verdict is Verdict.NOT_FOUND for v in true],
        "true speaker called another": [_is_other(v) for v in named],
        "... by another form": [_is_other(v) for v in formed],
        "wrong speaker as claimed": [v.attribution is AttributionFinding.AS_CLAIMED for v in wrong],
        "scare words judged": [v.verdict is not Verdict.TOO_SHORT for v in short],
    }
    print()
    for name, hits in rows.items():
        print(f"{name:28} {len(hits):6} {share(hits):7.4f}")


def _is_other(found: Verification) -> bool:
    return found.attribution is AttributionFinding.OTHER_SPEAKER


def print_wrong(claimed: Claimed, found: Verification) -> None:
    print(f"    {claimed.wording} called {found.wording}: {claimed.quote!r}")
    speaker = found.best and found.best.statement.speaker
    print(f"        {claimed.speaker!r}: {found.attribution}, {speaker and speaker.name!r}")
    if found.best:
        print(f"        {found.best.similarity} {flags(found)} {found.best.found!r}")
    print(f"        {[one.text for one, _ in claimed.true]}")


def flags(found: Verification) -> set[str]:
    return {flag for one in (found.best, *found.pieces) if one for flag in one.flags}


def share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0


def print_times(
    index: Index, claims: Sequence[Claimed], taken: Sequence[float], scans: int
) -> None:
    """Prints times; ``taken`` is in seconds, one per claim. The scan gets a few of the same
    claims.
    """
    ordered = sorted(taken)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"\nverify: p50 {1000 * p50:.2f} ms, p95 {1000 * p95:.2f} ms")
    by_edit: dict[str, list[float]] = defaultdict(list)
    for claimed, seconds in zip(claims, taken, strict=True):
        by_edit[claimed.edit].append(seconds)
    for edit, several in by_edit.items():
        print(f"    {edit:20} {1000 * sorted(several)[len(several) // 2]:8.2f} ms")
    if scans:
        texts = [one.text for one in statements_of(index)]
        asked = Random(scans).sample(claims, min(scans, len(claims)))
        scanned = sorted(scan(claimed.quote, texts) for claimed in asked)
        middle = scanned[len(scanned) // 2]
        print(
            f"rapidfuzz partial_ratio over {len(texts)} statements: p50 {1000 * middle:.0f} ms,"
            f" {middle / p50:.0f} times as long"
        )


def scan(quote: str, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    process.extractOne(quote, texts, scorer=fuzz.partial_ratio)
    return time.perf_counter() - start


def never_said(index: Index, other: Index, seed: int) -> list[Claimed]:
    """Quotations of ``other`` in any order, in full and in part, without those that are mostly in
    ``index``, because they were said.
    """
    choose = Random(seed)
    said = folded(one.text for one in statements_of(index))
    elsewhere = editor_of(list(statements_of(other)), seed)
    invented: list[tuple[str, str]] = []
    for _, words in choose.sample(elsewhere.quoted, len(elsewhere.quoted)):
        several = words.split()
        length = min(choose.randint(*PART), len(several))
        start = choose.randint(0, len(several) - length)
        invented += [("elsewhere: whole", words)]
        invented += [("elsewhere: a part", " ".join(several[start : start + length]))]
    invented += [("elsewhere: 3 to 5", words) for _, words in elsewhere.few]
    return [
        Claimed(kind, words, None, (), "absent", "not_claimed")
        for kind, words in invented
        if not is_said(words, said)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scans", type=int, default=5, help="scans by rapidfuzz to time")
    parser.add_argument("--never", type=Path, help="an index whose quotations this one lacks")
    parser.add_argument("--edit", choices=list(EDITS), nargs="+", help="only these edits")
    parser.add_argument("--wrong", type=int, default=0, help="mistakes to show of each edit")
    parser.add_argument("--synthetic", type=int, metavar="N", help="make the index first")
    arguments = parser.parse_args()
    index = open_index(arguments.index, create=bool(arguments.synthetic))
    if arguments.synthetic:
        index.add(Writer().sources(arguments.synthetic))
    claims = editor_of(list(statements_of(index)), arguments.seed).claims(arguments.claims)
    if arguments.edit:
        claims = [claimed for claimed in claims if claimed.edit in arguments.edit]
    if arguments.never:
        claims += never_said(index, open_index(arguments.never), arguments.seed)[: arguments.claims]
    found, taken = [], []
    for claimed in claims:
        start = time.perf_counter()
        found.append(verify(index.snapshot(), claimed.quote, claimed.speaker))
        taken.append(time.perf_counter() - start)
    print_findings(claims, found, arguments.wrong)
    print_times(index, claims, taken, arguments.scans)


if __name__ == "__main__":
    main()
