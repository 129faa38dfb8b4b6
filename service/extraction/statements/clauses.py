"""Clauses: finds statements in a clause that says they were never made.

They are marked as denied, cut to the denied words, and attributed to the person said not to have
uttered them. Denials are recognised in denials.py. "Did not say when it opens" contains no words
and is dropped.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.denials import NAMING, SAYING, Judged, find_signs, judge
from service.extraction.statements.grammar import subject_before
from service.extraction.statements.sentence_reading import CERTAIN
from service.extraction.statements.tokens import Token, span_of, tokenize

REACH = 160
"""Characters between a verb of saying and the quotation after it."""
TAKEN_BACK = 80
"""Characters after a statement within which "she never said that" begins."""
BESIDE = 20
"""Characters between "denied" and "having said" that form one cue."""
CLAUSE = 160
"""Characters of a clause before its verb that are read, to keep time linear."""

_VERB = re.compile(rf"(?<![\w-])(?:(?P<names>{NAMING})|{SAYING})(?![\w'-])")
_BROKEN = re.compile(
    r"[.!?](?: |$)|;|, (?:and|but|while|after|before|because|who|which|when)\b|[”\"]"
)
_THAT = re.compile(r"\bthat\b")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|should)\b|n't")
_NO_WORDS = re.compile(
    r"(?:exactly |precisely |just )?(?:whether|when|where|how|why|who|whom|whose|which|what|if)\b"
)
_USED = re.compile(r"(?:us|avoid)(?:es?|ed|ing|s)? ")
_FOR_NOT = re.compile(
    r"\b(?:for|by|of|over) (?:(?:not|never) (?:having )?|(?:refusing|failing|declining) to )$"
)
_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b")
_HAVING_SAID = re.compile(rf"(?:ever |having )*(?:{SAYING}) (?:that )?")
_NEVER_BY = re.compile(
    r"(?:\bnever|\bnot|n't) (?:ever )?(?:spoken|said|uttered|written|made) by$|\bfalsely attributed"
)
_FALSE = re.compile(
    r"[,.]? (?:is|are|was|were) (?:[a-z]+ )?(?:false|untrue|wrong|baseless|fabricated|fake|invented"
    r"|made up|not true|a (?:lie|fake|fabrication|hoax))\b"
)
_CLAIM = re.compile(
    r"\b(?:claims?|reports?|posts?|idea|assertions?|allegations?|rumou?rs?|quotes?|quotations?)\b"
)
_NO_RECORD = re.compile(r"no (?:record|evidence|proof|trace) (?:of|that) ")
_ASKS = re.compile(r"(?:did|does|has|have|had) ")
_SAID_NO_SUCH = re.compile(
    r"[\s”\"»]*(?:but |in fact,? |actually,? )?(?:the )?[\w'.-]+(?: [\w'.-]+){0,4}? (?:(?:"
    r"(?:has|have|had|did) ?(?:not|n't)|(?:has |have )?never)(?: ever| actually)? "
    r"(?:sa(?:y|id)|writ(?:e|ten)|wrote|tweet(?:ed)?|post(?:ed)?|utter(?:ed)?|ma[dk]e) "
    r"(?:it|that|this|so|any such thing|anything of the (?:sort|kind)|"
    r"(?:that|this|those|these|any such|such|the) (?:words?|statements?|remarks?|comments?))"
    r"|said no such thing|(?:did|has|have) not|(?:did|has)n't|never did)(?:[.,;!]|$)"
)

_UNFOUND = re.compile(
    r"[\s”\"»,;.]*(?:(?:but|though|although|yet|however),? )?"
    r"(?:there (?:is|was) no|(?:we|the paper|researchers) (?:could find|found|find) no|no) "
    r"(?:record|evidence|proof|trace|sign|source) (?:that|of|for) (?:[\w'’]+ ){0,4}?"
    r"(?:sa(?:id|ying)|wrote|writing|utter(?:ed|ing)|it|this|that)\b"
)
"""Follows words of which it is doubted that they were ever said."""


class Clause(Struct, frozen=True, gc=False):
    """The verb of saying nearest before the content, its judgement, where the content begins, and
    whether it is a verb of naming.
    """

    verb: Span
    judged: Judged
    content: int
    names: bool = False


def read_denials(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns the proposals, with those denied marked and those without words dropped."""
    signs = find_signs(article.lowered)
    if not signs:
        return list(proposals)
    read: list[Proposal] = []
    for proposal in proposals:
        cue, end = proposal.cue, proposal.spans[-1].end
        end = max(end, cue.end if cue else 0) + TAKEN_BACK
        near = _holds(signs, proposal.spans[0].start - CLAUSE, end)
        if near and not (proposal.settled or proposal.block):
            read += _read(article, signs, proposal)
        else:
            read.append(proposal)
    return [*read, *_unread(article, signs, read)]


def _read(article: Article, signs: Sequence[int], proposal: Proposal) -> Iterator[Proposal]:
    clause = _clause_of(article, signs, proposal)
    if clause is None or clause.judged is Judged.SAID:
        if not (_is_false(article, proposal) or _is_taken_back(article, signs, proposal)):
            yield proposal
        elif clause is None:
            yield replace(proposal, denied=True)
        else:
            yield _denied(article, proposal, clause, is_cue=False)
        return
    is_cue = proposal.cue is not None and proposal.cue.overlaps(clause.verb)
    if not is_cue and _is_of_usage(article, proposal, clause):
        yield proposal
        return
    quoted = quotation_in(article, proposal) is not None
    if clause.judged is Judged.OPEN or (clause.judged is Judged.REFUSED and not quoted):
        if not is_cue:
            yield proposal
    elif quoted or not _NO_WORDS.match(article.lowered, proposal.spans[0].start):
        yield _denied(article, proposal, clause, is_cue)


def _is_of_usage(article: Article, proposal: Proposal, clause: Clause) -> bool:
    """Whether the content says, or is upset, that a word was not used: "Critics slammed her for not
    using the term “war”", "Doe said he never used the word “war”".
    """
    lowered, verb, cue = article.lowered, clause.verb, proposal.cue
    if cue is None or not any(span.covers(verb) for span in proposal.spans):
        return False
    if _DENIES.search(lowered, cue.start, cue.end):
        return False
    if _USED.match(lowered, verb.start):
        return True
    return _FOR_NOT.search(lowered, max(0, verb.start - BESIDE), verb.start) is not None


def _holds(signs: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(signs, start)
    return at < len(signs) and signs[at] < end


def _clause_of(article: Article, signs: Sequence[int], proposal: Proposal) -> Clause | None:
    following = _clause_after(article, signs, proposal)
    if following is not None and following.judged is not Judged.SAID:
        return following
    return _before(article, signs, proposal)


def _clause_after(article: Article, signs: Sequence[int], proposal: Proposal) -> Clause | None:
    """The denying clause after the quotation: "“It is a trap,” Jane Doe never said."."""
    cue, words = proposal.cue, proposal.spans[-1]
    if cue is None or cue.start < words.end or not _holds(signs, words.end, cue.end):
        return None
    start = proposal.spans[0].start
    if _NEVER_BY.search(article.lowered, cue.start, cue.end):
        return Clause(cue, Judged.DENIED, start)
    verb = _VERB.search(article.lowered, cue.start, cue.end)
    if verb is None:
        return None
    before = article.lowered[words.end : verb.start()]
    return Clause(Span(*verb.span()), judge(before, verb.group()), start)


def _before(article: Article, signs: Sequence[int], proposal: Proposal) -> Clause | None:
    """The clause between the sentence's beginning and its first quotation, or its first word."""
    quotation, first = quotation_in(article, proposal), proposal.spans[0].start
    start = article.sentences[max(0, article.sentence_at(first))].start
    head = first if quotation is None else quotation.outer.start
    start = max(start, head - CLAUSE)
    if not _holds(signs, start, head):
        return None
    clause = leading(article, start, head)
    if clause is None and quotation is None and proposal.cue is not None:
        clause = _denied_saying(article, proposal)
    return clause


def leading(article: Article, start: int, head: int) -> Clause | None:
    """The clause of the last verb of saying in [start, head), which leads up to ``head``; None
    without one, or if another clause begins in between.
    """
    lowered = article.lowered
    verb = next(iter(deque(_VERB.finditer(lowered, start, head), maxlen=1)), None)
    if verb is None or head - verb.end() > REACH or _BROKEN.search(lowered, verb.end(), head):
        return None
    judged = judge(lowered[start : verb.start()], verb.group())
    if judged is Judged.SAID and _ASKS.match(lowered, start) and _is_asked(article, head):
        judged = Judged.OPEN
    that = _THAT.search(lowered, verb.end(), head)
    content = head if that is None else that.start()
    if verb["names"] or (that is None and _FINITE.search(lowered, verb.end(), head)):
        content = verb.end()
    return Clause(Span(*verb.span()), judged, content, bool(verb["names"]))


def _is_asked(article: Article, head: int) -> bool:
    """Whether the sentence is a question: "Did she say “...”?"."""
    return article.flow[article.sentences[article.sentence_at(head - 1)].end - 1] == "?"


def _denied_saying(article: Article, proposal: Proposal) -> Clause | None:
    """The clause of "denied saying the port is for sale": without quotation marks the verb of
    saying is read as content.
    """
    lowered, cue, words = article.lowered, proposal.cue, proposal.spans[0]
    if cue is None or not _DENIES.search(lowered, cue.start, cue.end) or words.start < cue.end:
        return None
    said = _HAVING_SAID.match(lowered, words.start, words.end)
    if said is None:
        return None
    judged = judge(lowered[max(0, cue.start - CLAUSE) : cue.end] + " ", "saying")
    verb = _VERB.search(lowered, words.start, words.end)
    at = words.start if verb is None else verb.start()
    return Clause(Span(at, at + 1 if verb is None else verb.end()), judged, said.end())


def quotation_in(article: Article, proposal: Proposal) -> Quotation | None:
    """The first quotation in the proposal's content, or None."""
    for span in proposal.spans:
        quotation = article.first_quotation(span)
        if quotation is not None:
            return quotation
    return None


def _is_taken_back(article: Article, signs: Sequence[int], proposal: Proposal) -> bool:
    """Whether the next sentence denies the quotation, or its own end does: "“The port is for
    sale,” a post has her say. She never said that.", "but there is no evidence that she said it".
    """
    quotation = quotation_in(article, proposal)
    if quotation is None:
        return False
    last = max(proposal.spans[-1].end, proposal.cue.end if proposal.cue else 0)
    if _UNFOUND.match(article.lowered, max(last, quotation.outer.end)):
        return True
    after = article.sentence_at(last - 1) + 1
    if after >= len(article.sentences):
        return False
    start = article.sentences[after].start
    if not _holds(signs, start, start + TAKEN_BACK):
        return False
    return any(taken.match(article.lowered, start) for taken in (_SAID_NO_SUCH, _UNFOUND))


def _is_false(article: Article, proposal: Proposal) -> bool:
    """Whether the quotation is called false: "The claim that she said “...” is false"."""
    quotation = quotation_in(article, proposal)
    if quotation is None or not _FALSE.match(article.lowered, quotation.outer.end):
        return False
    sentence = article.sentences[max(0, article.sentence_at(quotation.outer.start))]
    return _CLAIM.search(article.lowered, sentence.start, quotation.outer.start) is not None


def _denied(article: Article, proposal: Proposal, clause: Clause, is_cue: bool) -> Proposal:
    first, *others = proposal.spans
    if clause.verb.start >= first.end:
        outer = [q.outer for span in proposal.spans for q in article.quotations_at(span)]
        return replace(proposal, spans=tuple(outer) or proposal.spans, denied=True)
    start = min(max(first.start, clause.content), first.end - 1)
    quotations = article.quotations_at(Span(start, first.end))
    quoted = quotations and quotations[0].outer.start <= start + 1
    end = quotations[-1].outer.end if quoted else first.end
    marked = replace(proposal, spans=(Span(start, end), *others), denied=True)
    if is_cue or clause.verb.start < first.start:
        nobody = proposal.mention is not None and proposal.mention.of(article.lowered) == "there"
        return replace(marked, mention=_whose(article, clause.verb)) if nobody else marked
    mention, cue = _subject(article, clause.verb), clause.verb
    if mention is None and proposal.cue is not None and proposal.cue.end < cue.start:
        cue = Span(proposal.cue.start, cue.end) if cue.start - proposal.cue.end < BESIDE else cue
    mention = mention or proposal.mention
    return replace(marked, cue=cue, mention=mention, follows=mention is None)


def _subject(article: Article, verb: Span) -> Span | None:
    """The subject of a finite verb; for "denied saying" the denier."""
    sentence = article.sentences[article.sentence_at(verb.start)]
    tokens = tokenize(article, sentence)
    at = bisect_left(tokens, verb.start, key=lambda token: token.start)
    if tokens[at].word.endswith("ing") or (at and tokens[at - 1].word in ("having", "to")):
        return None
    return _whose(article, verb)


def _whose(article: Article, verb: Span) -> Span | None:
    """The noun phrase before the verb: "no record of Jane Doe saying"."""
    tokens = tokenize(article, article.sentences[article.sentence_at(verb.start)])
    at = bisect_left(tokens, verb.start, key=lambda token: token.start)
    subject = subject_before(tokens, at)
    who = None if subject is None else span_of(tokens, *subject)
    record = None if who is None else _NO_RECORD.match(article.lowered, who.start, who.end)
    return who if who is None or record is None else Span(record.end(), who.end)


def _unread(
    article: Article, signs: Sequence[int], proposals: Sequence[Proposal]
) -> Iterator[Proposal]:
    """Proposals for denied quotations that are in no statement, as none was made: "Refused to call
    it “a coup”".
    """
    near = [q for q in article.quotations if _holds(signs, q.outer.start - CLAUSE, q.outer.start)]
    taken = sorted(span for proposal in proposals for span in proposal.spans) if near else []
    for quotation in near:
        at = bisect_left(taken, quotation.inner.start, key=lambda span: span.end)
        if at == len(taken) or taken[at].start >= quotation.inner.end:
            yield from _denied_of_nobody(article, quotation)


def _denied_of_nobody(article: Article, quotation: Quotation) -> Iterator[Proposal]:
    head = quotation.outer.start
    sentence = article.sentences[max(0, article.sentence_at(head))]
    clause = leading(article, max(sentence.start, head - CLAUSE), head)
    if clause is not None and clause.judged in (Judged.DENIED, Judged.REFUSED):
        mention = _subject(article, clause.verb) or _denier(tokenize(article, sentence), clause)
        spans = (Span(clause.content, quotation.outer.end),)
        yield Proposal(spans, clause.verb, mention, CERTAIN, denied=True)


def _denier(tokens: Sequence[Token], clause: Clause) -> Span | None:
    """Who refuses or denies, named before the verb."""
    at = bisect_left(tokens, clause.verb.start, key=lambda token: token.start) - 1
    while at > 0 and tokens[at].word in _BETWEEN:
        at -= 1
    subject = subject_before(tokens, at)
    return None if subject is None else span_of(tokens, *subject)


_BETWEEN = frozenset(("to", "having", "ever", "of", "short", "from", "publicly", "even"))
