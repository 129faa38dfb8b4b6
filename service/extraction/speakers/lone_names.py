"""Lone names: capitalised words used only once in an article, and accounts ("@janedoe")."""

import re
from collections.abc import Sequence

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.speakers.companies import body_of
from service.extraction.speakers.discourse import Answer, Discourse
from service.extraction.speakers.figures import Figure, gender_after
from service.extraction.speakers.kinds import are_people
from service.extraction.speakers.labels import is_kicker, is_label, is_titled
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind

_HANDLE = re.compile(r"(?<!\w)@\w{2,}")


_OF_ONE = (" says ", " has said ", " is ", " warns ", " claims ")
"""After a noun they show that it is singular."""
TOO_LONG = 4
"""Number of words from which even a first name begins a headline rather than a name."""


@named_rule("own-name", None)
def lone_name(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with a capitalised word that the article names nowhere else: "Politifact says"."""
    handle = _handle(mention)
    if handle is not None:
        return handle
    words = [p for p in mention.head if p.text[0].isalnum()]
    if not any(map(_has_letters, words)) or mention.determiner not in ("", "the"):
        return None
    if is_kicker(mention, discourse.text):
        return None
    if is_label(mention, discourse.text) and is_titled(words):
        return Answer(Figure(mention.core.partition(" ")[2], NameKind.PERSON), 0.7)
    last = words[-1].lower
    empty = last in people().common or last in people().anonymous or last in people().honorifics
    empty = empty or are_people(last)
    if empty or is_quantity(words[-1]) or (len(words) == 1 and is_plural_form(last)):
        return None
    if all(p.text[0].isupper() or not _cased(p.text) for p in words):
        span = Span(words[0].start, words[-1].end)
        name = Name((mention.core,), NameKind.UNKNOWN, span, span)
        gender = gender_after(discourse.text, name)
        aside = discourse.text.startswith(",", span.end)  # "Roe, in a post on his site,"
        personal = aside and gender is not None
        kind = NameKind.PERSON if personal else _kind_of(discourse.text, words)
        return Answer(Figure(mention.core, kind, gender), 0.7)
    return None


def _kind_of(text: str, words: Sequence[Piece]) -> NameKind:
    if words[0].lower in people().first_names and len(words) < TOO_LONG:
        return NameKind.PERSON
    start, end = words[0].start, words[-1].end
    # "Mourners say", but "Acme says" and "Acme has said"
    one = not words[-1].lower.endswith("s") and text.startswith(_OF_ONE, end)
    return NameKind.ORGANISATION if one or body_of(text, start, end) else NameKind.UNKNOWN


@named_rule("handle", None)
def _handle(mention: Mention) -> Answer | None:
    """Answers with an account: "@janedoe"."""
    handle = _HANDLE.search(mention.text)
    return None if handle is None else Answer(Figure(handle.group(), NameKind.UNKNOWN), 0.8)


def is_quantity(piece: Piece) -> bool:
    """Whether the piece is a number: "Almost 70" of "Almost 70% of those asked"."""
    return not _has_letters(piece)


def _has_letters(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.text))


def _cased(text: str) -> bool:
    return text.lower() != text.upper()


def is_plural_form(word: str) -> bool:
    """Whether the word ends like the plural of a role: "officers", "residents"."""
    return word.endswith(
        ("ers", "ors", "ists", "ants", "ents", "ians", "ates", "lls", "ies", "als", "men", "ees")
    )
