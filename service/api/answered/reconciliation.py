"""Reconciliation: candidate speakers for a name, in the format of the Reconciliation API 0.2.

A match is certain only if the full name belongs to one speaker and nobody else: a wrong name is
worse than none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rapidfuzz import fuzz

from service.domain import SpeakerKind, SpeakerSummary
from service.index.analysis import fold
from service.index.port import Snapshot

VERSION = "0.2"
COMPARED = 100
"""Speakers compared per name, those with most statements first: no surname has as many."""

KINDS = {kind.value: kind.value.capitalize() for kind in SpeakerKind}

PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 220
"""Pixels: room for a name, three lines and a link."""

CANDIDATES_DEFAULT = 5
"""Candidates for a query that sets no limit."""

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a name, required or preferred to be of one of these kinds."""

    name: str
    kinds: frozenset[SpeakerKind] = frozenset()
    must_be: bool = False
    limit: int = CANDIDATES_DEFAULT
    wikidata: str | None = None


def manifest(root: str, name: str) -> Answer:
    """The service's manifest; ``root`` is its address."""
    return {
        "versions": [VERSION],
        "name": f"{name}: speakers",
        "identifierSpace": f"{root}/speakers/",
        "schemaSpace": f"{root}/docs/shapes/Speaker",
        "documentation": f"{root}/docs/reconciliation",
        "defaultTypes": [_type(kind) for kind in SpeakerKind],
        "view": {"url": f"{root}/speakers/{{{{id}}}}"},
        "preview": {
            "url": f"{root}/reconcile/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            "entity": {
                "service_url": root,
                "service_path": "/reconcile/suggest/entity",
                "flyout_service_path": "/reconcile/flyout?id=${id}",
            },
        },
    }


def candidates(snapshot: Snapshot, wanted: Wanted) -> list[Answer]:
    """The speakers the name may refer to, best first."""
    found = {one.speaker.id: one for form in _forms(wanted.name) for one in _named(snapshot, form)}
    fitting = [one for one in found.values() if _fits(one, wanted)]
    certain = _certain(fitting, wanted)
    scored = sorted(
        ((_score(one, wanted), one) for one in fitting),
        key=lambda pair: (-pair[0], -_statements(pair[1]), pair[1].speaker.id),
    )
    return [
        {**described(one), "score": score, "match": one.speaker.id == certain}
        for score, one in scored[: wanted.limit]
    ]


def described(summary: SpeakerSummary) -> Answer:
    """A speaker in the format that all answers share."""
    speaker = summary.speaker
    return {
        "id": speaker.id,
        "name": speaker.name,
        "description": "; ".join(_description_parts(summary)),
        "type": [_type(speaker.kind)],
    }


def suggested(summaries: Iterable[SpeakerSummary]) -> list[Answer]:
    """Speakers to choose from, with their kind as the notable type."""
    several = [described(one) for one in summaries]
    return [{**one, "notable": one.pop("type")} for one in several]


def _type(kind: SpeakerKind) -> dict[str, str]:
    return {"id": kind.value, "name": KINDS[kind.value]}


def _forms(name: str) -> Iterator[str]:
    """The name, and with its parts swapped if a comma shows that the surname comes first."""
    if name.strip():
        yield name
    last, comma, first = name.partition(",")
    if comma and last.strip() and first.strip():
        yield f"{first.strip()} {last.strip()}"


def _named(snapshot: Snapshot, name: str) -> tuple[SpeakerSummary, ...]:
    return snapshot.speakers(name, COMPARED).items


def _fits(summary: SpeakerSummary, wanted: Wanted) -> bool:
    known = summary.wikidata
    if wanted.wikidata is not None and known not in (None, wanted.wikidata):
        return False
    return not (wanted.must_be and wanted.kinds) or summary.speaker.kind in wanted.kinds


def _score(summary: SpeakerSummary, wanted: Wanted) -> float:
    """Up to 100: similarity of the best matching name; a tenth less if the kind differs."""
    if wanted.wikidata is not None and summary.wikidata == wanted.wikidata:
        return 100.0
    names = [fold(one) for one in (summary.speaker.name, *summary.aliases)]
    forms = [fold(form) for form in _forms(wanted.name)]
    likeness = max((fuzz.ratio(form, name) for form in forms for name in names), default=0.0)
    other = bool(wanted.kinds) and summary.speaker.kind not in wanted.kinds
    return round(likeness * (0.9 if other else 1.0), 1)


def _certain(fitting: list[SpeakerSummary], wanted: Wanted) -> str | None:
    """Id of the only speaker with this Wikidata id or full name; None without exactly one.

    The name of a person needs at least two words, and the kind must be a wanted one.
    """
    if wanted.wikidata is not None:
        same = [one for one in fitting if one.wikidata == wanted.wikidata]
        if len(same) == 1:
            return same[0].speaker.id
    forms = {fold(form) for form in _forms(wanted.name)}
    named = [
        one for one in fitting if forms & {fold(name) for name in (one.speaker.name, *one.aliases)}
    ]
    if len(named) != 1:
        return None
    [only] = named
    speaker = only.speaker
    whole = fold(speaker.name) in forms and not only.may_also_be
    short = speaker.kind is SpeakerKind.PERSON and len(speaker.name.split()) < 2
    wrong = bool(wanted.kinds) and speaker.kind not in wanted.kinds
    return speaker.id if whole and not short and not wrong else None


def _statements(summary: SpeakerSummary) -> int:
    return summary.quotes + summary.claims


def _description_parts(summary: SpeakerSummary) -> Iterator[str]:
    yield f"{summary.quotes} quotations, {summary.claims} claims"
    called = [*summary.descriptions, *summary.aliases][:3]
    if called:
        yield ", ".join(called)


def speaker_page(root: str, speaker_id: str) -> str:
    return f"{root}/speakers/{quote(speaker_id, safe='')}"
