"""Lone names: capitalised words used only once in an article, accounts ("@janedoe"), and labels.

A label is in capitals before a colon: "MR. ROE:" is a speaker, "WHAT NEXT:" is not.
"""

import re
from collections.abc import Sequence

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.bodies import initials_of
from service.extraction.speakers.companies import body_of
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure, gender_after
from service.extraction.speakers.kinds import are_people
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.pieces import is_form_of_address
from service.extraction.speakers.titles import title_before

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


_ACRONYM = re.compile(r"[A-Z]{3,6}")
_INITIALS = re.compile(r"[^\W\d_a-z]{2,3}")
_SMALL = word_class("linking")
TITLED = 3
"""A person's names that are examined for a title; mostly the first has it."""


def is_label(mention: Mention, text: str) -> bool:
    """Whether the mention is in capitals before a colon or a bracket."""
    return mention.text.isupper() and text.startswith((":", " ("), mention.span.end)


@named_rule("initials", None)
def by_initials(discourse: Discourse, mention: Mention) -> Figure | None:
    """The body with these initials: "MSP" for Michigan State Police, or the person: "LG: We
    measured it.", in an interview with Luciana Gatti.
    """
    position, letters = mention.span.start, mention.text
    figures = discourse.cast.figures
    if mention.named is None and len(mention.head) == 1 and _ACRONYM.fullmatch(mention.core):
        short = mention.core.lower()
        spelled = [one for one in figures if not is_person(one) and short in initials_of(one.words)]
        return spelled[0] if len(spelled) == 1 else None
    labelled = is_label(mention, discourse.text) and _INITIALS.fullmatch(letters) is not None
    if not labelled or discourse.paragraph_start(position) != position:
        return None
    bearing = [one for one in discourse.cast.figures if is_person(one) and _begin(one, letters)]
    return bearing[0] if len(bearing) == 1 else None


def _begin(figure: Figure, letters: str) -> bool:
    names = figure.words, figure.name.replace("-", " ").split()  # "ARB" is Ann Roe-Bell
    return any(letters in _initials(words) for words in names)


def _initials(words: Sequence[str]) -> tuple[str, ...]:
    letters = "".join(word[0].upper() for word in words)
    return (letters, letters[0] + letters[-1]) if len(letters) > 1 else ()


@named_rule("letters-of-title", None)
def by_title(discourse: Discourse, mention: Mention) -> Figure | None:
    """The only person with a title of these initials: "the DPP" is "deputy public prosecutor Ann
    Bell".
    """
    letters = mention.head[0].text if len(mention.head) == 1 else ""
    named = mention.named is not None and len(mention.named.words) > 1
    known = named or letters.lower() in people().roles
    if mention.determiner != "the" or known or not _INITIALS.fullmatch(letters):
        return None
    text = discourse.text
    titled = (one for one in discourse.cast.figures if is_person(one) and one.roles)
    bearing = [one for one in titled if _title_letters(text, one).endswith(letters)]
    return bearing[0] if len(bearing) == 1 else None


@named_rule("word-that-speaks", None)
def by_surname(discourse: Discourse, mention: Mention) -> Figure | None:
    """The only person with this surname, also a word: "Will urged", of George Will."""
    if mention.named is not None or not mention.text.istitle():
        return None
    bearing = discourse.cast.by_surname.get(mention.text, ())
    return bearing[0] if len(bearing) == 1 and len(bearing[0].words) > 1 else None


def _title_letters(text: str, figure: Figure) -> str:
    titles = (title_before(text, name.span.start) for name in figure.names[:TITLED])
    title = next(filter(None, titles), None)
    words = title.of(text).replace("-", " ").split() if title else []
    no_letters = _SMALL | people().honorifics.keys()
    return "".join(word[0].upper() for word in words if word.lower().strip(".") not in no_letters)


def is_titled(words: Sequence[Piece]) -> bool:
    """Whether an office or honorific begins it: "CHAIRMAN ROE", "MS. ROE"."""
    return len(words) > 1 and is_form_of_address(words[0])
