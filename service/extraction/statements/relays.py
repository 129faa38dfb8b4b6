"""Relays: quotations passed on by somebody other than the speaker.

    “The ferry is late,” Mark Trane quoted Ann Doe as saying.    Mark Trane said Ann Doe had told
    The agency, citing Ann Doe, said the ferry was late.         him “the ferry is late”.

The speaker is Ann Doe; the person who passes the words on is the ``relay``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.clauses import leading, quotation_in
from service.extraction.statements.cues import find_cues
from service.extraction.statements.denials import Judged
from service.extraction.statements.grammar import (
    DETERMINERS,
    FINITE,
    PRONOUNS,
    subject_after,
    subject_before,
)
from service.extraction.statements.passings import (
    TELLING,
    WHO,
    find_passings,
    may_speak,
    put_passing,
)
from service.extraction.statements.tokens import Token, span_of, tokenize

_QUOTING = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)$")
_OF_SOMEBODY = re.compile(
    rf"(?:that )?(?P<who>{WHO})(?: (?P<verb>{TELLING})(?: [\w'.-]+){{0,2}})?[:,]? ?$"
)
_APART = re.compile(r",|(?:\S+ ){4}")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|should|did|does|[a-z]+ed)\b"
)
_LINK = re.compile(
    r"[ ,;]*(?:\b(?:when|that|and|but|because|while|as|after|before|where|how|since|in which)\b)?"
    r"[ ,;]*$"
)
_PASSED_ON = re.compile(r"\b(?:retweet|repost|reshar|forward)[a-z]* by\b")
_HANDLE = re.compile(r"@\w{1,30}(?=: )")


def read_relays(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns the proposals, with relayed words attributed to their speaker."""
    decided = [one for proposal in proposals for one in _inside(article, proposal)]
    for passing in find_passings(article):
        decided = put_passing(decided, passing)
    return decided


def _inside(article: Article, proposal: Proposal) -> Iterator[Proposal]:
    """Yields the proposal, or the statements into which a relayed one is split."""
    quotation = quotation_in(article, proposal)
    if quotation is None or proposal.settled or proposal.block or proposal.denied:
        yield proposal
        return
    first, start, cue = proposal.spans[0], quotation.outer.start, proposal.cue
    led = cue is not None and cue.end < first.start
    made: Sequence[Proposal] | Proposal | None = _passed_on(article, proposal, quotation)
    if made is None and (led or start > first.start + 2):
        made = _in_clause(article, proposal, quotation)
        made = made or _of_another(article, proposal, quotation)
    if made is None and start <= first.start + 2:
        made = _before_clause(article, proposal, quotation)
    if made is None:
        yield proposal
    elif isinstance(made, Proposal):
        yield made
    else:
        yield from made


def _in_clause(
    article: Article, proposal: Proposal, quotation: Quotation
) -> Sequence[Proposal] | None:
    """The statement of "Ann Doe had told him “...”", within what Mark Trane says, after what he
    says himself.
    """
    first, cue = proposal.spans[0], proposal.cue
    start = cue.end if cue is not None and cue.end < first.start else first.start
    sentence = article.sentences[max(0, article.sentence_at(quotation.outer.start))]
    start = max(start, sentence.start)
    lead = [word.rstrip(",:") for word in article.lowered[start : quotation.outer.start].split()]
    if len(lead) < 2 or (cues().report.isdisjoint(lead) and cues().act.isdisjoint(lead)):
        return None  # a quick check before the slow one
    clause = leading(article, start, quotation.outer.start)
    if clause is None or clause.judged is not Judged.SAID:
        return None
    if cue is not None and cue.overlaps(clause.verb):
        return None
    if clause.names and _names_nobody(article, clause.verb, quotation, start):
        return None
    who = _who_says(article, tokenize(article, sentence), clause.verb, start)
    if who is None or who.of(article.lowered) in _ARTICLES:
        return None  # "the only call" is a noun
    begins = clause.content
    if article.lowered[clause.verb.end : quotation.outer.start].strip() in DETERMINERS:
        begins = clause.verb.end  # "said the “smell of decay” came from the tank"
    words = Span(begins, _end(article, first, quotation, begins))
    made = _relayed(proposal, (words,), clause.verb, who)
    between = article.lowered[start : who.start]
    if first.start > who.start and _APART.search(between):
        made = replace(made, relay=None)  # a separate clause: "asked by him, Ann Doe said"
    before = Span(first.start, max(first.start, who.start))
    before_it = article.lowered[before.start : before.end].strip()
    if before_it in ("", "that", "how"):
        return (made,)
    if _FINITE.search(before_it) is None:
        return (made,) if before_it.endswith("in which") else None
    kept = _LINK.sub("", before.of(article.flow))
    return replace(proposal, spans=(Span(before.start, before.start + len(kept)),)), made


def _names_nobody(article: Article, verb: Span, quotation: Quotation, start: int) -> bool:
    """Whether a verb of naming has no object: "an account called “Eel”", "were calling “daily”"."""
    if article.flow[verb.end : quotation.outer.start].strip():
        return False
    return _RELATIVE.search(article.flow, start, verb.start) is None


_ARTICLES = frozenset(("the", "a", "an"))
_RELATIVE = re.compile(r"\b(?:[Ww]hat|which|whom|that) (?:(?:he|she|they|some|the)\b|[A-Z])")
"""The object of a verb of naming, before its subject: "what he called “a trap”"."""


def _end(article: Article, first: Span, quotation: Quotation, start: int) -> int:
    """End of the content: at the closing marks of direct speech, else at the end of ``first``."""
    if start >= quotation.outer.start or first.end <= quotation.outer.end:
        return quotation.outer.end
    return first.end


def _who_says(article: Article, tokens: Sequence[Token], verb: Span, start: int) -> Span | None:
    """The verb's subject, if it is a cue and names somebody after ``start``; None otherwise."""
    found = find_cues(article.lowered, tokens)
    cue = next((one for one in found if tokens[one.first].start == verb.start), None)
    if cue is None or cue.passive or cue.word.endswith("ing"):
        return None
    first = cue.first
    if cue.infinitive:
        first -= 2  # "her father used to say"
        if first < 1 or [token.word for token in tokens[first : first + 2]] != ["used", "to"]:
            return None
    subject = subject_before(tokens, first)
    if subject is None or tokens[subject[0]].start < start:
        return None
    between = {token.word for token in tokens[subject[1] : first]}
    if not _UNSAID.isdisjoint(between) or (cue.word == "written" and _HAVE.isdisjoint(between)):
        return None  # "nine albums, most of them written in the 1970s, like “Dark Water”"
    words = {token.word.partition("'")[0] for token in tokens[slice(*subject)]}
    before = [token.word for token in tokens[max(0, subject[0] - 2) : subject[0]]]
    if not words.isdisjoint(_NOBODY):
        return None
    if before[-1:] == ["which"] and before != ["in", "which"]:
        return None
    return span_of(tokens, *subject)


_NOBODY = PRONOUNS | {"been", "what", "which", "that", "it", "this", "there", "whom"}
"""A subject with one of these words does not name anybody."""
_UNSAID = frozenset(("will", "would", "can", "could", "should", "may", "might", "must", "wo"))
"""Between a subject and its verb: it was not said, or not yet."""


_HAVE = frozenset(("has", "have", "had"))


def _of_another(article: Article, proposal: Proposal, quotation: Quotation) -> Proposal | None:
    """The statement of "Quoted her late father: “...”", "remembered Ann Doe saying, “...”"."""
    first, cue = proposal.spans[0], proposal.cue
    found = _OF_SOMEBODY.fullmatch(article.lowered, first.start, quotation.outer.start)
    if found is None or cue is None or cue.start > first.start:
        return None
    quoting = _QUOTING.search(article.lowered, cue.start, cue.end) is not None
    introduced = article.lowered[: quotation.outer.start].rstrip().endswith((":", ","))
    if not found["verb"] and not (quoting and introduced):
        return None
    if found["verb"] and article.flow[found.start("verb")].isupper():
        return None  # a headline
    who = _without_link(article, Span(*found.span("who")))
    if article.lowered[who.start : who.end].split()[-1] in FINITE:
        return None  # "the agents were calling “daily”"
    if not _is_somebody(who.of(article.flow)):
        return None
    verb = Span(*found.span("verb")) if found["verb"] else cue
    return _relayed(proposal, (quotation.outer,), verb, who)


def _without_link(article: Article, who: Span) -> Span:
    """The words before "as" and "for": Ann Doe in "mocked Ann Doe for calling it “late”"."""
    for link in (" as", " for"):
        if article.lowered.endswith(link, who.start, who.end):
            return Span(who.start, who.end - len(link))
    return who


def _is_somebody(who: str) -> bool:
    """Whether the words name a person, unlike "a statement", which somebody issues saying."""
    words = who.split()
    if words[0].lower() in ("a", "an", "such") or len(words) > 8:
        return False
    return words[0][0].isupper() or may_speak(who.lower())


def _before_clause(article: Article, proposal: Proposal, quotation: Quotation) -> Proposal | None:
    """The statement of "“...,” Ann Doe said, according to Mark Trane", read as all Trane's, or of
    "“...,” Trane said his aide had told him".
    """
    passed_on = _after_clause(article, proposal, quotation)
    if passed_on is not None:
        return passed_on
    cue, end = proposal.cue, quotation.outer.end
    later = tuple(span for span in proposal.spans if span.start > end)
    last = proposal.spans[-1 - len(later)]
    rest = Span(end, max(end, last.end))
    if cue is None or cue.start < rest.end or len(rest) < 4 or article.quotations_in(rest):
        return None
    sentence = article.sentences[max(0, article.sentence_at(rest.start))]
    tokens = [one for one in tokenize(article, sentence) if rest.start <= one.start < rest.end]
    saying = [at for at, token in enumerate(tokens) if token.word in _SAID]
    if len(saying) != 1:
        return None
    at = saying[0]
    precedes = at > 0 and tokens[at - 1].word[0].isalnum()
    subject = subject_before(tokens, at) if precedes else subject_after(tokens, at)
    who = None if subject is None else span_of(tokens, *subject)
    if who is None or tokens[subject[0] if subject else 0].word in _NOBODY:
        return None
    verb = Span(tokens[at].start, tokens[at].end)
    return _relayed(proposal, (quotation.outer, *later), verb, who)


_INFORMED = re.compile(
    rf"(?:that |how )?(?P<who>{WHO}) (?:had |has |once |later )*(?P<verb>told|tells|warned|assured"
    r"|said to|shouted at|wrote to|asked) (?:him|her|them|me|us)\.?"
)


def _after_clause(article: Article, proposal: Proposal, quotation: Quotation) -> Proposal | None:
    """The statement of "“...,” Ann Doe said her brother had told her"."""
    cue = proposal.cue
    if (
        cue is None
        or cue.start < quotation.outer.end
        or not article.lowered.startswith(" ", cue.end)
    ):
        return None
    sentence = article.sentences[max(0, article.sentence_at(cue.start))]
    found = _INFORMED.fullmatch(article.lowered, cue.end + 1, sentence.end)
    if found is None:
        return None
    who, verb = Span(*found.span("who")), Span(*found.span("verb"))
    return _relayed(proposal, (quotation.outer,), verb, who)


_SAID = frozenset(
    ("said", "says", "wrote", "writes", "told", "added", "asked", "shouted", "replied")
)


def _passed_on(article: Article, proposal: Proposal, quotation: Quotation) -> Proposal | None:
    """The statement of "“@annd: It is late.” — retweeted by Mark Trane": Ann D's, or without a
    known speaker.
    """
    cue = proposal.cue
    if cue is None or not article.lowered.endswith(" by", cue.start, cue.end):
        return None
    if _PASSED_ON.search(article.lowered, cue.start, cue.end) is None:
        return None
    handle = _HANDLE.match(article.flow, quotation.inner.start)
    who = None if handle is None else Span(*handle.span())
    start = quotation.inner.start if handle is None else handle.end() + len(": ")
    words = Span(start, max(start + 1, quotation.inner.end))
    return replace(_relayed(proposal, (words,), cue, who), block=True)


def _relayed(proposal: Proposal, spans: tuple[Span, ...], verb: Span, who: Span | None) -> Proposal:
    made = replace(proposal, spans=spans, cue=verb, mention=who)
    return replace(made, follows=False, relay=proposal.mention)
