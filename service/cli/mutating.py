"""Mutating: alters confirmed quotations on purpose and reports how many alterations are
detected."""

from collections import Counter
from collections.abc import Iterable

import click

from service.errors import InvalidInput
from service.index.port import Snapshot
from service.reports.facts import in_marks
from service.verification import verify
from service.verification.placing import CheckedDraft, Confirmation
from service.verification.texts.mutations import mutations_of


def print_mutations(
    index: Snapshot, outcomes: Iterable[tuple[str, CheckedDraft | InvalidInput]]
) -> None:
    """Prints one line per kind of alteration; those not detected are listed individually."""
    made: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for path, outcome in outcomes:
        if isinstance(outcome, InvalidInput):
            continue
        for one in outcome.quotations:
            confirmed = one.confirmation is not Confirmation.NONE
            if not (confirmed and one.verification.verdict.passes and one.verification.best):
                continue
            speaker = one.speaker.name if one.speaker else None
            for kind, broken in mutations_of(one.text):
                made[kind] += 1
                if verify(index, broken, speaker).verdict.passes:
                    click.echo(f"{path}:{one.line}:{one.column}: {kind}: {in_marks(broken)}")
                else:
                    seen[kind] += 1
    for kind, count in made.items():
        click.echo(f"{kind:24} {seen[kind]:5} of {count:5}")
    click.echo(f"{'seen':24} {seen.total():5} of {made.total():5}")
