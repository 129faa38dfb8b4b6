"""Documents: what "the document" or "the joint statement" means.

A document goes by the fullest name the article gives it; one with no name but its kind stays
unknown. One that carries its author's own words ("Trump's tweet") speaks for the author.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import Words
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import Answer, Discourse
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

_AUTHORING = frozenset(("the", "written", "published", "conducted", "released", ",", "–"))
_AUTHORED = frozenset(("conducted", "written", "published", "released", "issued", "compiled"))
_CUTS = word_class("cuts")
_GENERIC = frozenset(("document", "text", "paper"))
_QUALITIES = word_class("document_qualities")
BY_REACH = 6
"""Words after "conducted" in which "by" says who conducted it."""


@named_rule("named-documents", [])
def find_documents(words: Words, text: str) -> list[tuple[int, Figure]]:
    """Documents the article calls by more than their kind, where it does, in reading order."""
    found: list[tuple[int, Figure]] = []
    by_noun: dict[str, list[Figure]] = {}
    documents = people().documents
    for at in words.referring:
        if words.forms[at].text not in documents:
            continue
        first = at
        while first > 0 and at - first < 4 and _qualifies(text, words, first - 1):
            first -= 1
        if first == at:
            continue
        name = text[words.starts[first] : words.end(at)]
        figure = _merge(by_noun.setdefault(words.forms[at].lower, []), name)
        found.append((words.starts[at], figure))
    return found


def _qualifies(text: str, words: Words, at: int) -> bool:
    """Whether the word belongs to the name of the document after it."""
    word = words.forms[at]
    if word.possessive or text[words.end(at) : words.starts[at + 1]] != " ":
        return False
    if words.is_first(at) and word.lower in people().common:
        return word.lower in places().nationalities
    if word.lower in people().common and word.lower not in places().nationalities:
        return word.lower in _QUALITIES
    return word.capital or word.lower in _QUALITIES


def _merge(known: list[Figure], name: str) -> Figure:
    """The document of that kind whose name has these words or fewer, named as fully as can be."""
    words = set(name.lower().split())
    for figure in reversed(known[-20:]):
        others = set(figure.name.lower().split())
        if words <= others or others <= words:
            if len(words) > len(others):
                figure.name = name
            return figure
    figure = Figure(name, NameKind.DOCUMENT)
    known.append(figure)
    return figure


@named_rule("documents", None)
def document(
    discourse: Discourse, documents: Sequence[tuple[int, Figure]], mention: Mention
) -> Answer | None:
    """Which document, or whose, a mention with a document for its head means."""
    author = _author(mention) or _owner(discourse, mention)
    if author is not None:
        return Answer(author, 0.8, author.name)
    at = bisect_right(documents, mention.span.end, key=lambda pair: pair[0])
    here = [figure for start, figure in documents[:at][-3:] if start >= mention.span.start]
    if here:
        return Answer(here[0], 0.9, here[0].name)
    if any(p.figure for p in mention.modifiers):
        return Answer(Figure(mention.core, NameKind.DOCUMENT), 0.75)
    if mention.indefinite or mention.determiner == "":
        return None
    fitting = [
        figure
        for _, figure in documents[max(0, at - 200) : at]
        if mention.noun in _GENERIC or figure.name.lower().endswith(mention.noun)
    ]
    if fitting and not mention.modifiers:
        return Answer(fitting[-1], 0.85, fitting[-1].name)
    return None


@named_rule("document-owner", None)
def _owner(discourse: Discourse, mention: Mention) -> Figure | None:
    """ "her account"."""
    gender = pronouns.SINGULAR.get(mention.determiner)
    if gender is None or mention.noun not in people().personal_documents:
        return None
    answer = pronouns.singular(discourse, mention.span.start, gender)
    return answer.figure if answer else None


@named_rule("author", None)
def _author(mention: Mention) -> Figure | None:
    """Whose words a personal document carries: before it ("Trump's tweet") or after "by"."""
    if mention.noun in people().personal_documents:
        for piece in reversed(mention.modifiers):
            if piece.figure and piece.figure.kind in (NameKind.PERSON, NameKind.UNKNOWN):
                return piece.figure
    after = [piece for piece in _from_by(mention.rest) if piece.lower not in _AUTHORING]
    if len(after) > 1 and after[0].lower in ("by", "from"):
        owned = after[1].possessive or after[-1].lower == "campaign"
        return None if owned else after[1].figure
    return None


def _from_by(rest: Sequence[Piece]) -> Sequence[Piece]:
    """Without what stands before "by" and between it and a name: "(a poll) conducted in May by
    the pollsters Doe & Roe"."""
    made = bool(rest) and rest[0].lower in _AUTHORED
    by = next((at for at, p in enumerate(rest[:BY_REACH]) if made and p.lower == "by"), 0)
    words = list(takewhile(_qualifies_author, rest[by + 1 :]))
    return [*rest[by : by + 1], *rest[by + 1 + len(words) :]] if len(words) < 5 else rest[by:]


def _qualifies_author(piece: Piece) -> bool:
    return piece.figure is None and piece.text.isalpha() and piece.lower not in _CUTS
