"""Document names: what the article calls a report, a poll or a letter, and works by their title.

Finds a noun phrase's kind of document and the words that name it, without dates and numbers. Which
document a mention means is decided in documents.py. "His book “The Art of Walking”" speaks as The
Art of Walking, "the Protection of Wild Birds Act" under its full name.
"""

import re

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, Piece, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

_PASSING = word_class("passing")
_AFTER_HEAD = word_class("after_head")
_PARTS = word_class("parts")
_OF_PEOPLE = frozenset(("figure", "figures"))
""""Figures" may be people: "senior figures"."""
JOINTS = frozenset(("of", "by", "from", "for", "on", "in", "into", "to", "about", "with", "at"))
CLAUSES = word_class("clauses")
PAST = r"(?:\w+ed|made|written|sent|drawn|taken|carried out|done|seen|shown)"
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|overnight"
    r"|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
_PERIOD = (
    r"day|night|week|month|year|spring|summer|autumn|fall|winter|morning|evening|weekend|quarter"
)
_OCCASION = r"(?:meeting|summit|election|hearing|session|conference)s?\b"
"""Has its month as part of its name: "minutes of the March meeting"."""
_TIME = re.compile(
    r" (?:(?:in|on|from|since|during|for|over|of|at|by) )?(?:the )?(?:early |late |mid-)?"
    rf"(?:(?:earlier |later )?(?:this|last|next|past|that) (?:{_PERIOD}|{_DAY})"
    rf"|(?:{_DAY})(?!\w)(?: \d{{1,2}}\b)?(?:,? (?:19|20)\d\d)?(?! {_OCCASION})"
    r"|(?:19|20)\d\d(?=$| by| from)|time$)"
)
_COUNTED = re.compile(
    r" of (?:(?:more|fewer|less) than |about |around |nearly |almost |over |some )?"
    r"\d[\d,.]*(?: (?!by\b|from\b)[\w’'-]+)*"
)
_TAIL_END = re.compile(
    r"^ (?:the|its|his|her|their) |\.?$|,(?!\d)|[;:()“”\"–—]| -|''| (?:"
    + "|".join(sorted(CLAUSES))
    + r")\b"
)
_LOOSE_END = re.compile(
    rf"(?: (?:{'|'.join(sorted(JOINTS))}|{PAST}|the|an?|his|her|its|their|newly|be))+$"
)
SHOWN = (
    r"(?:seen|obtained|reviewed|viewed|read|received|leaked|shared|cited|quoted|reported)"
    r"(?: \w+ly| first| earlier)? by\b"
)
"""Begins the words on who saw the document, who did not write it."""
RELEASED = re.compile(rf" {PAST}\b")
_SHOWN = re.compile(rf" {SHOWN}")
_ENDING = re.compile(r"[’']s?$")
TAIL = 160
"""Characters after a document's kind within which its name ends."""


def kind_of(mention: Mention) -> str:
    """Kind of document of the mention's head, in the singular; "" for anything else."""
    if not mention.head:
        return ""
    noun = mention.head[-1].lower.split()[-1]
    if mention.named is not None and _is_body(mention.named):
        return ""
    if noun == "number" and mention.determiner == "a" and mention.rest[:1]:
        return ""  # "a number of councillors"
    if noun in _OF_PEOPLE:
        modifiers, roles = people().modifiers, people().roles
        if any(p.lower in modifiers or p.lower in roles for p in mention.modifiers):
            return ""
    return people().documents.get(noun, "")


def _is_body(named: Figure) -> bool:
    """Whether the name is a body's: "The Post" of The Washington Post, "the Research Center"."""
    several = len(named.words) > 1
    headed = named.words[-1].lower() in people().organisation_heads
    return several and (headed or named.kind in (NameKind.ORGANISATION, NameKind.PERSON))


def of_document(discourse: Discourse, mention: Mention) -> Mention:
    """Returns the document within the mention, or the mention unchanged: the report of "pages of
    the report", and "a poll" of "a poll last week".
    """
    head, rest = mention.head, mention.rest
    end = next((at for at, p in enumerate(head) if at and p.lower in _AFTER_HEAD), len(head))
    if end < len(head) and kind_of(replace(mention, head=head[:end])):
        return replace(mention, head=head[:end], rest=(*head[end:], *rest))
    parted = not head or mention.noun in _PARTS or mention.noun.isdigit()
    of = next((p for p in rest[:5] if p.lower == "of"), None) if parted else None
    if of is None or of.end >= mention.span.end:
        return mention
    span = Span(of.end + 1, mention.span.end)
    inner = read_mention(discourse.text, span, discourse.cast)
    return inner if kind_of(inner) else mention


def document_head(text: str, mention: Mention) -> str:
    """The head without determiners and passing adjectives: "Quinnipiac University poll" of "a new
    Quinnipiac University poll".
    """
    head = list(mention.head)
    while len(head) > 1 and head[0].figure is None and _is_passing(head[0]):
        del head[0]
    return " ".join(_ENDING.sub("", text[head[0].start : head[-1].end]).split())


def document_complement(text: str, mention: Mention) -> str:
    """What follows the kind, without dates and numbers: " of voters" of "a poll of voters released
    on Monday".
    """
    start = mention.head[-1].end
    tail = text[start : min(mention.span.end, start + TAIL)]
    tail = _COUNTED.sub("", _TIME.sub("", _SHOWN.split(tail, maxsplit=1)[0]))
    end = _TAIL_END.search(tail)
    tail = _LOOSE_END.sub("", tail[: end.start()] if end else tail)
    return " ".join(("-" + tail).split())[1:]


def _is_passing(piece: Piece) -> bool:
    return piece.lower in _PASSING or piece.lower in JOINTS or piece.text[0].isdigit()


_TITLE = re.compile(
    r"([\w-]+),? [“‘\"'`]{1,2}((?:[A-Z]|\d)[^“”\"\n]{1,100}?)[.,]?(?:[”’\"']{1,2}|$)"
)
"""A kind, and in quotation marks what may be a title; the closing mark may be outside."""
_MARKS = "“‘\"'`"
_LITTLE = 3
"""Words of no more letters may be lower case in a title: "of", "the"."""
_ACT = re.compile(
    r"(?:[Tt]he |[Aa] )?((?:[A-Z][\w’'-]*|\d{4}) "
    r"(?:(?:of|for|on|and|the|to|in|[A-Z][\w’'-]*) ){1,9}([A-Z][a-z]+))(?: \d{4})?"
)


@named_rule("work", None)
def work(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers with the work whose title, or the act whose name, the mention gives."""
    name = _title(mention) or _act(mention)
    if name is None:
        return None
    made = discourse.made.setdefault(name, Figure(name, NameKind.DOCUMENT))
    return Answer(made, 0.9, name)


def _title(mention: Mention) -> str | None:
    text = mention.text  # most mentions have no mark and need no search
    found = _TITLE.search(text) if any(map(text.__contains__, _MARKS)) else None
    if found is None or not mention.head or found.group(1).lower() not in people().documents:
        return None
    if mention.span.start + found.start() >= mention.head[-1].end:
        return None  # "Roe, who spoke of the film “Roads”,"
    words = found.group(2).split()
    capitals = all(word[0].isupper() or len(word) <= _LITTLE or word[0].isdigit() for word in words)
    return found.group(2) if capitals else None


def _act(mention: Mention) -> str | None:
    """The act's name: "The Prevention of Theft Bill", which mention parsing cuts at its "of"."""
    found = _ACT.fullmatch(mention.text) if mention.rest else None
    if found is None or found.group(2).lower() not in people().documents:
        return None
    little = any(word.islower() for word in found.group(1).split())
    person = mention.named is not None and is_person(mention.named)
    return found.group(1) if little and not person else None
