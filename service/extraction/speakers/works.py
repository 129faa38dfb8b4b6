"""Works: documents mentioned by their own title or by the name of an act.

"His book “The Art of Walking”" speaks as The Art of Walking, "the Protection of Wild Birds Act"
under its full name. Other reports, polls and letters are handled in documents.py.
"""

import re

from service.extraction.lexicon.people import people
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

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
