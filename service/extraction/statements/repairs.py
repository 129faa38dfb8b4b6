"""Repairs: trims content that goes beyond what is said.

    Liv Harr wrote: “I’m just playing!” Super Six were a dance troupe.
    She wrote in her memoir, The Truths We Keep: An Island Journey, “I was twelve years old.”
    On Channel Nine’s “Face the Day,” she said it was over.
    Staff were told that they could stay at home.
    Roe's claim that they could stay has been rejected.

The narrator's next sentence, the title of the work quoted, the programme in which the words were
said, their addressee and what became of them are not part of the content.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import things
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.grammar import FINITE

TITLE = 150
"""Characters of a quoted work's title, with its subtitle."""

CLAUSE_WORDS = 3
"""Least words of a reported clause: "she would stay"."""

PHRASE = 80
"""Characters of the phrase that names the programme or work."""

OPENING = 25
"""Characters before the subject of a sentence: "But ", "On Monday, "."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_WHERE = re.compile(
    r"(?:^|[.!?;,:\n”\"] ?)(?:(?:and|but|then|earlier|speaking|writing|appearing) )?"
    r"(?:in|on|at|during|for|from|to) [^.;:“”\"]{0,70}"
    r"(?:'s?|\b(?:of|on|with|in|the|his|her|its|their|(?<!')(?P<kind>[a-z-]+)))[,:]? ?$"
)
_ADDRESSED = re.compile(
    r"\b(?:was|were|been|being|is|are)(?: \w+)? (?:told|informed|warned|advised|assured|reminded"
    r"|notified|asked|alerted)(?: of| to| about| by)?$"
)
_ACTING = re.compile(r"((?:[\w.’'-]+ )*?([\w.’'-]+)) [a-z]{2,}s [^,;:]+, ")
"""A headline's subject, and what it does first."""
_TELLING = frozenset(("told", "informed", "notified", "advised", "assured"))
_DONE = re.compile(r"\b(?:is|are|was|were|be|been|being) [^.;:“”\"]+ and (?:then |later |also )?$")
DONE = 120
"""Characters before a verb in which the first thing that was done to the same person begins."""
_UNADDRESSED = re.compile(
    r" (?:that )?(?:he|she|they|it|there|the|his|her|their)\b(?! that)| to [a-z]+\b"
)
"""Follows a verb of telling that lacks whom it tells."""
ADDRESSED = 20
"""Characters of the addressee between a cue and a quotation, "told reporters “”, and from a cue to
who spoke, "was told on Monday by Roe".
"""
_COMMENT = re.compile(
    r",? (?:but|though|although|even though|yet|while) (?:it|he|she|they|the|there|his|her"
    r"|its|their|most|few|many|some|no|not)\b"
)


_KICKER = re.compile(r"(?<![^\n])[A-Z][A-Z’' .-]{3,40}: +(?=[A-Z][a-z])")
_PUT_TO = re.compile(r"(?<=\bput )it to (?:[\w'.-]+ ){1,5}?(?=that )")
_SPOKEN_NOUN = (
    r"(?:claim|allegation|assertion|insistence|warning|prediction|promise|pledge|admission"
    r"|suggestion|argument|contention|assurance|statement|accusation|announcement|finding)s?"
)
_CLAIM = re.compile(_SPOKEN_NOUN)
_CLAIMED = re.compile(
    rf"(?P<whose>his|her|its|their|[^“”\".;]{{2,60}}?(?:'s|s')) (?P<noun>{_SPOKEN_NOUN}) (?=that )"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|can|could|may|might|must)(?:n't)?\b"
    r"(?: (?:been|be|not|\w+ly)\b)*"
)
_RELATIVE = (
    r"and|but|or|because|if|when|while|as|since|that|which|who|whom|whose|where|how|what|why"
)
_RELATIVES = re.compile(rf"\b(?:{_RELATIVE})\b|[,;:—–]")
_BETWEEN = re.compile(
    rf"\b(?:{_RELATIVE}|after|before|until|though|although|he|she|they|it|there|we|you|i)\b|[,;:—–]"
)


def repair_edges(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns ``proposals`` with content that ends where the quotation does, or the clause."""
    repaired = (
        one if one.settled else _repaired(article, one)
        for proposal in proposals
        for one in _of_claim(article, _alone(article, _untold(article, proposal)))
    )
    return [part for one in repaired if one.spans for part in _parted(article, one)]


def _without_lead(article: Article, proposal: Proposal) -> Proposal:
    """The content without a label of the page, "RISK REMAINS: The sea is rough, the mayor said",
    and without whom it was put to: "Counsel put it to Roe that she lied".
    """
    first = proposal.spans[0]
    lead = _KICKER.match(article.flow, first.start, first.end)
    lead = lead or _PUT_TO.match(article.lowered, first.start, first.end)
    if lead is None or article.is_quoted(first.start):
        return proposal
    return replace(proposal, spans=(Span(lead.end(), first.end), *proposal.spans[1:]))


def _untold(article: Article, proposal: Proposal) -> Proposal:
    """The proposal without whom it was told: "Staff were told that they could stay", "Roe was
    stopped and told that he must wait".
    """
    cue, mention, lowered = proposal.cue, proposal.mention, article.lowered
    if cue is None:
        return proposal
    if _ADDRESSED.search(lowered, cue.start, cue.end):
        first, *rest = proposal.spans
        hearer = first.end + 1 == cue.start and not article.is_quoted(first.end - 1)
        by_whom = mention is not None and 0 < mention.start - cue.end <= ADDRESSED
        spans = tuple(rest) if rest and hearer else proposal.spans
        return replace(proposal, spans=spans, mention=mention if by_whom else None)
    if mention is None or mention.end > cue.start or cue.of(lowered) not in _TELLING:
        return proposal
    begin = max(mention.end, cue.start - DONE)
    done = _DONE.search(lowered, begin, cue.start) and _UNADDRESSED.match(lowered, cue.end)
    return replace(proposal, mention=None) if done else proposal


def _alone(article: Article, proposal: Proposal) -> Proposal:
    """The proposal, without a label, with its subject alone: "Mayor Roe visits mill, says it pays"
    is said by "Mayor Roe".
    """
    proposal = _without_lead(article, proposal)
    cue, mention, flow = proposal.cue, proposal.mention, article.flow
    if mention is None or cue is None or cue.start < mention.end or flow[cue.end - 1] != "s":
        return proposal
    acting = _ACTING.fullmatch(flow, mention.start, cue.start)
    if acting is None or not (acting[2][0].isupper() or acting[2] in people().roles):
        return proposal
    return replace(proposal, mention=Span(mention.start, acting.end(1)))


def _of_claim(article: Article, proposal: Proposal) -> Iterator[Proposal]:
    """Yields the claim that is the subject of another clause without this clause: "Roe's claim that
    it was safe has been rejected by Doe" reports what Roe said, and that Doe rejects "Roe's claim".
    """
    first, cue, lowered = proposal.spans[0], proposal.cue, article.lowered
    whose = _CLAIMED.match(lowered, first.start, first.end)
    if cue is None or proposal.settled or proposal.denied or whose is None or cue.start < first.end:
        yield _before_verb(article, proposal)
        return
    by_whom = lowered.endswith(" by", cue.start, cue.end)
    if proposal.mention is not None and not by_whom:
        yield proposal
        return
    if by_whom:
        yield replace(proposal, spans=(Span(first.start, whose.end("noun")), *proposal.spans[1:]))
    noun, mention = Span(*whose.span("noun")), Span(*whose.span("whose"))
    said = Span(whose.end(), first.end)
    yield replace(proposal, spans=(said,), cue=noun, mention=mention)


def _before_verb(article: Article, proposal: Proposal) -> Proposal:
    """The proposal up to the verb whose subject it is: "Roe's claim" "that it was safe has been
    rejected".
    """
    first, cue, lowered = proposal.spans[0], proposal.cue, article.lowered
    said_that = lowered.startswith("that ", first.start, first.end)
    if cue is None or first.start != cue.end + 1 or not said_that:
        return proposal
    if proposal.denied or _CLAIM.fullmatch(lowered, cue.start, cue.end) is None:
        return proposal
    sentence = article.sentences[max(0, article.sentence_at(cue.start))]
    opens = (proposal.mention or cue).start - sentence.start <= OPENING
    end = _second_verb(lowered, Span(first.start + len("that "), first.end))
    return replace(proposal, spans=(Span(first.start, end),)) if end and opens else proposal


def _second_verb(lowered: str, clause: Span) -> int | None:
    """Where the verb begins whose subject the clause is, if the clause is a simple one."""
    verbs = list(islice(_VERB.finditer(lowered, clause.start, clause.end), 2))
    if len(verbs) < 2:
        return None
    (start, end), (after, _) = verbs[0].span(), verbs[1].span()
    if _RELATIVES.search(lowered, clause.start, start) or _BETWEEN.search(lowered, end, after):
        return None
    return after - 1


def _parted(article: Article, proposal: Proposal) -> Iterator[Proposal]:
    """Yields reported and quoted content apart: "She said she would stay: “It is my home.”"."""
    spans, cue = proposal.spans, proposal.cue
    quotation = article.first_quotation(spans[-1])
    if cue is None or proposal.settled or quotation is None or not article.is_introduced(quotation):
        yield proposal
        return
    start, outer, flow = spans[-1].start, quotation.outer, article.flow
    said = flow[quotation.inner.start].isupper() and flow[quotation.inner.end - 1] in ".!?…"
    reported = article.lowered[start : outer.start].split()
    whole = outer.end + 1 >= spans[-1].end and cue.end <= spans[0].start
    if not (said and whole and len(reported) >= CLAUSE_WORDS and not FINITE.isdisjoint(reported)):
        yield proposal
        return
    colon = flow.rindex(":", start, outer.start)
    if holds_cue(article.lowered, Span(start, colon)):
        yield proposal  # "he was there when doctors told him: “...”" quotes somebody else
        return
    yield replace(proposal, spans=(*spans[:-1], Span(start, colon)))
    yield replace(proposal, spans=(outer,))


def _repaired(article: Article, proposal: Proposal) -> Proposal:
    proposal = _without_unsaid(article, _within_title(article, proposal))
    spans = proposal.spans
    if not spans or (len(spans) == 1 and article.first_quotation(spans[0]) is None):
        return proposal  # most proposals, which none of the following changes
    pieces = tuple(
        piece
        for span in _without_titles(article, proposal.spans)
        for piece in _pieces(article, span, proposal.cue)
        if not _is_programme(article, piece, proposal)
    )
    pieces = _what_was_said(article, pieces)
    pieces = tuple(_before_narration(article, pieces, proposal.cue))
    pieces = tuple(_without_comment(article, piece, proposal.cue) for piece in pieces)
    pieces = tuple(_as_headlined(article, pieces))
    return proposal if pieces == proposal.spans else replace(proposal, spans=pieces)


def _within_title(article: Article, proposal: Proposal) -> Proposal:
    """The proposal with what a headline reports ending with it, before the byline below."""
    title, last = article.title, proposal.spans[-1]
    if title is None or not title.start <= last.start < title.end < last.end:
        return proposal
    return replace(proposal, spans=(*proposal.spans[:-1], Span(last.start, title.end)))


def _without_unsaid(article: Article, proposal: Proposal) -> Proposal:
    """The proposal without what somebody did not say: "“It was an attack,” he said, without saying
    whose it was".
    """
    spans = tuple(
        span
        for span in proposal.spans
        if _UNSAID.search(article.lowered, max(0, span.start - UNSAID), span.start) is None
    )
    return proposal if spans == proposal.spans else replace(proposal, spans=spans)


UNSAID = 30
"""Characters before a piece in which "without saying" begins."""
_UNSAID = re.compile(
    r"\bwithout (?:saying|specifying|explaining|giving|adding|disclosing|mentioning) $"
)


def _is_programme(article: Article, piece: Span, proposal: Proposal) -> bool:
    """Whether it is only a programme's title, with the speaker right after it: "On Channel Nine’s
    “Face the Day,” she said".
    """
    mention, cue = proposal.mention, proposal.cue
    quotation = article.first_quotation(piece)
    if mention is None or cue is None or quotation is None or cue.start < mention.end:
        return False
    end = quotation.outer.end
    if not (end <= mention.start <= end + 2 and piece.end <= mention.start):
        return False
    before = article.lowered[max(0, quotation.outer.start - PHRASE) : quotation.outer.start]
    where = _WHERE.search(before)
    if where is None or not _is_set_as_title(quotation.inner.of(article.flow)):
        return False
    return where["kind"] is None or things().kind.search(before) is not None


def _what_was_said(article: Article, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """Only the quotation of "What Roe said was: “Never.”"."""
    if len(pieces) < 2 or pieces[0].of(article.lowered) != "what":
        return pieces
    quotation = article.first_quotation(pieces[-1])
    return pieces if quotation is None else (quotation.outer,)


def _is_set_as_title(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if word not in word_class("links")]
    return bool(words) and all(word[0].isupper() for word in words) and text[-1] not in ".!?"


def _as_headlined(article: Article, pieces: tuple[Span, ...]) -> Iterable[Span]:
    """Only the quotation before the colon: "“I thought I would die”: Passengers tell of terror"."""
    first = article.first_quotation(pieces[0]) if len(pieces) > 1 else None
    title = article.title
    if first is None or title is None or not title.covers(pieces[-1]):
        return pieces
    headed = first.outer.start <= title.start + 1 and article.flow.startswith(":", first.outer.end)
    return pieces[:1] if headed and article.first_quotation(pieces[-1]) is None else pieces


def _without_comment(article: Article, piece: Span, cue: Span | None) -> Span:
    """Only the quotation before the reporter's own clause: "told them “it is late”, but it is not
    too late for Doe".
    """
    quotation = next(iter(article.quotations_at(piece)), None)
    if quotation is None or cue is None or quotation.outer.start != piece.start:
        return piece
    outer = quotation.outer
    if outer.end > piece.end:
        return piece  # a quotation that goes on after the piece
    follows = 0 <= outer.start - cue.end <= ADDRESSED and _COMMENT.match(article.lowered, outer.end)
    return outer if follows and not article.quotations_in(Span(outer.end, piece.end)) else piece


def _before_narration(
    article: Article, pieces: tuple[Span, ...], cue: Span | None
) -> Iterator[Span]:
    """Yields the quoted pieces, without unquoted sentences after the quotation's and the cue's."""
    quoted = False
    for piece in pieces:
        begins = article.is_quoted(piece.start)
        if cue is not None and piece.end < cue.start and _GLUED.match(article.flow, piece.end):
            continue
        if (quoted or _is_glued(article, piece)) and not begins and cue is not None:
            piece = _without_sentence(article, piece)
            begins = article.is_quoted(piece.start)
        if cue is None or begins or not (quoted or article.first_quotation(piece) is not None):
            yield piece
            quoted = quoted or begins
            continue
        end = _end_of_quoted(article, piece, cue)
        if end > piece.start:
            yield Span(piece.start, end)
        quoted = True


_GLUED = re.compile(r"[.!?][“\"][A-Z]")


def _is_glued(article: Article, piece: Span) -> bool:
    """Whether no space parts the sentence before its quotation: 'It is late.“I know,” he said'."""
    quotation = article.first_quotation(piece)
    return quotation is not None and article.flow[quotation.outer.start - 1] in ".!?"


def _without_sentence(article: Article, piece: Span) -> Span:
    """The quotation without the reporter's sentence before it: "And then? “God knows.”"."""
    quotation = article.first_quotation(piece)
    if quotation is None or quotation.outer.start <= piece.start:
        return piece
    before = article.flow[piece.start : quotation.outer.start].rstrip()
    return Span(quotation.outer.start, piece.end) if before[-1:] in (".", "?", "!") else piece


def _end_of_quoted(article: Article, piece: Span, cue: Span) -> int:
    """End of the last sentence that contains a quotation or the cue."""
    last = max((one.outer.start for one in article.quotations_at(piece)), default=-1)
    final = article.sentence_at(max(last, cue.start))
    if article.sentence_at(max(piece.start, piece.end - 1)) <= final:
        return piece.end
    return min(piece.end, article.sentences[final].end)


def _without_titles(article: Article, spans: Sequence[Span]) -> Iterator[Span]:
    """Yields the spans without a title that the network takes for content of its own."""
    for span, after in zip_longest(spans, spans[1:]):
        quotation = None if after is None else next(iter(article.quotations_at(after)), None)
        if quotation is None or not _is_title(article, span.start, quotation):
            yield span


def _pieces(article: Article, span: Span, cue: Span | None) -> Iterator[Span]:
    quotation = next(iter(article.quotations_at(span)), None)
    if quotation is None:
        yield span
        return
    if _is_title(article, span.start, quotation):
        span = Span(quotation.outer.start, span.end)
    outer = quotation.outer
    if outer.start == span.start and cue is not None and _is_inscription(article, outer, cue):
        yield outer
        return
    if outer.start > span.start or not _ends_sentence(article, quotation):
        yield span
        return
    yield Span(span.start, min(span.end, outer.end))
    for sentence in article.sentences_in(Span(outer.end, max(span.end, outer.end))):
        if article.is_quoted(sentence.start) or (cue is not None and sentence.covers(cue)):
            yield Span(sentence.start, min(span.end, sentence.end))


def _is_inscription(article: Article, quoted: Span, cue: Span) -> bool:
    """Whether the words are written on something: "A banner reading “Pay now” hung there"."""
    return cue.end + 1 == quoted.start and article.lowered.endswith("reading", cue.start, cue.end)


def _ends_sentence(article: Article, quotation: Quotation) -> bool:
    """Whether another sentence follows the quotation."""
    after = article.sentence_at(quotation.outer.end)
    return after < 0 or article.sentences[after].end <= quotation.outer.end


def _is_title(article: Article, start: int, quotation: Quotation) -> bool:
    """Whether a title precedes a quoted sentence: "The Truths We Keep: An Island Journey, "."""
    before = article.flow[start : quotation.outer.start]
    quoted = quotation.inner.of(article.flow)
    sentence = quoted[0].isupper() and quoted[-1] in ".!?…,"
    if len(before) > TITLE or not before.rstrip().endswith(",") or not sentence:
        return False
    words, links = _WORD.findall(before), word_class("links")
    if len(words) < 2 or words[-1] in links:
        return False
    return all(word[0].isupper() or word in links for word in words)
