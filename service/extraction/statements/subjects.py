"""Subjects: finds the speaker of a quotation below a sentence without a cue.

    Draper meanwhile won in two hours.
    “Those guys have been role models for me.”

The speaker is the person the sentence begins with, if it says that this person talks or feels, or
if the quotation is in the first person and not about somebody else.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people, places
from service.extraction.page.layout import Article
from service.extraction.statements.grammar import (
    BREAKERS,
    DETERMINERS,
    PREPOSITIONS,
    is_adverbial,
    is_verb,
    opening_subject,
)
from service.extraction.statements.tokens import Token, span_of, tokenize

PREDICATE_WORDS = 6
"""Words after the subject that are searched for its verb: "Vos then slowly nodded"."""

OFFICE_WORDS = 6
"""Words before a name that describe its bearer."""

_WORD = re.compile(r"[a-z]+")
_ASIDE = re.compile(r"[ ]?,[^,;:]*, ?")
_OF_ONE = re.compile(r"\b(?:I|[Mm](?:e|y|yself|ine))\b")
_OF_ONESELF = re.compile(r"\b(?:I|[Mm](?:e|y|yself|ine)|[Ww]e|us|[Oo]urs?|[Oo]urselves)\b")
_SEVERAL = re.compile(r"[A-Z]\w+,? and (?:the )?[A-Z]")
_ACTING = re.compile(
    r"(?:His|Her|Their|The|An?) (?:[a-z-]+ ){0,3}?(?P<noun>[a-z-]+)(?:, [A-Z][^,.;]{1,40},)?"
    r"(?: \w+ly| just| only)? (?P<verb>[a-z]+)"
)
_NAMED_ACTING = re.compile(
    r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})(?: \w+ly| just| only)? (?P<verb>[a-z]+)"
)
_AFTER_HEAD = re.compile(r",| (?:of|by|from|for|in|at) ")
_OF_ANOTHER = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Hh]ers|himself|herself)\b")
_FIRST_SENTENCE = re.compile(r"[^.!?]*")
_BE = frozenset(("is", "was", "are", "were", "been", "being"))
_ENDED = frozenset(("died", "dies", "drowned", "collapsed", "vanished", "disappeared", "perished"))


def only_moves(words: Collection[str], right_before: bool) -> bool:
    """Whether the words report a gesture and no speech: "Vos nodded". Somebody who laughs
    ``right_before`` a quotation, in its paragraph, speaks it.
    """
    forms = cues()
    if not forms.report.isdisjoint(words):
        return False
    beats = not forms.beats.isdisjoint(words)
    return not right_before if beats else not forms.gestures.isdisjoint(words)


def may_say(
    article: Article, cue: Collection[str], mention: Span | None, quotation: Span, beside: bool
) -> bool:
    """Whether the mention of a cue before the quotation may be its speaker; ``beside`` says whether
    the cue is in its paragraph.

    From another paragraph, only cues of saying count. A survey does not say "we", nor the police
    "I".
    """
    words = quotation.of(article.flow)
    if mention is not None and not _may_speak_so(mention.of(article.flow), words):
        return False
    return beside or not cues().saying.isdisjoint(cue)


def another_acts(article: Article, sentence: Span, mention: Span | None) -> bool:
    """Whether another person than the mention's makes a gesture in the sentence, so that what
    follows may be theirs: "Her sister, Beth, shakes her head"; not "Her voice breaks".
    """
    acting = _ACTING.match(article.flow, sentence.start, sentence.end)
    if mention is None:
        return False
    if acting is None:
        return _another_beats(article, sentence, mention)
    noun, verb = acting["noun"].lower(), acting["verb"].lower()
    person = noun in people().roles or noun in people().relations
    acts = verb in cues().gestures or verb in cues().beats
    return person and acts and noun not in mention.of(article.lowered).split()


def _another_beats(article: Article, sentence: Span, mention: Span) -> bool:
    """Whether somebody else is named who does it: "“Fight it,” Doe said. Ann Park shrugged."."""
    acting = _NAMED_ACTING.match(article.flow, sentence.start, sentence.end)
    if acting is None or acting["verb"] not in cues().beats | cues().gestures:
        return False
    named = mention.of(article.flow)
    return any(map(str.isupper, named)) and acting["name"].split()[-1] not in named


def _may_speak_so(mention: str, quotation: str) -> bool:
    head = _AFTER_HEAD.split(mention.lower(), maxsplit=1)[0].split()
    if not head or _OF_ONESELF.search(quotation) is None:
        return True
    if head[-1] in cues().findings:
        return False
    alone = _OF_ONE.search(quotation) is not None
    body = head[-1] in people().organisation_heads and mention[0] not in "“"
    return not alone or not (body or _SEVERAL.search(mention))


def speaker_of(
    article: Article, sentence: Span, quotation: Span, persons: Sequence[Span]
) -> Span | None:
    """Span of the person the sentence begins with, if the quotation after it is that person's; else
    None.
    """
    subject = _subject(article, tokenize(article, sentence), persons)
    if subject is None:
        return None
    right_before = "\n" not in article.flow[sentence.end : quotation.start]
    predicate = _predicate(Span(subject.end, sentence.end).of(article.lowered))
    if only_moves(predicate, right_before) or _undergoes(predicate):
        return None
    beats = not cues().beats.isdisjoint(predicate)
    if beats or _talks(predicate) or _speaks_of_itself(quotation.of(article.flow)):
        return subject
    return None


def _subject(article: Article, tokens: Sequence[Token], persons: Sequence[Span]) -> Span | None:
    found = opening_subject(tokens)
    if found is None:
        return None
    first, last = found
    last = _end_of_name(tokens, first, _end_of_office(tokens, last), persons)
    last = _with_apposed(tokens, last, persons)
    subject = span_of(tokens, first, last)
    if subject is None or tokens[first].quote >= 0:
        return None
    words = [token.word for token in tokens[first:last]]
    if words in (["he"], ["she"]):
        return subject
    if "and" in words or words[-1].endswith(("'s", "s'")):
        return None
    return subject if _is_person(subject, words, persons) else None


def _end_of_name(tokens: Sequence[Token], first: int, last: int, persons: Sequence[Span]) -> int:
    """End of the name after words that are in no list: "Lifeboat coxswain Petra Vik has seen
    it".
    """
    for at in range(last, min(len(tokens), first + OFFICE_WORDS)):
        token = tokens[at]
        if token.capital:
            beside = bisect_left(persons, token.start, key=lambda person: person.start)
            if beside < len(persons) and persons[beside].start == token.start:
                return bisect_left(tokens, persons[beside].end, key=lambda one: one.start)
        if not token.is_word or token.quote >= 0 or is_verb(token) or is_adverbial(token):
            break
        if token.word in PREPOSITIONS or token.word in BREAKERS or token.word.endswith("ed"):
            break
    return last


def _with_apposed(tokens: Sequence[Token], last: int, persons: Sequence[Span]) -> int:
    """End of a name in apposition: "His neighbour, Ida Holm, will vote yes"."""
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return last
    at = bisect_left(persons, tokens[last + 1].start, key=lambda person: person.start)
    if at == len(persons) or persons[at].start != tokens[last + 1].start:
        return last
    return bisect_left(tokens, persons[at].end, key=lambda one: one.start)


def _end_of_office(tokens: Sequence[Token], last: int) -> int:
    """End of the name after an office: "Fire chief Ilse Brandt"."""
    lexicon = people()
    at = last
    while at < len(tokens) and tokens[at].quote < 0:
        token = tokens[at]
        if not (token.capital or token.word in lexicon.roles or token.word in lexicon.modifiers):
            break
        at += 1
        if token.capital:
            last = at
    return last


def _is_person(subject: Span, words: Sequence[str], persons: Sequence[Span]) -> bool:
    at = bisect_left(persons, subject.start, key=lambda person: person.end)
    while at < len(persons) and persons[at].start < subject.end:
        if persons[at].end >= subject.end:
            return True
        at += 1
    lexicon = people()
    if words[0] in DETERMINERS or " ".join(words) in places().canonical or len(words) < 2:
        return False
    signs = lexicon.first_names.keys() | lexicon.honorifics.keys() | lexicon.roles
    return not signs.isdisjoint(word.strip(".") for word in words[:-1])


def _predicate(rest: str) -> list[str]:
    """The first words after the subject and its apposition."""
    aside = _ASIDE.match(rest)
    start = 0 if aside is None else aside.end()
    return _WORD.findall(rest, start, start + 80)[:PREDICATE_WORDS]


def _talks(predicate: Sequence[str]) -> bool:
    forms = cues()
    return not (
        forms.talking.isdisjoint(predicate)
        and forms.report.difference(forms.cautious).isdisjoint(predicate)
        and forms.feelings.isdisjoint(predicate)
    )


def _undergoes(predicate: Sequence[str]) -> bool:
    """Whether something happened to the subject, so that others speak: "Was arrested", "died"."""
    if not _ENDED.isdisjoint(predicate):
        return True
    if not cues().feelings.isdisjoint(predicate):
        return False
    verbs = predicate[:4]
    return any(
        word in _BE and after.endswith(("ed", "en"))
        for at, word in enumerate(verbs)
        for after in verbs[at + 1 :]
    )


def _speaks_of_itself(quotation: str) -> bool:
    first = _FIRST_SENTENCE.match(quotation)
    of_another = first is not None and _OF_ANOTHER.search(first.group())
    return not of_another and _OF_ONESELF.search(quotation) is not None
