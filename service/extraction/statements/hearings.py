"""Hearings: what a court, an inquest or an inquiry is told, without a named speaker.

    The court heard that the tests were late. Jurors were told the fire was set on purpose.

The words have no known speaker: the court that hears them does not say them.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal
from service.extraction.statements.grammar import FINITE
from service.extraction.statements.sentence_reading import CERTAIN

BEFORE, TOKENS = 60, 14
"""Characters before the verb that are searched for the hearer; words after it within which a clause
without "that" shows a verb.
"""

_SIGNS = (" heard", " hears", " was told", " were told", " been told")
_HEARER = re.compile(
    r"(?P<comma>, )?(?:\b(?:the|a|an|this|that|[a-z]+'s) (?:[a-z'-]+ ){0,2}|^|[.,;”\"] ?"
    r"|(?:\b[a-z'-]+ ){0,3}"
    r"\b(?:magistrates'|crown|high|district|county|supreme|federal|coroner's) )"
    r"(?:court|courtroom|jury|jurors|inquest|tribunal|hearing|inquiry|trial|commission)"
    r"(?:,? (?:held |sitting )?(?:in|at|of) [a-z' ]{2,40},?)? (?:has |have |had )?"
    r"(?:also |then |previously |earlier )?$"
)
_CLAUSE = re.compile(
    r" (?:on [a-z]+day |yesterday |today |earlier |in evidence |during the trial )*"
    r"(?P<that>that|how|why|whether)?\b ?"
)
_NO_CLAUSE = re.compile(
    r"(?:from|about|of|by|evidence|testimony|to|the case|arguments?|appeals?)\b"
)
_SUBJECTS = (["he"], ["she"], ["they"])
_PAST = re.compile(
    r"\w{3,}ed|died|lied|became|began|bought|broke|brought|came|caught|drank|drove|fell|felt|fled"
    r"|fought|found|gave|got|held|hid|hit|kept|knew|left|lost|made|met|paid|ran|saw|sent|shot|slept"
    r"|sold|spent|stole|stood|struck|threw|told|took|went|woke|won|wore|wrote"
)
"""A clause that begins with a name and has one of these needs no other verb: "The court heard Pugh
spent the money"."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def read_hearings(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """``proposals`` with statements heard at hearings, which have no mention."""
    kept = list(proposals)
    for hearing in _hearings(article):
        cue = hearing.cue
        same = [one for one in kept if cue and one.cue is not None and one.cue.overlaps(cue)]
        touching = any(s.overlaps(hearing.spans[0]) for one in kept for s in one.spans)
        if same:
            at = kept.index(same[0])
            quoted = any(article.quotations_at(span) for span in same[0].spans)
            spans = same[0].spans if quoted else hearing.spans
            kept[at] = replace(same[0], cue=cue, mention=None, spans=spans)
        elif not touching:
            kept.append(hearing)
    return kept


def _hearings(article: Article) -> Iterator[Proposal]:
    lowered = article.lowered
    for sign in _SIGNS:
        at = lowered.find(sign)
        while at >= 0:
            verb = Span(at + 1, at + len(sign))
            found = None if article.is_quoted(at) else _read(article, verb)
            if found is not None:
                yield found
            at = lowered.find(sign, at + 1)


def _read(article: Article, verb: Span) -> Proposal | None:
    lowered = article.lowered
    sentence = article.sentences[max(0, article.sentence_at(verb.start))]
    start = max(sentence.start, verb.start - BEFORE)
    hearer = _HEARER.search(lowered[start : verb.start])
    if hearer is None:
        return None
    end = _end(article, sentence)
    if hearer["comma"] and lowered[verb.end : verb.end + 1] in (",", "."):
        around = Span(sentence.start, start + hearer.start()), Span(min(verb.end + 2, end), end)
        spans = tuple(span for span in around if span.end > span.start)
        return Proposal(spans, verb, None, CERTAIN) if spans else None
    clause = _clause(article, verb.end, end)
    return None if clause is None else Proposal((clause,), verb, None, CERTAIN)


def _clause(article: Article, start: int, end: int) -> Span | None:
    """Span of the content: "that ...", "how ...", or a clause with a finite verb; None
    without one.
    """
    lowered = article.lowered
    found = _CLAUSE.match(lowered, start, end)
    if found is None:
        return None
    if found["that"]:
        return Span(found.start("that"), end)
    words = _WORD.findall(lowered, found.end(), end)[:TOKENS]
    if _NO_CLAUSE.match(lowered, found.end()):
        return None
    begins = article.flow[found.end() : found.end() + 1].isupper() or words[:1] in _SUBJECTS
    if FINITE.isdisjoint(words) and not (begins and any(map(_PAST.fullmatch, words[1:]))):
        return None
    return Span(found.end(), end)


def _end(article: Article, sentence: Span) -> int:
    end = sentence.end
    while end > sentence.start and article.flow[end - 1] in ".!? \n":
        end -= 1
    return end
