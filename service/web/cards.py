"""Cards: a statement as lists show it, and parts of it that other pages show too.

Written in Python rather than as a template, because a list has twenty: Jinja macros took three
quarters of its time (python -m bench.html). Everything that has not passed ``_safe`` is the
service's own text. All results are HTML, and marked so for templates (templating.py).
"""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from service.web.dates import in_words
from service.web.listed import Listed, SourceShown, SpeakerShown
from service.web.stretches import statement_stretches
from service.web.text import cut, segment
from service.web.wording import FORMS

WORDS_SHOWN = 500
"""Characters of a statement in a list; its own page has more."""

Speaker = SpeakerShown | Mapping[str, Any]
"""A decoded speaker, or a JSON object."""


def cards(statements: Iterable[Listed], base_path: str) -> str:
    """The cards of a list."""
    return "".join([_card(statement, base_path) for statement in statements])


def _card(statement: Listed, base_path: str) -> str:
    """One card as a list item."""
    identifier, links = statement.id, statement.links
    return (
        f'<li class="statement {statement.form}">'
        f'<blockquote><p id="w-{identifier}">{words(statement, WORDS_SHOWN)}</p></blockquote>'
        f'<p class="who">{who(statement, base_path)}</p>'
        f'<p class="where">{where(statement.source, links.source)}</p>'
        f'<p class="about">{badges(statement)} <a href="{_safe(links.self)}"'
        f' aria-describedby="w-{identifier}">Context and copy</a></p></li>\n'
    )


def words(statement: Listed, longest: int) -> str:
    """The statement's words; the speaker's own words and the search terms stand out."""
    mixed = statement.form == "mixed"
    parts = []
    for text, kind, found in statement_stretches(statement, longest):
        shown = f"<b>{_safe(text)}</b>" if mixed and kind == "own" else _safe(text)
        parts.append(f"<mark>{shown}</mark>" if found else shown)
    whole = "".join(parts)
    return f"“{whole}”" if statement.form == "direct" else whole


def who(statement: Listed, base_path: str) -> str:
    """The speaker, as far as known."""
    return _speaker(statement, base_path) + _relay(statement, base_path)


def where(source: SourceShown, link: str) -> str:
    """The source with a link, its publisher and date."""
    title = _safe(cut(source.title or source.id, 140))
    publisher, day = _publisher(source.publisher), _day(source.published)
    return f'<a href="{_safe(link)}">{title}</a>{publisher}{day}'


@lru_cache(1 << 10)  # far more than an index has
def _publisher(name: str | None) -> str:
    return f", {_safe(cut(name, 60))}" if name else ""


@lru_cache(1 << 12)  # ten years of them
def _day(date: str | None) -> str:
    return f', <time datetime="{_safe(date)}">{_safe(in_words(date))}</time>' if date else ""


def badges(statement: Listed) -> str:
    """The form, and warnings that a reader must not miss."""
    return _badges(statement.form, statement.denied, statement.act)


@lru_cache
def _badges(form: str, denied: bool, act: str) -> str:
    badges_html = f'<span class="form {_safe(form)}">{_safe(FORMS[form])}</span>'
    if denied:
        badges_html += ' <span class="badge red">Denied: the source says this was not said</span>'
    if act == "attitude":
        badges_html += ' <span class="badge amber">Thought, wanted or planned; not said</span>'
    return badges_html


def named(speaker: Speaker, base_path: str) -> str:
    """A speaker with a link; each member of a group with a link of its own."""
    if isinstance(speaker, Mapping):
        speaker = msgspec.convert(speaker, SpeakerShown)
    if not speaker.members:
        return _link(speaker.id, speaker.name, base_path)
    links = [_link(one.id, one.name, base_path) for one in speaker.members]
    return " and ".join(part for part in (", ".join(links[:-1]), links[-1]) if part)


def speaker_link(speaker: Any, base_path: str) -> str:
    """A link to one speaker, who is a JSON object or a domain type."""
    if isinstance(speaker, Mapping):
        return _link(speaker["id"], speaker["name"], base_path)
    return _link(speaker.id, speaker.name, base_path)


@lru_cache(1 << 12)  # a list has few speakers
def _link(speaker_id: str, name: str, base_path: str) -> str:
    path = f"{_safe(base_path)}/speakers/{segment(speaker_id)}"
    return f'<a href="{path}">{_safe(cut(name, 120))}</a>'


def _speaker(statement: Listed, base_path: str) -> str:
    speaker, mention = statement.speaker, statement.attribution.mention
    if speaker:
        doubt = '<span class="unsure">Probably</span> '
        title = statement.title
        office = title and f'<span class="office">, {_safe(cut(title.text, 100))}</span>'
        sure = statement.speaker_confidence >= SURE
        return f"{'' if sure else doubt}{named(speaker, base_path)}{office or ''}"
    if mention is None:
        return '<span class="unsure">Nobody is named</span>'
    body = statement.on_behalf_of
    rest = (
        f", for {named(body, base_path)}"
        if body
        else ' <span class="unsure">(speaker not identified)</span>'
    )
    return f'<span class="unnamed">{_safe(cut(mention.text, 120))}</span>{rest}'


SURE = 0.8
"""Below this confidence, more than one in five are wrong."""


def _relay(statement: Listed, base_path: str) -> str:
    relay = statement.relayed_by
    return f'<span class="relayed">, relayed by {named(relay, base_path)}</span>' if relay else ""


def _safe(text: str) -> str:
    """Escaped text as a plain string; the Markup type took as long again to create."""
    return html.escape(text) if _SPECIAL.search(text) else text


_SPECIAL = re.compile("[&<>\"']")
