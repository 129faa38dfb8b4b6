"""Deciding: what becomes a statement of all that taggers proposed.

One place decides: overlapping proposals are settled, spans are cut at furniture and at quotation
marks, and each statement gets its form. Who the mention means is decided in speakers/.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from service.deadline import in_time
from service.domain import Act, Form, Span
from service.extraction.lexicon import cues
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.grammar import FINITE
from service.extraction.statements.titled import is_titled

_COMPLEMENTIZER = re.compile(r"that\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_LOOSE_END = " \t\n,;:–—-"
_LOOSE_START = _LOOSE_END + ".!?)"

NESTED_SHARE = 0.5
"""Two proposals that share more of the shorter one than this are one statement told twice."""


DOUBTFUL, DOUBTFUL_UNNAMED = 0.1, 0.3
"""What the model proposes with less, or with less and nobody for it, is left out where the rules do
not see it either. On articles of train that were held out .3 and .5 are worth .001 statement and
cost .007 content."""
SURE, FREE_SHARE = 0.9, 0.1
"""Rules fill in with this confidence where no more of their content is taken: on articles of train
that were held out, filling in with less costs statement F1 .004."""


CLAUSE_WORDS = 12
"""Words of a content in which its verb stands: "the article about eels was late"."""

_RELAYED = re.compile(r"\b(?:quoted|cited)\b[^.;\n]* as (?:saying|telling|declaring)$")
RELAY = 80
"""Characters back from "saying" in which "quoted" stands."""


_Rival = TypeVar("_Rival", Proposal, "Decision")


class Decision(Struct, frozen=True, gc=False):
    """A proposal that stands, its spans cut to size. ``act`` None: it is nobody's statement, and
    says only where somebody is the subject."""

    proposal: Proposal
    form: Form
    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]
    act: Act | None = Act.SPEECH

    @property
    def confidence(self) -> float:
        return self.proposal.confidence


def complete(
    article: Article, by_model: Iterable[Proposal], by_rules: Iterable[Proposal]
) -> list[Proposal]:
    """The model's proposals, and of the rules' what it does not see.

    What the page's layout settles (block quotations, turns of a transcript, signatures) is so,
    whatever the model takes out of it, and "was quoted as saying" is rare in what it learned from.
    What else the rules are sure of is added where the model found nothing.
    """
    by_rules = list(by_rules)
    accepted = [
        proposal for proposal in by_rules if proposal.settled or _is_relayed(article, proposal)
    ]
    settled, seen = _Cover(accepted), _Cover(by_rules)
    unnamed = _Cover(proposal for proposal in by_rules if proposal.follows)
    subjects = {proposal.cue: proposal.mention for proposal in by_rules if proposal.cue}
    for proposal in by_model:
        doubtful = _is_doubtful(proposal) and seen.share_of(proposal) <= FREE_SHARE
        if doubtful or settled.share_of(proposal) > NESTED_SHARE:
            continue
        if _says_nothing(article, proposal):
            continue
        spans = _beside_cue(article, proposal)
        if not spans:
            continue
        proposal = replace(proposal, cue=_without_addressee(article, proposal.cue))
        if proposal.mention is not None and any(map(proposal.mention.overlaps, article.bylines)):
            proposal = replace(proposal, mention=None)
        follows = proposal.mention is None and unnamed.share_of(proposal) > NESTED_SHARE
        mention = _in_one_sentence(article, _subject(article, proposal, subjects), proposal.cue)
        accepted.append(replace(proposal, spans=spans, mention=mention, follows=follows))
    cover = _Cover(accepted)
    accepted += (
        proposal
        for proposal in by_rules
        if proposal.confidence >= SURE and cover.share_of(proposal) <= FREE_SHARE
    )
    return accepted


def _subject(
    article: Article, proposal: Proposal, subjects: Mapping[Span, Span | None]
) -> Span | None:
    """ "Alongside his guest, Jane Doe, Roe said": Roe, where the rules see a clause begin. Of one
    sentence rather than of another: "Even his aide, Bill Tran, told us: “...”" is Tran's."""
    mention, cue = proposal.mention, proposal.cue
    by_rules = None if cue is None else subjects.get(cue)
    if cue is None or mention is None or by_rules is None:
        return mention
    here = article.sentence_at(cue.start)
    if article.sentence_at(mention.start) != here == article.sentence_at(by_rules.start):
        return by_rules
    if not by_rules.overlaps(mention) and _is_adverbial(article, mention, cue):
        return by_rules
    between = article.flow[mention.start : by_rules.start]
    if by_rules.end == mention.end:
        named = article.flow[by_rules.start : mention.start].endswith(", ")
        return by_rules if named or between.endswith(", ") else mention
    beside = mention.end == by_rules.start - 2 and by_rules.end == cue.start - 1
    return by_rules if beside and between.endswith(", ") else mention


def _is_adverbial(article: Article, mention: Span, cue: Span) -> bool:
    """ "Roe did not vote and on her blog slammed ...": where it is said, not who says it."""
    before = article.lowered[max(0, mention.start - 12) : mention.start].split()
    return mention.end <= cue.start and bool(before) and before[-1] in ("on", "in", "at", "via")


_ADDRESSING = re.compile(r"\b(?:told|tells?|telling)\b", re.IGNORECASE)


def _without_addressee(article: Article, cue: Span | None) -> Span | None:
    """ "Earlier told reporters": whom it is told is no part of the cue."""
    addressed = None if cue is None else _ADDRESSING.search(article.flow, cue.start, cue.end)
    return cue if cue is None or addressed is None else Span(cue.start, addressed.end())


def _beside_cue(article: Article, proposal: Proposal) -> tuple[Span, ...]:
    """The content without what is not quoted and stands in another paragraph than the cue."""
    if proposal.cue is None:
        return proposal.spans
    home = article.paragraph_at(proposal.cue.start)
    return tuple(
        span
        for span in proposal.spans
        if article.paragraph_at(span.start) == home or _begins_quoted(article, span)
    )


def _begins_quoted(article: Article, span: Span) -> bool:
    quotation = next(iter(article.quotations_at(span)), None)
    if quotation is None or quotation.outer.start > span.start + 1:
        return False
    return not article.is_introduced(quotation)  # what stands before the colon says whose it is


def _in_one_sentence(article: Article, mention: Span | None, cue: Span | None) -> Span | None:
    """ "Said Mr Gale. Ms Yusuf rejected": of a mention that two sentences share the cue's part."""
    if mention is None or cue is None:
        return mention
    first, last = article.sentence_at(mention.start), article.sentence_at(mention.end - 1)
    if first == last:
        return mention
    parts = [
        Span(max(mention.start, sentence.start), min(mention.end, sentence.end))
        for sentence in article.sentences[max(0, first) : last + 1]
    ]
    part = min(parts, key=lambda part: max(part.start - cue.end, cue.start - part.end))
    return Span(part.start, part.end - article.flow.endswith(".", part.start, part.end))


def _is_relayed(article: Article, proposal: Proposal) -> bool:
    """ "Was quoted by the daily as saying": who is quoted speaks, not who quotes."""
    cue = proposal.cue
    if cue is None:
        return False
    sentence = article.flow[max(0, cue.start - RELAY) : cue.end]
    return _RELAYED.search(sentence) is not None


def _is_doubtful(proposal: Proposal) -> bool:
    least = DOUBTFUL_UNNAMED if proposal.mention is None else DOUBTFUL
    return proposal.confidence < least


def _says_nothing(article: Article, proposal: Proposal) -> bool:
    return any(is_so(article, proposal) for is_so in (_is_thing, _is_state_of_mind, _is_question))


def _is_thing(article: Article, proposal: Proposal) -> bool:
    """ "Wrote an article", an article's title: something is said, but not what; "said the article
    was late" says it."""
    cue = "" if proposal.cue is None else proposal.cue.of(article.lowered)
    if cue in cues().titling:
        return True
    every = proposal.spans[0].of(article.lowered).split()
    words, things = every[:3], cues().things
    thing = not things.isdisjoint(words) and (words[0] in _BARE or words[0] in things)
    clause = len(proposal.spans) > 1 or not FINITE.isdisjoint(every[2:CLAUSE_WORDS])
    return thing and not (clause and _TELLING.search(cue))


def _is_state_of_mind(article: Article, proposal: Proposal) -> bool:
    """ "Both nations are committed to peace": a state of mind, which nobody has voiced."""
    words = () if proposal.cue is None else proposal.cue.of(article.flow).lower().split()
    return not (_BE.isdisjoint(words) or cues().resolve.isdisjoint(words))


def _is_question(article: Article, proposal: Proposal) -> bool:
    """ "Q: And your teachers?": what an interviewer asks; answers are their speaker's."""
    mention, cue = proposal.mention, proposal.cue
    return mention is not None and cue is not None and article.flow[mention.start : cue.end] == "Q:"


_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "remain", "remains", "remained"])
_TELLING = re.compile(
    r"\b(?:said|says?|saying|told|tells?|telling|add|according|claim|argu|insist|warn|report|announc"
    r"|noted|explain|admit|conced|confirm|stress|think|thought|believ)"
)
_BARE = frozenset(["a", "an", "the", "his", "her", "their", "several", "many", "some"])


class _Cover:
    """The characters that some proposals cover, for quick comparison with others."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        spans = sorted(span for proposal in proposals for span in proposal.spans)
        self._spans: list[Span] = []
        for span in spans:
            if self._spans and span.start <= self._spans[-1].end:
                last = self._spans.pop()
                span = Span(last.start, max(last.end, span.end))
            self._spans.append(span)

    def share_of(self, proposal: Proposal) -> float:
        """How much of the proposal's content is covered, 0 to 1."""
        covered = 0
        for span in proposal.spans:
            at = bisect_left(self._spans, span.start, key=lambda s: s.end)
            while at < len(self._spans) and self._spans[at].start < span.end:
                other = self._spans[at]
                covered += min(span.end, other.end) - max(span.start, other.start)
                at += 1
        return covered / _length(proposal.spans)


def prefer(known: Iterable[Proposal], proposals: Iterable[Proposal]) -> list[Proposal]:
    """What is told stands; of the others what it does not touch."""
    preferred = list(known)
    if not preferred:
        return list(proposals)
    cover = _Cover(preferred)
    for proposal in proposals:
        apart = (replace(proposal, spans=(span,)) for span in proposal.spans)
        spans = [one.spans[0] for one in apart if not cover.share_of(one)]
        if spans:
            preferred.append(replace(proposal, spans=tuple(spans)))
    return preferred


def decide(article: Article, proposals: Iterable[Proposal]) -> list[Decision]:
    """Statements in reading order, none of them inside another."""
    decided = []
    for proposal in in_time(_without_overlaps(proposals)):
        decision = _decide_one(article, _without_loose_ends(article.flow, proposal))
        if decision is not None:
            decided.append(decision)
    # spans grow to whole quotations, and then may cover another's
    return _without_overlaps(decided)


def _without_loose_ends(flow: str, proposal: Proposal) -> Proposal:
    """The mention and the cue without white space and punctuation at their ends."""

    def tightened(span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = span.start, span.end
        while end - start > 1 and flow[end - 1] in _LOOSE_END:
            end -= 1
        while end - start > 1 and flow[start] in _LOOSE_END:
            start += 1
        return span if (start, end) == (span.start, span.end) else Span(start, end)

    mention, cue = tightened(proposal.mention), tightened(proposal.cue)
    if mention is proposal.mention and cue is proposal.cue:
        return proposal
    return replace(proposal, mention=mention, cue=cue)


def _without_overlaps(proposals: Iterable[_Rival]) -> list[_Rival]:
    kept: list[_Rival] = []
    for proposal in sorted(proposals, key=lambda p: (p.spans[0], -p.confidence)):
        rival = next(
            (
                i
                for i in range(len(kept) - 1, max(-1, len(kept) - 4), -1)
                if _share(kept[i], proposal) > NESTED_SHARE
            ),
            None,
        )
        if rival is None:
            kept.append(proposal)
        elif proposal.confidence > kept[rival].confidence:
            kept[rival] = proposal
    return kept


def _share(one: Proposal | Decision, other: Proposal | Decision) -> float:
    common = 0
    if one.spans[-1].end <= other.spans[0].start:
        return 0.0
    for a in one.spans:
        for b in other.spans:
            if a.start < b.end and b.start < a.end:
                common += min(a.end, b.end) - max(a.start, b.start)
    return common / min(_length(one.spans), _length(other.spans)) if common else 0.0


def _length(spans: Sequence[Span]) -> int:
    return max(1, sum(map(len, spans)))


def _decide_one(article: Article, proposal: Proposal) -> Decision | None:
    flow = article.flow
    pieces = [
        piece
        for span in proposal.spans
        for part in _without_furniture(article, _whole_quotations(article, span))
        if (piece := _trim(article, part)) is not None
    ]
    if not pieces:
        return None
    if proposal.block:
        whole = tuple(part for span in proposal.spans for part in _without_furniture(article, span))
        return Decision(proposal, Form.DIRECT, whole, whole)
    pieces = _merged(article, pieces)
    quoted = [inner for piece in pieces for inner in _quoted_in(article, piece)]
    form = _form(flow, pieces, quoted)
    if form is Form.DIRECT:
        spans = tuple(_without_comma(flow, span) for span in quoted)
        return Decision(proposal, form, spans, spans)
    if form is Form.MIXED:
        quoted = [inner for piece in pieces for inner in _said_in(article, piece)]
        form = Form.MIXED if quoted else Form.INDIRECT
    return Decision(proposal, form, tuple(pieces), tuple(quoted))


def _form(flow: str, pieces: Sequence[Span], quoted: Sequence[Span]) -> Form:
    if not quoted:
        return Form.INDIRECT
    outside = []
    for piece in pieces:
        that = _COMPLEMENTIZER.match(flow, piece.start, piece.end)
        position = piece.start if that is None else that.end()
        for span in quoted:
            if piece.start <= span.start < piece.end:
                outside.append(flow[position : span.start])
                position = span.end
        outside.append(flow[position : piece.end])
    return Form.DIRECT if _LETTER.search(" ".join(outside)) is None else Form.MIXED


def _whole_quotations(article: Article, span: Span) -> Span:
    """Grown so that a mark-to-mark stretch belongs to one statement."""
    start, end = span.start, span.end
    for quotation in article.quotations_at(span):
        start, end = min(start, quotation.outer.start), max(end, quotation.outer.end)
    return Span(start, end)


def _without_furniture(article: Article, span: Span) -> Iterator[Span]:
    start = span.start
    low = bisect_left(article.furniture, span.start, key=lambda f: f.end)
    for at in range(low, len(article.furniture)):
        line = article.furniture[at]
        if line.start >= span.end:
            break
        if start < line.start:
            yield Span(start, line.start)
        start = max(start, line.end)
    if start < span.end:
        yield Span(start, span.end)


def _trim(article: Article, span: Span) -> Span | None:
    """Without white space and loose punctuation at its ends; marks go only in pairs."""
    flow = article.flow
    start, end = span.start, span.end
    while start < end and flow[start] in _LOOSE_START:
        start += 1
    while end > start and (flow[end - 1] in _LOOSE_END or flow[end - 1] == "."):
        if flow[end - 1] == "." and not _is_full_stop(article, end):
            break
        end -= 1
    if flow.endswith(_CONJUNCTIONS, start, end) and not article.is_quoted(end - 1):
        end = start + len(flow[start:end].rpartition(" ")[0].rstrip(_LOOSE_END))
    return Span(start, end) if any(c.isalnum() for c in flow[start:end]) else None


_CONJUNCTIONS = (" and", " or", " but", ", which", ", who")
"""At its end they lead to what is no part of it: "denied it and", "she said"."""


def _is_full_stop(article: Article, end: int) -> bool:
    """The reporter's, after a word; inside marks and in "U.S." it is content."""
    if article.is_quoted(end - 1):
        return False
    flow = article.flow
    return not (end >= 3 and flow[end - 2].isupper() and flow[end - 3] in ". ")


def _merged(article: Article, pieces: Iterable[Span]) -> list[Span]:
    """Pieces of one paragraph with nothing between them are one; so are overlapping ones."""
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and _adjoin(article, merged[-1], piece):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        else:
            merged.append(piece)
    return merged


def _adjoin(article: Article, one: Span, other: Span) -> bool:
    if other.start <= one.end:
        return True
    gap = Span(one.end, other.start)
    blank = gap.of(article.flow).strip(" ") == ""
    return blank and next(_without_furniture(article, gap), None) == gap


def _quoted_in(article: Article, piece: Span) -> Iterator[Span]:
    for quotation in article.quotations_at(piece):
        yield from _inner_of(article, quotation, piece)


def _said_in(article: Article, piece: Span) -> Iterator[Span]:
    """Without quoted names, which are nobody's words."""
    for quotation in article.quotations_at(piece):
        if not is_titled(article, quotation):
            yield from _inner_of(article, quotation, piece)


def _inner_of(article: Article, quotation: Quotation, piece: Span) -> Iterator[Span]:
    inner = Span(max(quotation.inner.start, piece.start), min(quotation.inner.end, piece.end))
    yield from _without_furniture(article, inner)


def _without_comma(flow: str, span: Span) -> Span:
    """The comma before a closing mark is the reporter's, by American typesetting."""
    end = span.end
    while end > span.start and flow[end - 1] in _LOOSE_END:
        end -= 1
    return span if end == span.end else Span(span.start, end)
