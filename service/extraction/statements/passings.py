"""Passings: finds where somebody quotes or cites somebody else, in those words.

    “It is late,” Mark Trane quoted Ann Doe as saying.    The agency, citing Ann Doe, said it was.
    Ann Doe was quoted by Mark Trane as saying it was.

Relayed speech in other words is read in relays.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal
from service.extraction.statements.grammar import subject_before
from service.extraction.statements.sentence_reading import CERTAIN
from service.extraction.statements.tokens import Token, span_of, tokenize

NAMED = 90
"""Characters of the quoted person's name, between "quoted" and "as saying"."""

ADDRESSEE = 30
"""Characters of the addressee: "as telling police"."""

TELLING = (
    r"(?:say|tell|writ|declar|warn|shout|yell|ask|add|call|describ|reply|jok|insist|scream)ing"
)
WHO = rf"[^“”\".;:\n]{{2,{NAMED}}}?"
_QUOTED_AS = re.compile(
    r"(?<!\w)(?:(?:quot|cit)(?:e|es|ed|ing)|report(?:s|ed)) (?!by )"
    rf"(?P<who>{WHO}),? as (?P<verb>{TELLING})\b"
)
_RECALLED = re.compile(
    rf"(?<!\w)(?:recall|remember)(?:s|ed|ing)? (?P<who>{WHO}) (?P<verb>{TELLING})(?=[.,;]|$)"
)
"""After a quotation: "“It is late,” he recalled Ann Doe saying."."""
_OVERHEARING = re.compile(
    r"(?<!\w)(?:(?:over)?heard|recall(?:s|ed)|remember(?:s|ed)) "
    r"(?!(?:that|what|how|of|about|from|it) )"
    r"(?P<who>(?:(?!(?:to|and|would|was|had)\b)[^\s“”\".;:]+ ){1,8}?)"
    r"(?P<verb>(?:say|shout|yell|scream|tell|whisper|mutter)(?:ing)?)\b"
)
"""Somebody heard or remembers what another said, quoted in the sentence."""
_PASSIVE = re.compile(r"\b(?:is|was|are|were|been|being) (?:[a-z]+ly )?$")
_QUOTED_BY = re.compile(rf"quoted by (?P<by>{WHO}),? as (?P<verb>{TELLING})\b")
_NAMES = rf"[^“”\",;:\n]{{2,{NAMED}}}?"
_CITING = re.compile(
    rf",(?: citing| quoting| which cited) (?P<who>{_NAMES}(?:, {_NAMES})?), "
    r"(?:also )?(?P<verb>said|says|say|reported|reports|wrote|writes|claimed)\b"
)
_CITED = re.compile(rf",? (?:citing|quoting) (?P<who>{_NAMES})\.?$")
_CITES = (" citing ", " quoting ", " which cited ")


class Passing(Struct, frozen=True, gc=False):
    """Words that pass on what ``who`` said: ``whole`` is their span, ``relay`` the one who passes
    it on.
    """

    whole: Span
    who: Span | None
    relay: Span | None
    verb: Span
    content: tuple[Span, ...]


def find_passings(article: Article) -> Iterator[Passing]:
    """Yields every passing in the article."""
    lowered = article.lowered
    signs = ("quot", "cite", "citing ", "report", "recall", "remember", "heard ", "overheard ")
    for sign in signs:
        at = lowered.find(sign)
        while at >= 0:
            found = (
                _QUOTED_AS.match(lowered, at)
                or _QUOTED_BY.match(lowered, at)
                or _RECALLED.match(lowered, at)
                or _OVERHEARING.match(lowered, at)
            )
            if found is not None:
                yield from _quoted(article, found)
            at = lowered.find(sign, at + 1)
    if any(sign in lowered for sign in _CITES):
        yield from _citing(article)


def _quoted(article: Article, found: re.Match[str]) -> Iterator[Passing]:
    """Yields "Mark Trane quoted Ann Doe as saying", "Ann Doe was quoted by Mark Trane as
    saying".
    """
    sentence = article.sentences[max(0, article.sentence_at(found.start()))]
    if article.is_quoted(found.start()) or found.end() > sentence.end:
        return
    overhearing = found.re is _OVERHEARING
    if overhearing and not (article.quotations_in(sentence) and _names_somebody(article, found)):
        return
    tokens = tokenize(article, sentence)
    subject = _subject_at(tokens, found.start())
    who: Span | None
    relay: Span | None
    if "by" in found.re.groupindex:
        who, relay = subject, Span(*found.span("by"))
    elif _PASSIVE.search(article.lowered, sentence.start, found.start()):
        return  # "was quoted in the paper as saying" is read by the rules
    else:
        start = found.start("who")
        who, relay = Span(start, start + len(found["who"].rstrip(" ,"))), subject
    before = _content_before(article, sentence, found.start())
    after = _content_after(article, sentence, found.end())
    addressed = (
        len(after) == 1 and len(after[0]) < ADDRESSEE and not article.quotations_at(after[0])
    )
    content = before if before and addressed else after or before
    if content:
        yield Passing(Span(*found.span()), who, relay, Span(*found.span("verb")), content)


def _names_somebody(article: Article, found: re.Match[str]) -> bool:
    """Whether the words name somebody: "her brother", "Ann Doe", but not "shots"."""
    who = article.flow[slice(*found.span("who"))].split()
    named = any(word[0].isupper() for word in who)
    return named or (who[0].lower() in _DETERMINERS and may_speak(" ".join(who)))


_DETERMINERS = frozenset(("a", "an", "the", "his", "her", "my", "our", "their", "one"))


def _content_after(article: Article, sentence: Span, start: int) -> tuple[Span, ...]:
    """The content: the first quotation, or else the rest of the sentence."""
    words = Span(start, sentence.end)
    quotations = article.quotations_in(words)
    if quotations and " that " not in article.lowered[start : quotations[0].outer.start]:
        return (quotations[0].outer,)
    return (words,) if any(map(str.isalnum, words.of(article.flow))) else ()


def _content_before(article: Article, sentence: Span, end: int) -> tuple[Span, ...]:
    quotations = article.quotations_in(Span(sentence.start, end))
    return tuple(quotation.outer for quotation in quotations)


def _citing(article: Article) -> Iterator[Passing]:
    lowered = article.lowered
    for sentence in article.sentences:
        places = (lowered.find(sign, sentence.start, sentence.end) for sign in _CITES)
        at = max(places)
        if at < 0 or article.is_quoted(at):
            continue
        found = _CITING.search(lowered, sentence.start, sentence.end)
        cited = found or _CITED.search(lowered, sentence.start, sentence.end)
        if cited is None or not may_speak(article.flow[slice(*cited.span("who"))]):
            continue
        who, whole = Span(*cited.span("who")), Span(*cited.span())
        if found is None:
            yield Passing(whole, who, None, Span(sentence.start, whole.start), ())
        else:
            verb = Span(*found.span("verb"))
            subject = _subject_at(tokenize(article, sentence), whole.start)
            yield Passing(whole, who, subject, verb, (Span(verb.end, sentence.end),))


def may_speak(who: str) -> bool:
    """Whether the words name a speaker, not a reason ("citing safety concerns")."""
    lexicon = people()
    speaking = word_class("staff") | lexicon.roles | lexicon.titles
    words = [word.strip(".’'") for word in who.split()]
    return any(
        word.lower() in speaking
        or (word[:1].isupper() and word.lower() in lexicon.first_names)
        or word.lower() in lexicon.organisations_also
        for word in words
    )


def _subject_at(tokens: Sequence[Token], position: int) -> Span | None:
    at = bisect_left(tokens, position, key=lambda token: token.start)
    subject = subject_before(tokens, at)
    return None if subject is None else span_of(tokens, *subject)


def put_passing(proposals: Sequence[Proposal], passing: Passing) -> list[Proposal]:
    """Returns the proposals with the passing in place of those that overlap it."""
    untouched: list[Proposal] = []
    replaced: list[Proposal] = []
    for proposal in proposals:
        mine = proposal.cue is not None and passing.whole.overlaps(proposal.cue)
        said = proposal.cue is not None and passing.verb.overlaps(proposal.cue)
        shared = any(a.overlaps(b) for a in proposal.spans for b in passing.content)
        taken = not proposal.settled and (mine or said or shared)
        (replaced if taken else untouched).append(proposal)
    best = next((one for one in replaced if one.cue and one.cue.overlaps(passing.verb)), None)
    spans = passing.content
    if best is not None and (not spans or best.spans[0].start >= passing.whole.end):
        spans = best.spans
    if not spans:
        return list(proposals)
    relay = passing.relay or (best.mention if best else None)
    made = Proposal(spans, passing.verb, passing.who, CERTAIN, relay=relay)
    if best is not None and not passing.content:
        made = replace(made, cue=best.cue)
    denied = any(one.denied for one in replaced)
    return [*untouched, replace(made, follows=passing.who is None, denied=denied)]
