"""The page of ``onrecord check``: drafts and what is known of their quotations."""

from collections.abc import Iterable

from service.cli import facts
from service.cli.pages import template
from service.cli.reporting import given_to, summary
from service.errors import InvalidInput
from service.paths import escaped
from service.verification.placing import CheckedDraft


def checked_page(drafts: Iterable[tuple[str, CheckedDraft | InvalidInput]]) -> str:
    """One HTML page that needs nothing from elsewhere, of drafts and the paths they came by."""
    read, unread = [], []
    for path, outcome in drafts:
        if isinstance(outcome, InvalidInput):
            unread.append(escaped(str(outcome)))
        else:
            read.append((path, outcome))
    searched = [one.verification.searched for _, draft in read for one in draft.quotations[:1]]
    return template("checked.html").render(
        drafts=read,
        unread=unread,
        searched=facts.searched(searched[0]) if searched else "",
        facts=facts,
        given_to=given_to,
        summary=summary,
    )
