"""Circulation: where a quotation occurs, in which wordings, since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from service.domain import Statement
from service.index.port import Snapshot
from service.verification.findings import Circulation, Sighting, Variant, Wording
from service.verification.searching.origins import origins_of
from service.verification.texts.words import fold_words


def circulation_of(index: Snapshot, found: Iterable[tuple[Statement, Wording, str]]) -> Circulation:
    """Circulation of the statements that have a quotation, given with wording and own text."""
    ordered = sorted(found, key=lambda one: oldest_first(one[0]))
    origins, reprinted = _origins(index, [statement for statement, _, _ in ordered])
    mentions = tuple(
        Sighting(statement, wording, text, origin, reprinted.get(statement.source.id))
        for (statement, wording, text), origin in zip(ordered, origins, strict=True)
    )
    variants: dict[tuple[str, ...], Variant] = {}
    for one in mentions:
        words = fold_words(one.text).words if len(mentions) > 1 else ()
        known = variants.get(words)
        if known is None:
            variants[words] = Variant(one.text, one.wording, 1, one.statement)
        else:
            variants[words] = replace(known, mentions=known.mentions + 1)
    return Circulation(mentions, tuple(variants.values()))


def _origins(
    index: Snapshot, statements: Sequence[Statement]
) -> tuple[list[int], Mapping[str, str]]:
    """The origins, and which sources are reprints; whole texts are compared only if the text around
    the quotation does not show a single origin.
    """
    origins = origins_of(statements)
    if max(origins, default=1) == 1:
        return origins, {}
    reprinted = index.reprinted(statement.source.id for statement in statements)
    return (origins_of(statements, reprinted) if reprinted else origins), reprinted


def oldest_first(statement: Statement) -> tuple[str, str, int, str]:
    """Sort key by the first day a date can mean, those without a year last."""
    published = statement.source.published
    day = published.earliest if published else None
    start = statement.spans[0].start if statement.spans else 0
    return (str(day or "9999"), statement.source.id, start, statement.id)
