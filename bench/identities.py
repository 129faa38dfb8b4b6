"""How well speakers are resolved, measured against names given by hand.

    python -m bench.identities FILE... --texts FOLDER... [--differences]
    python -m bench.identities FILE... --texts FOLDER... --without RULE...
    python -m bench.identities FILE... --texts FOLDER... --ablation

FILE is one of identities (bench/meant.py), FOLDER/ARTICLE.txt the text of an article in it.
Mentions that no statement answers are counted and left out of the shares.

right  the speaker is one of the names; if the text names nobody, null or no more than the
       mention says itself
null   nobody is named, though the text names the speaker
wrong  somebody else is named

Printed first by kind of speaker and of mention, then by confidence for mentions with a speaker;
then the shares of right, null and wrong if doubtful answers were null. --differences prints the
mentions that are null or wrong. --without switches off rules of service/extraction/speakers
(named_rules.py) and prints the mentions whose answers change; --ablation prints a row for each rule
switched off alone.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.meant import FORMS, SPEAKERS, Meant, is_right, read_identities
from bench.resolving import Answer, Tagged, answers_of, tag
from service.errors import UnreadableSource
from service.extraction.speakers.named_rules import rule_meaning, rule_names

OUTCOMES = ("right", "null", "wrong")
TENTHS = 10


class Judged(NamedTuple):
    """An answered mention; ``named`` is the first answer with a speaker."""

    article: str
    meant: Meant
    outcome: str
    names: tuple[str | None, ...]
    named: Answer | None


def judge(article: str, meant: Iterable[Meant], answers: Sequence[Answer]) -> Iterator[Judged]:
    """Yields the mentions that statements answer."""
    for one in meant:
        overlapping = [answer for answer in answers if answer.mention.overlaps(one.span)]
        if overlapping:
            names = tuple(answer.name for answer in overlapping)
            named = next((answer for answer in overlapping if answer.name is not None), None)
            yield Judged(article, one, _outcome(one, names), names, named)


def _outcome(meant: Meant, names: Sequence[str | None]) -> str:
    if is_right(meant, names):
        return "right"
    return "wrong" if any(names) else "null"


Identified = Mapping[str, Sequence[Meant]]


def judge_all(tagged: Iterable[Tagged], meant: Identified, off: Iterable[str] = ()) -> list[Judged]:
    """Every answered mention, with the rules ``off`` switched off."""
    off = tuple(off)
    return [
        one for text in tagged for one in judge(text.name, meant[text.name], answers_of(text, off))
    ]


def show(judged: Sequence[Judged], every: int) -> None:
    print(f"{len(judged)} of {every} mentions answered\n")
    print(f"{'':14}{'of':>6}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    _show_row("all", judged)
    for kind, name in SPEAKERS.items():
        _show_row(name, [one for one in judged if one.meant.speaker_kind == kind])
    for form in FORMS:
        _show_row(form, [one for one in judged if one.meant.form == form])


def _show_row(name: str, judged: Sequence[Judged]) -> None:
    if judged:
        counts = Counter(one.outcome for one in judged)
        shares = "".join(f"{counts[outcome] / len(judged):8.3f}" for outcome in OUTCOMES)
        print(f"{name:14}{len(judged):6}{shares}")


def show_calibration(judged: Iterable[Judged]) -> None:
    """Prints, for each tenth of confidence, the mean confidence and the share that is right."""
    named = [(one.named, one.outcome == "right") for one in judged if one.named is not None]
    tenths = calibration((answer.confidence, right) for answer, right in named)
    print(f"\n{'confidence':14}{'of':>6}{'said':>8}{'right':>8}")
    for at, tenth in reversed(list(enumerate(tenths))):
        shares = f"{tenth.mean:8.3f}{tenth.share:8.3f}" if tenth.of else f"{'-':>8}{'-':>8}"
        print(f"{at / TENTHS:.1f} to {(at + 1) / TENTHS:.1f}    {tenth.of:6}{shares}")


def show_thresholds(judged: Sequence[Judged]) -> None:
    """Prints the outcomes if answers below a confidence were null."""
    print(f"\n{'null below':20}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for least in (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        counts = Counter(outcome_above(one, least) for one in judged)
        shares = "".join(f"{counts[outcome] / len(judged):8.3f}" for outcome in OUTCOMES)
        print(f"{least:<20}{shares}")


def outcome_above(one: Judged, least: float) -> str:
    """The outcome if less certain answers were null."""
    if one.named is None or one.named.confidence >= least:
        return one.outcome
    return "null" if one.meant.names else "right"


class Tenth(NamedTuple):
    """The answers in a tenth of confidence: their number, the number right, the sum of
    confidences.
    """

    of: int = 0
    right: int = 0
    said: float = 0.0

    @property
    def mean(self) -> float:
        return self.said / self.of

    @property
    def share(self) -> float:
        return self.right / self.of


def calibration(answers: Iterable[tuple[float, bool]]) -> list[Tenth]:
    """Answers by tenths of confidence; 1 belongs to the last.

    >>> calibration([(0.9, True), (1.0, False), (0.1, True)])[9]
    Tenth(of=2, right=1, said=1.9)
    """
    tenths = [Tenth()] * TENTHS
    for confidence, right in answers:
        # confidences have two digits; 0.29 * 10 is less than 2.9
        at = min(TENTHS - 1, round(confidence * 100) // TENTHS)
        of, rights, said = tenths[at]
        tenths[at] = Tenth(of + 1, rights + right, said + confidence)
    return tenths


def _line(one: Judged) -> str:
    names = " or ".join(one.meant.names) or "nobody"
    names_found = ", ".join(name or "nobody" for name in one.names)
    place = f"{one.article}:{one.meant.span.start}"
    return f"{place}: “{one.meant.mention}” is {names}, taken for {names_found}"


def differing(judged: Sequence[Judged], other: Sequence[Judged]) -> Iterator[tuple[Judged, Judged]]:
    """Mentions with different answers."""
    return ((a, b) for a, b in zip(judged, other, strict=True) if a.names != b.names)


def show_without(judged: Sequence[Judged], other: Sequence[Judged], off: Sequence[str]) -> None:
    print(*(f"\nwithout {name}: {rule_meaning(name)}" for name in off), sep="")
    _show_row("all", other)
    for before, after in differing(judged, other):
        names_found = ", ".join(name or "nobody" for name in after.names)
        print(f"{before.outcome} to {after.outcome}: {_line(before)}, then for {names_found}")


def show_ablation(judged: Sequence[Judged], tagged: Sequence[Tagged], meant: Identified) -> None:
    """Prints a row per rule: the answers that differ without it, and how many more are then right,
    null and wrong; the rule that changes least comes first.
    """
    rows = [(name, *_worth(judged, judge_all(tagged, meant, [name]))) for name in rule_names()]
    print(f"\n{'without':26}{'changed':>8}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for name, changed, more in sorted(rows, key=lambda row: row[1]):
        print(f"{name:26}{changed:8}" + "".join(f"{more[o]:+8}" for o in OUTCOMES))


def _worth(judged: Sequence[Judged], other: Sequence[Judged]) -> tuple[int, Mapping[str, int]]:
    more: Counter[str] = Counter()
    changed = 0
    for before, after in differing(judged, other):
        changed += 1
        more[after.outcome] += 1
        more[before.outcome] -= 1
    return changed, more


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="identities as JSON")
    parser.add_argument("--texts", metavar="FOLDER", type=Path, nargs="+", required=True)
    parser.add_argument("--differences", action="store_true", help="print what is null or wrong")
    parser.add_argument(
        "--without",
        metavar="RULE",
        nargs="+",
        default=[],
        choices=rule_names(),
        help="rules to switch off",
    )
    parser.add_argument(
        "--ablation", action="store_true", help="switch off each rule, one at a time"
    )
    arguments = parser.parse_args()
    meant: dict[str, list[Meant]] = {}
    try:
        for file in arguments.files:
            for name, rows in read_identities(file).items():
                meant.setdefault(name, []).extend(rows)
        tagged = [tag(name, arguments.texts) for name in meant]
    except (OSError, ValueError, UnreadableSource) as error:
        parser.error(str(error))
    judged = judge_all(tagged, meant)
    show(judged, sum(map(len, meant.values())))
    show_calibration(judged)
    show_thresholds(judged)
    if arguments.differences:
        print("", *(_line(one) for one in judged if one.outcome != "right"), sep="\n")
    if arguments.without:
        show_without(judged, judge_all(tagged, meant, arguments.without), arguments.without)
    if arguments.ablation:
        show_ablation(judged, tagged, meant)


if __name__ == "__main__":
    main()
