"""Relative pronouns: resolves "who" and "which" to the name right before."""

import re
from collections.abc import Sequence

from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import ROW, make_group
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind

_ASIDE = re.compile(r"[’']?s?,? ?(?:\([^()]*\))?[,–—-]* *")
_APPOSITION = re.compile(r", [^,.;:“”\"\n]{2,110}, *")
_OPEN_APPOSITION = re.compile(r", an? [^,.;:“”\"\nA-Z]{2,90} ")
""""Acme, a small group of traders that ..."."""
_WITHIN = re.compile(r"\b([^\W\d_a-z][\w’'-]*) (?:in|of|from|at|near) (?:the )?$")
"""A name followed by a place."""


@named_rule("nameless-before", False)
def nameless_before(discourse: Discourse, position: int) -> bool:
    """Whether somebody without a name precedes the relative pronoun at ``position``: "Ann Bell and
    her brother, who", "A worker at the plant, who".
    """
    return _UNNAMED.search(discourse.text, max(0, position - 80), position) is not None


_UNNAMED = re.compile(
    r"\b(?:and|with|or) (?:his|her|their|its|an?|the) [a-z-]+(?: [a-z-]+)?, $"
    r"|(?:[.!?”] |\n)(?:An?|One|Another) [a-z-]+(?: [a-z-]+){0,6}, $"
    r"|[a-z.] vs?\.? (?:[A-Z][\w.’'-]* ?){1,4}, $"
)
"""Somebody mentioned beside another or alone, without a name; a case called by its parties."""


_OF_SEVERAL = re.compile(
    r"(?:who|which) (?:both|all|are|were|have|do|say|want|think|believe|feel|know|argue|claim"
    r"|oppose|support)\b"
)
"""These verbs have several subjects, of whom a name right before is only one."""


@named_rule("plural-verb", False)
def has_plural_verb(discourse: Discourse, position: int) -> bool:
    """Whether the relative pronoun at ``position`` means several: "who say"."""
    return _OF_SEVERAL.match(discourse.text, position) is not None


@named_rule("who-are", None)
def _two_before(text: str, names: Sequence[tuple[Name, Figure]], position: int) -> Answer | None:
    """Answers with both of two names right before ``position``: "Ann Bell and Tom Roe, who say"."""
    if len(names) < 2:
        return None
    (first, one), (last, other) = names
    joined = text[first.span.end : last.whole.start] == " and "
    beside = _ASIDE.fullmatch(text, last.span.end, position)
    return Answer(make_group((one, other)), ROW) if joined and beside else None


@named_rule("who", None)
def relative(discourse: Discourse, position: int, word: str) -> Answer | None:
    """Answers with the name right before the relative pronoun, or before the apposition it
    follows.
    """
    text = discourse.text
    if nameless_before(discourse, position):
        return None
    before = discourse.cast.between(max(0, position - 160), position)
    personal = word.startswith("who")
    fitting = [pair for pair in before if word == "that" or is_person(pair[1]) is personal]
    if has_plural_verb(discourse, position):
        return _two_before(text, fitting[-2:], position)
    for name, figure in reversed(fitting[-3:]):
        between = text[name.span.end : position]
        thing = not (personal or is_person(figure)) and _OPEN_APPOSITION.fullmatch(between)
        if thing or _ASIDE.fullmatch(between) or _APPOSITION.fullmatch(between):
            within = _WITHIN.search(text, max(0, name.span.start - 40), name.span.start)
            if figure.kind is NameKind.PLACE and within is not None:
                of_place = [pair for pair in before if pair[0].span.end == within.end(1)]
                if not of_place:
                    return None  # "the Dialogue Group in Turkey, which says": name not found
                if not is_person(of_place[-1][1]):
                    return Answer(of_place[-1][1], 0.9, of_place[-1][0].text)
            return Answer(figure, 0.9, name.text)
    return None
