"""Completing: merges the proposals of the model, the rules and the layout.

Dropped here is what says nothing, is doubtful or is already settled; deciding.py chooses between
proposals that overlap.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon import cues, labels
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal
from service.extraction.statements.act_signs import has_verb_of_speech
from service.extraction.statements.cover import NESTED_SHARE, Cover
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.grammar import ADVERBS, FINITE, OPENERS
from service.extraction.statements.sentence_reading import is_passive
from service.extraction.statements.signatures import is_credit

DOUBTFUL, DOUBTFUL_UNNAMED = 0.1, 0.3
"""Least confidence of the model's proposals, with and without a mention, that the rules do not find
too. On articles of train that were held out .3 and .5 are worth .001 statement and cost .007
content.
"""
SURE, FREE_SHARE = 0.9, 0.1
"""Rules fill in with this confidence if at most this share of their content is covered: on articles
of train that were held out, filling in with less costs statement F1 .004.
"""


CLAUSE_WORDS = 12
"""Words of a content that are searched for its verb: "the article about eels was late"."""

_DASH = re.compile(r" (?:[-–—]|--) |(?<=\w)(?:—|--)(?=\w)")
_HEADING = re.compile(r"(?=[A-Z ]*[A-Z]{7})(?:[A-Z]{2,} ){2,}(?=[A-Z][a-z])")
"""Two words in capitals, at least one of seven letters, before a word in small letters."""
_RELAYED = re.compile(r"\b(?:quoted|cited)\b[^.;\n]* as (?:saying|telling|declaring)$")
RELAY = 80
"""Characters before "saying" that are searched for "quoted"."""


def complete(
    article: Article, by_model: Iterable[Proposal], by_rules: Iterable[Proposal]
) -> list[Proposal]:
    """Returns the model's proposals, completed by the rules'.

    What the layout shows (block quotations, turns of a transcript, signatures) overrides the model,
    and so does "was quoted as saying", which is rare in its training data. Other confident
    proposals of the rules are added if the model found nothing there.
    """
    by_rules = list(by_rules)
    accepted = [
        proposal for proposal in by_rules if proposal.settled or _is_relayed(article, proposal)
    ]
    settled, seen = Cover(accepted), Cover(by_rules)
    unnamed = Cover(proposal for proposal in by_rules if proposal.follows)
    # a label attributes the words below it, not the headline above it
    labels = {one.mention for one in accepted if one.settled}
    subjects = {proposal.cue: proposal.mention for proposal in by_rules if proposal.cue}
    reported = {proposal.spans[0].start: proposal for proposal in by_rules if proposal.cue}
    interrupted = _interrupted(article, by_rules)
    for proposal in by_model:
        proposal = _with_beginning(article, proposal, interrupted)
        proposal = _with_verb_of_speech(article, proposal, reported)
        doubtful = _is_doubtful(proposal) and seen.share_of(proposal) <= FREE_SHARE
        if doubtful or settled.share_of(proposal) > NESTED_SHARE:
            continue
        if _says_nothing(article, proposal):
            continue
        spans = _beside_cue(article, proposal)
        if not spans:
            continue
        proposal = replace(proposal, cue=_whole_cue(article, proposal.cue))
        if proposal.mention is not None and any(map(proposal.mention.overlaps, article.bylines)):
            proposal = replace(proposal, mention=None)
        elif _is_signed_by_paper(article, proposal) or (
            proposal.mention in labels and _is_above(article, spans[-1], proposal.mention)
        ):
            proposal = replace(proposal, cue=None, mention=None)
        unsaid = proposal.mention is None and not _is_passive(article, proposal.cue)
        follows = unsaid and unnamed.share_of(proposal) > NESTED_SHARE
        mention = _subject(article, proposal, subjects) or _issuer(article, proposal.cue)
        mention = _in_one_sentence(article, mention, proposal.cue)
        mention = _outside_asides(article, _after_heading(article, mention), proposal.cue)
        accepted.append(replace(proposal, spans=spans, mention=mention, follows=follows))
    cover = Cover(accepted)
    accepted += (
        proposal
        for proposal in by_rules
        if proposal.confidence >= SURE and cover.share_of(proposal) <= FREE_SHARE
    )
    return accepted


_LINKING = OPENERS | ADVERBS


def _interrupted(article: Article, by_rules: Iterable[Proposal]) -> dict[Span, Proposal]:
    """Reported words around their clause, by its cue: "Why, he asked, was it shut?"."""
    return {
        one.cue: one
        for one in by_rules
        if one.cue is not None
        and len(one.spans) == 2
        and one.spans[0].end < one.cue.start
        and not _LINKING.issuperset(one.spans[0].of(article.lowered).split())
        and not article.holds_quoted(one.spans[0].start, one.spans[1].end)
    }


def _with_beginning(
    article: Article, proposal: Proposal, interrupted: Mapping[Span, Proposal]
) -> Proposal:
    """The proposal with what precedes its clause, if the network has only what follows."""
    by_rules = None if proposal.cue is None else interrupted.get(proposal.cue)
    if by_rules is None or proposal.cue is None or proposal.spans[0].start < proposal.cue.end:
        return proposal
    if not article.flow.endswith(", ", 0, proposal.spans[0].start):
        return proposal
    spans = (by_rules.spans[0], *proposal.spans)
    return replace(proposal, spans=spans, mention=proposal.mention or by_rules.mention)


def _with_verb_of_speech(
    article: Article, proposal: Proposal, by_rules: Mapping[int, Proposal]
) -> Proposal:
    """The proposal with the rules' cue and mention if its own cue has no word of speech and theirs
    has, before "that": "Biologists led by Ann Roe report that ...", where the network chose "led".
    """
    start, cue = proposal.spans[0].start, proposal.cue
    same = by_rules.get(start) if article.lowered.startswith("that ", start) else None
    if same is None or same.cue is None or cue is None or cue.overlaps(same.cue):
        return proposal
    if has_verb_of_speech(cue.of(article.lowered)):
        return proposal
    if same.mention is None or not has_verb_of_speech(same.cue.of(article.lowered)):
        return proposal
    return replace(proposal, cue=same.cue, mention=same.mention)


def _is_passive(article: Article, cue: Span | None) -> bool:
    return cue is not None and is_passive(article, cue)


def _is_signed_by_paper(article: Article, proposal: Proposal) -> bool:
    """Whether it is "“...” – Reuters", at the end of an article."""
    cue, mention = proposal.cue, proposal.mention
    dashed = (
        cue is not None and mention is not None and cue.of(article.flow) in ("–", "—", "--", "-")
    )
    return dashed and mention is not None and is_credit(mention.of(article.flow))


def _is_above(article: Article, content: Span, label: Span | None) -> bool:
    return label is not None and "\n" in article.flow[content.end : label.start]


def _subject(
    article: Article, proposal: Proposal, subjects: Mapping[Span, Span | None]
) -> Span | None:
    """The mention, corrected by the rules: Roe in "Alongside his guest, Jane Doe, Roe said", if the
    rules see a clause begin; and one of the cue's sentence rather than of another: "Even his
    aide, Bill Tran, told us: “...”" is Tran's.
    """
    mention, cue = proposal.mention, proposal.cue
    by_rules = None if cue is None else subjects.get(cue)
    if mention is not None and mention.of(article.lowered) == "today":
        return by_rules
    if cue is None or mention is None or by_rules is None:
        return mention
    if any(span.covers(by_rules) for span in proposal.spans):
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
    """Whether the mention says where, not who: "Roe did not vote and on her blog slammed ..."."""
    before = article.lowered[max(0, mention.start - 12) : mention.start].split()
    return mention.end <= cue.start and bool(before) and before[-1] in ("on", "in", "at", "via")


_ISSUER = re.compile(
    r"(?P<who>[A-Z][\w&’'.-]*(?: [\w&’'.-]+| ?, (?:Inc|Ltd|LLC|Corp|Co|PLC|plc)\b\.?){0,6})"
    r"(?: \([^()]{2,60}\)){1,3}, (?:an?|the) [^\n;:]{5,200}, (?:today |on \w+ |this week )?$"
)
"""Who publishes a press release: "Acme, Inc. (NYSE: ACM), a leading maker of tools, today said"."""
ISSUER = 500
"""Characters before a cue in which its subject and a description of it begin."""


def _issuer(article: Article, cue: Span | None) -> Span | None:
    if cue is None or _is_passive(article, cue):
        return None
    start = max(cue.start - ISSUER, article.flow.rfind("\n", 0, cue.start) + 1)
    today = len("today ") if article.lowered.startswith("today ", cue.start) else 0
    found = _ISSUER.search(article.flow, start, cue.start + today)
    return None if found is None else Span(*found.span("who"))


_ADDRESSING = re.compile(r"\b(?:told|tells?|telling)\b", re.IGNORECASE)


def _whole_cue(article: Article, cue: Span | None) -> Span | None:
    """The cue with all of "In the words of", without its addressee: "earlier told" of "earlier told
    reporters".
    """
    words = "in the words of"
    if cue is not None and article.lowered.startswith(words, cue.start):
        return Span(cue.start, cue.start + len(words))
    addressed = None if cue is None else _ADDRESSING.search(article.flow, cue.start, cue.end)
    return cue if cue is None or addressed is None else Span(cue.start, addressed.end())


def _beside_cue(article: Article, proposal: Proposal) -> tuple[Span, ...]:
    """The content without unquoted words in a paragraph other than the cue's."""
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
    return not article.is_introduced(quotation)  # the words before the colon name the speaker


def _in_one_sentence(article: Article, mention: Span | None, cue: Span | None) -> Span | None:
    """The part of a mention across two sentences that is nearer to the cue: "Said Mr Gale. Ms Yusuf
    rejected".
    """
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


def _after_heading(article: Article, mention: Span | None) -> Span | None:
    """The mention without the end of a heading in capitals: "Police" of "YORK STABBING Police"."""
    found = None if mention is None else _HEADING.match(article.flow, mention.start, mention.end)
    return mention if found is None or mention is None else Span(found.end(), mention.end)


def _outside_asides(article: Article, mention: Span | None, cue: Span | None) -> Span | None:
    """The mention; None if it is in an aside that ends before the cue: "Protesters looped the
    stadium - where the Panthers played - while chanting".
    """
    if mention is None or cue is None or cue.start < mention.end:
        return mention
    sentence = article.sentences[max(0, article.sentence_at(cue.start))]
    opens = list(_DASH.finditer(article.flow, sentence.start, mention.start))
    closes = _DASH.search(article.flow, mention.end, cue.start)
    inside = len(opens) == 1 and closes is not None
    return None if inside else mention


def _is_relayed(article: Article, proposal: Proposal) -> bool:
    """Whether the cue is "was quoted by the daily as saying", whose speaker is the person
    quoted.
    """
    cue = proposal.cue
    if cue is None:
        return False
    sentence = article.flow[max(0, cue.start - RELAY) : cue.end]
    return _RELAYED.search(sentence) is not None


def _is_doubtful(proposal: Proposal) -> bool:
    least = DOUBTFUL_UNNAMED if proposal.mention is None else DOUBTFUL
    return proposal.confidence < least


def _says_nothing(article: Article, proposal: Proposal) -> bool:
    tests = (_is_thing, _is_state_of_mind, _is_question, _is_of_page)
    return any(is_so(article, proposal) for is_so in tests)


def _is_thing(article: Article, proposal: Proposal) -> bool:
    """Whether the object is a work, not words: "Wrote an article", or an article's title; "said the
    article was late" is speech.
    """
    cue = "" if proposal.cue is None else proposal.cue.of(article.lowered)
    if cue in cues().titling:
        return True
    every = proposal.spans[0].of(article.lowered).split()
    words, things = every[:3], cues().things
    thing = not things.isdisjoint(words) and (words[0] in _BARE or words[0] in things)
    clause = len(proposal.spans) > 1 or not FINITE.isdisjoint(every[2:CLAUSE_WORDS])
    return thing and not (clause and _TELLING.search(cue))


def _is_state_of_mind(article: Article, proposal: Proposal) -> bool:
    """Whether the cue is a state of mind that nobody has voiced: "Both nations are committed to
    peace".
    """
    words = () if proposal.cue is None else proposal.cue.of(article.flow).lower().split()
    return not (_BE.isdisjoint(words) or cues().resolve.isdisjoint(words))


def _is_question(article: Article, proposal: Proposal) -> bool:
    """Whether it is an interviewer's question: "Q: And your teachers?"."""
    mention, cue = proposal.mention, proposal.cue
    return mention is not None and cue is not None and article.flow[mention.start : cue.end] == "Q:"


_DOCUMENTS = ("poll", "report", "study", "survey", "analysis")
"""Labels that say where a headline's news comes from: "Poll: Roe leads by three points"."""
_TURN = re.compile(r"^[A-Z][A-Z.' -]+: ", re.MULTILINE)
TURNS = 2
"""Labels in capitals that make a transcript, unlike one dateline."""


def _is_of_page(article: Article, proposal: Proposal) -> bool:
    """Whether a label of the page opens it: "Caption: ...", "SUND: The minister said ..."."""
    cue, mention = proposal.cue, proposal.mention
    if cue is None or mention is None or cue.of(article.flow) != ":":
        return False
    who = mention.of(article.lowered)
    if who in _DOCUMENTS:
        return False
    placed = mention.of(article.flow).isupper() and " " not in who
    placed = placed and len(_TURN.findall(article.flow)) < TURNS
    reports = placed and holds_cue(article.lowered, proposal.spans[0])
    return reports or labels().match(who) is not None


_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "remain", "remains", "remained"])
_TELLING = re.compile(
    r"\b(?:said|says?|saying|told|tells?|telling|add|according|claim|argu|insist|warn|report|announc"
    r"|noted|explain|admit|conced|confirm|stress|think|thought|believ)"
)
_BARE = frozenset(["a", "an", "the", "his", "her", "their", "several", "many", "some"])


def prefer(known: Iterable[Proposal], proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns ``known`` and what it leaves uncovered of ``proposals``."""
    preferred = list(known)
    if not preferred:
        return list(proposals)
    cover = Cover(preferred)
    for proposal in proposals:
        apart = (replace(proposal, spans=(span,)) for span in proposal.spans)
        spans = [one.spans[0] for one in apart if not cover.share_of(one)]
        if spans:
            preferred.append(replace(proposal, spans=tuple(spans)))
    return preferred
