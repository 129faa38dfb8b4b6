"""Entries: statements, speakers and sources as entries of a feed."""

from collections.abc import Iterator

from service.api.answered.atom import Entry
from service.domain import Form, SourceSummary, SpeakerSummary, Statement
from service.rendering.fragments import is_page
from service.rendering.sources import source_links
from service.rendering.speakers import speaker_links
from service.rendering.statements import TEXT, original_of, statement_links

TITLE_MAXIMUM = 140
"""Characters of an entry's title: two lines in a feed reader's list."""


def statement_entry(root: str, statement: Statement) -> Entry:
    """The entry of a statement; ``root`` is the address of the service."""
    source = statement.source
    day = None if source.published is None else str(source.published)
    where = (source.publisher, day, source.title)
    escaped_text = TEXT.convert(statement.text)
    words = f"“{escaped_text}”" if statement.form is Form.DIRECT else escaped_text
    return Entry(
        name=statement.id,
        title=_cut(f"{_who(statement)}: {words}"),
        words=words,
        address=root + statement_links(statement)["self"],
        dated=source.published,
        summary=", ".join(filter(None, (_who(statement), *where))),
        categories=tuple(_categories(root, statement)),
        original=original_of(statement),
    )


def speaker_entry(root: str, summary: SpeakerSummary) -> Entry:
    speaker = summary.speaker
    counts = f"{summary.quotes} quotations, {summary.claims} claims"
    called = ", ".join((*summary.aliases, *summary.descriptions))
    return Entry(
        name=f"speaker {speaker.id}",
        title=_cut(speaker.name),
        words=f"{counts}; also: {called}" if called else counts,
        address=root + speaker_links(summary)["self"],
        dated=summary.last,
    )


def source_entry(root: str, summary: SourceSummary) -> Entry:
    source = summary.source.reference()
    return Entry(
        name=f"source {source.id}",
        title=_cut(source.title or source.id),
        words=f"{summary.quotes} quotations, {summary.claims} claims",
        address=root + source_links(summary)["self"],
        dated=source.published,
        summary=source.publisher or "",
        original=source.url if is_page(source.url) else None,
    )


def _who(statement: Statement) -> str:
    """The speaker, as precisely as known."""
    mention = statement.attribution.mention
    named = mention.text if mention else "nobody named"
    if statement.on_behalf_of is not None:
        return f"{named}, for {statement.on_behalf_of.name}"
    return statement.speaker.name if statement.speaker else named


def _categories(root: str, statement: Statement) -> Iterator[dict[str, str]]:
    yield {"term": statement.form.value, "label": f"{statement.form.value} speech"}
    speaker = statement.speaker
    for one in (speaker.members or (speaker,)) if speaker else ():
        yield {"term": one.id, "label": one.name, "scheme": f"{root}/speakers"}


def _cut(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= TITLE_MAXIMUM else line[: TITLE_MAXIMUM - 1] + "…"
