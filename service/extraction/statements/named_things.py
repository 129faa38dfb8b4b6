"""Named things: quotation marks around names, titles and words, which are not statements.

    a ferry known as “Old Joan”      the song “Abide with Me”      Joe “the Boss” Smith
    the term “carbon leakage”        CLARIFICATION: An earlier version said ...

Titles of works, names of ships, nicknames and words as words are recognised by their context. A
fragment that somebody is said to have used is kept ("called it “a disgrace”", "which she called “a
trap”", "was called “a disgrace” by ..."). An editor's note below an article is not a statement.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from service.domain import Span
from service.extraction.lexicon import cues, things
from service.extraction.lexicon.people import word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.proposal import Proposal
from service.extraction.statements.clauses import quotation_in
from service.extraction.statements.titled import follows_work, is_set_as_title

LEAD = 60
"""Characters before a quotation that are searched for the kind of thing it names."""
LONGEST = 70
"""Longest name or title in characters."""
DEFINITE = ("the ", "his ", "her ", "their ", "its ", "these ", "those ")
"""Beginnings of mentions of particular people, unlike "locals"."""
NICKNAME_WORDS = 3
"""Longest nickname in words, within a name: "Joe “the Boss” Smith"."""

_NAMED = re.compile(
    r"\b(?:named|titled|entitled|subtitled|nicknamed|christened|code-?named|renamed|retitled|marked|stamped|typed|typing|spell(?:s|ed|ing)?|spelt|googled|clicked|pressed|tapped"
    r"|headlined|known (?:to [\w' ]{1,30} )?as|by the name of|under the (?:title|name)"
    r"|(?:an?|the|his|her|their|its) (?:[a-z]+ )?(?:name|alias|pseudonym|moniker))[,:]? ?$"
)
_CALLED = re.compile(r"\b(?:called|dubbed|billed as)[,:]? ?$")
_BY_WHOM = re.compile(
    r"\b(?:what|which|whom|that|who)\b(?:[^;:.“”]|\b(?:mr|mrs|ms|dr|sen|rep|gov|gen|prof|lt|sgt|st"
    r"|[a-z])\.){2,80}$"
)
_AGENT = re.compile(r"[^.;:]{0,40}\bby [^\W\d_]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PHRASE = re.compile(r"(?:in|on|at|for|from|with|under) (?:[\w'-]+,? ){0,6}$")
_FROM = re.compile(r"from $")
_ITSELF = re.compile(r"\bcall(?:s|ed|ing)? (?:itself|themselves|himself|herself) $")
_GENERIC = re.compile(r"\b[Ww]hat (?:[a-z-]+ ){0,2}[a-z]+s (?:often |sometimes |have )?call $")
_WROTE = re.compile(r"\b(?:wrote|writes|written|penned|authored)\b")
_OBJECT = re.compile(
    r"(?:(?:the|a|an|his|her|their|its|another|several|many|some|two|three|\d+) )"
    r"[\w ’',-]{2,60}[“\"«‘']"
)
_AMONG = re.compile(r",? (?:among (?:them|others)|including|such as|notably),? ?$")
_PIECE = re.compile(
    r"\b(?:commentary|column|essay|article|op-ed|editorial|review|paper|book|novel|memoir|poem|song"
    r"|film|lecture|sermon|exhibition|play|album|documentary|series),? ?$"
)
_HOLDS = re.compile(r"(?:contain|include|feature|bear)(?:s|d|ed|ing)?$")
_MOTTO = re.compile(r"\b(?:mottos?|slogans?|taglines?|straplines?)(?: is| was|,)? $")
_NICKNAME = re.compile(r"[^\W\d_a-z][\w’'-]* $")
_SURNAME = re.compile(r" [^\W\d_a-z]")


_NOTE_BEGINS = (
    *("clarif", "correct", "amend", "errat", "editor", "note to", "an earlier", "a previous"),
    *("an original", "a prior", "this ", "*", "[", "(", "_", "due to ", "because of ", "owing to "),
    "an editing",
    *("the ", "we ", "note", "except for", "discl", "views", "opinions"),
)
"""Beginnings of editors' notes, for a quick check before the pattern."""


def leave_out_named(article: Article, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Returns the proposals without those that only quote a name, and without editors' notes."""
    notes, remaining, names = _notes(article), list[Proposal](), set[int]()
    for proposal in proposals:
        if proposal.settled or not (_is_noted(notes, proposal) or _is_name(article, proposal)):
            remaining.append(proposal)
        else:
            names.add(article.sentence_at(proposal.spans[0].start))
    if not names:
        return remaining
    return [one for one in remaining if not _tells_of(article, names, one)]


def _tells_of(article: Article, names: set[int], proposal: Proposal) -> bool:
    """Whether it is the rest of a sentence about a named thing, without a speaker: "the ferry" "was
    sold".
    """
    alone = proposal.mention is None and not proposal.settled
    here = alone and article.sentence_at(proposal.spans[0].start) in names
    return here and not any(article.quotations_at(span) for span in proposal.spans)


def _notes(article: Article) -> list[Span]:
    """Paragraphs in which editors comment on the article, and captions of pictures."""
    return [
        one for one in article.paragraphs if _is_note(article, one) or _is_caption(article, one)
    ]


def _is_note(article: Article, paragraph: Span) -> bool:
    lowered, start = article.lowered, paragraph.start
    begins = lowered.startswith(_NOTE_BEGINS, start)
    return begins and things().note.match(lowered, start, paragraph.end) is not None


def _is_caption(article: Article, paragraph: Span) -> bool:
    if len(paragraph) > CAPTION or article.is_quoted(paragraph.start):
        return False
    start = max(paragraph.start, paragraph.end - CREDIT)
    if things().credited.search(article.lowered, start, paragraph.end) is None:
        return False
    return not (
        _SENT.search(article.lowered, start, paragraph.end) and _is_last(article, paragraph)
    )


def _is_last(article: Article, paragraph: Span) -> bool:
    """Whether nothing but short lines of the page follow."""
    number = article.paragraph_at(paragraph.start)
    below = article.paragraphs[number + 1 : number + 2 + MOST_BELOW]
    return len(below) <= MOST_BELOW and all(len(one) < LONGEST_BELOW for one in below)


CAPTION, CREDIT = 500, 80
"""Longest caption, and the longest credit at its end."""
MOST_BELOW, LONGEST_BELOW = 10, 80
"""Most lines of the page below an article, and their greatest length."""
_SENT = re.compile(
    r"[.!?”\"] ?[(\[](?:[\w ]{2,20}/)?(?:ap|afp|reuters|pa|dpa|tass|xinhua)(?:/[\w ]{2,20})?[)\]]$"
)
"""The agency that sent a report, at its end: "said Bell. (Reuters)"."""


def _is_noted(notes: list[Span], proposal: Proposal) -> bool:
    at = bisect_left(notes, proposal.spans[0].start, key=lambda note: note.end)
    return at < len(notes) and notes[at].start <= proposal.spans[0].start


def _is_name(article: Article, proposal: Proposal) -> bool:
    """Whether all that it quotes is the name of something, and its cue is not one of speech."""
    first = quotation_in(article, proposal)
    if first is None or len(first.inner) > LONGEST or proposal.denied or proposal.relay is not None:
        return False
    quotations = [q for span in proposal.spans for q in article.quotations_at(span)]
    for one in quotations:
        if len(one.inner) > LONGEST:
            return False
        if article.flow[one.inner.end - 1] in ".!?" and not _ends_with_title(article, one):
            return False
    return all(_names_it(article, proposal, one) for one in quotations)


def _ends_with_title(article: Article, quotation: Quotation) -> bool:
    """Whether a title ends the sentence, "In her documentary “Salt.” It ...", or is a question, "a
    note titled “Game over?”". By American typesetting the full stop is inside the marks.
    """
    text = quotation.inner.of(article.flow)
    before = article.lowered[max(0, quotation.outer.start - LEAD) : quotation.outer.start]
    links = word_class("links")
    set_so = all(word[0].isupper() or word[0].isdigit() or word in links for word in text.split())
    named = follows_work(before) or _NAMED.search(before) or _CALLED.search(before)
    if text.endswith("."):
        return set_so and bool(named)
    return _NAMED.search(before) is not None


def _is_listed(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is a title in a list of works: "Ann Bell: “Salt Road”", alone on its line."""
    cue, outer = proposal.cue, quotation.outer
    if cue is None or cue.of(article.flow) != ":":
        return False
    paragraph = article.paragraphs[article.paragraph_at(outer.start)]
    titled = article.title is not None and article.title.overlaps(paragraph)
    return (
        not titled
        and outer.end == paragraph.end
        and is_set_as_title(quotation.inner.of(article.flow))
    )


def _names_it(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    if _is_listed(article, proposal, quotation):
        return True
    if _is_nickname(article, quotation) or _describes(article, proposal, quotation):
        return _is_only(proposal, quotation) or _is_before_mention(proposal, quotation)
    before = article.lowered[max(0, quotation.outer.start - LEAD) : quotation.outer.start]
    if _names_by_verb(article, proposal, before, quotation):
        near = _is_near(article, proposal, quotation)
        return near or _is_in_phrase(article, proposal, quotation)
    if _is_in_phrase(article, proposal, quotation):
        return True
    title = _is_title(article, proposal, quotation)
    kind = things().kind.search(before) is not None or _is_one_of(before)
    if title and kind and _is_kind(article, proposal.cue, quotation):
        return True
    if title and _ITSELF.search(before):
        return True
    if any(is_so(article, proposal, quotation) for is_so in (_is_held, _is_work, _is_piece)):
        return True
    lead = article.flow[max(0, quotation.outer.start - LEAD) : quotation.outer.start]
    if _is_close(proposal, quotation) and _GENERIC.search(lead):
        return True
    if _is_local_name(article, proposal, quotation) or _is_written_as(article, proposal, quotation):
        return True
    if _MOTTO.search(before) and not _reports(article, proposal):
        return True
    if _speaks(article, proposal):
        return kind and _is_written(article, proposal)
    nobody = proposal.mention is None and things().saying.search(before) is not None
    return kind or nobody or title or _is_apposed(article, proposal, quotation)


def _is_kind(article: Article, cue: Span | None, quotation: Quotation) -> bool:
    """Whether the cue is the kind of work itself: "The reality show “Cake Kings”"."""
    if cue is None or not 0 <= quotation.outer.start - cue.end <= len(", "):
        return False
    return things().kind.fullmatch(article.lowered, cue.start, cue.end) is not None


def _is_local_name(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is what people call a thing: "Locals call the tower “the Pencil”"."""
    cue, mention = proposal.cue, proposal.mention
    words = quotation.inner.of(article.lowered).split()
    verb = "" if cue is None else cue.of(article.lowered)
    if mention is None or verb not in ("call", "dub", "dubbed") or len(words) > NICKNAME_WORDS:
        return False
    who = mention.of(article.lowered)
    if who.count(" ") > 1 or who.startswith(DEFINITE) or not who.endswith(("s", "people")):
        return False
    return words[0] == "the" or is_set_as_title(quotation.inner.of(article.flow))


def _is_written_as(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is the title of what somebody wrote: "Roe wrote “The Glass Orchard” in a year"."""
    cue, text = proposal.cue, quotation.inner.of(article.flow)
    if cue is None or cue.end + 1 != quotation.outer.start or text[-1] in ".!?,":
        return False
    wrote = _WROTE.fullmatch(article.lowered, cue.start, cue.end) is not None
    return wrote and is_set_as_title(text) and " " in text


def _is_piece(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is a piece's title: "Ada Lund's commentary, “Save the pier,” is thoughtful"."""
    cue = proposal.cue
    if cue is None or cue.end + 2 < quotation.outer.start or cue.start > quotation.outer.start:
        return False
    piece = _PIECE.search(article.lowered, cue.start, cue.end) is not None
    goes_on = article.flow[quotation.outer.end : quotation.outer.end + 2].strip(" ,")[:1].islower()
    return piece and goes_on and article.flow[quotation.inner.end - 1] not in ".!?"


def _is_held(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is a phrase in a text: "The release contains “forward-looking statements”"."""
    cue = proposal.cue
    held = cue is not None and _HOLDS.match(article.lowered, cue.start, cue.end) is not None
    return held and len(quotation.inner.of(article.flow).split()) <= NICKNAME_WORDS


def _is_work(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether a work and its title are all of the content: "Her first book, “Small Weather”"."""
    first, cue = proposal.spans[0], proposal.cue
    if cue is not None and article.lowered.startswith(("according", "in the words"), cue.start):
        return False
    set_so = all(word[0].isupper() for word in quotation.inner.of(article.flow).split())
    if len(proposal.spans) > 1 or first.end > quotation.outer.end + 2 or not set_so:
        return False
    words = article.lowered[first.start : quotation.outer.start]
    noun = _OBJECT.match(article.lowered, first.start, first.end) is not None
    return noun and things().kind.search(words) is not None


def _is_apposed(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether a description of a work follows: "“Salt,” her first novel, came out"."""
    return things().apposed.match(article.lowered, quotation.outer.end) is not None


def _is_written(article: Article, proposal: Proposal) -> bool:
    """Whether somebody wrote the work: "Wrote the song “Harbour Lights”"."""
    cue, first = proposal.cue, proposal.spans[0]
    wrote = cue is not None and _WROTE.search(article.lowered, cue.start, cue.end) is not None
    return wrote and _OBJECT.match(article.lowered, first.start, first.end) is not None


def _is_one_of(before: str) -> bool:
    """Whether it is one of several works: "14 novels, among them “Salt”"."""
    among = _AMONG.search(before)
    return among is not None and things().kind.search(before, 0, among.start()) is not None


def _describes(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it describes the speaker: "“Cold Water” star Ann Doe said"."""
    mention = proposal.mention
    beside = mention is not None and mention.start == quotation.outer.end + 1
    return (
        beside
        and article.flow[quotation.outer.end + 1].islower()
        and quotation.inner.of(article.flow)[-1].isalnum()
        and article.flow[quotation.outer.end] == " "
        and _is_title(article, proposal, quotation)
    )


def _is_before_mention(proposal: Proposal, quotation: Quotation) -> bool:
    return proposal.mention is not None and proposal.mention.start == quotation.outer.end + 1


def _is_subject(proposal: Proposal) -> bool:
    """Whether the mention is right before the cue: "A goal the coach called “a thunderbolt”"."""
    mention, cue = proposal.mention, proposal.cue
    return mention is not None and cue is not None and mention.end + 1 == cue.start


def _names_by_verb(article: Article, proposal: Proposal, before: str, quotation: Quotation) -> bool:
    """Whether the verb gives it as a name: "A ferry known as “Old Joan”", but not "which she called
    “a trap”".
    """
    if _NAMED.search(before):
        return True
    called = _CALLED.search(before)
    if called is None or _BY_WHOM.search(before, 0, called.start()):
        return False
    if _is_subject(proposal) and not is_set_as_title(quotation.inner.of(article.flow)):
        return False
    end = quotation.outer.end
    return _AGENT.match(article.lowered, end, end + LEAD) is None


def _is_near(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether the cue is the naming itself, so that no other speech contains it."""
    cue = proposal.cue
    if cue is None or article.lowered.startswith("known", cue.start):
        return True
    return abs(cue.end - quotation.outer.start) <= NAMING_REACH


NAMING_REACH = 12
"""Characters from the end of a cue to the name: "is known as “", "was named “"."""


def _is_only(proposal: Proposal, quotation: Quotation) -> bool:
    return all(quotation.outer.covers(span) for span in proposal.spans)


def _is_nickname(article: Article, quotation: Quotation) -> bool:
    """Whether it is a nickname within a name: "Joe “the Boss” Smith"."""
    words, start, end = quotation.inner.of(article.flow), quotation.outer.start, quotation.outer.end
    if len(words.split()) > NICKNAME_WORDS or not words[-1].isalnum():
        return False
    name = _NICKNAME.search(article.flow, max(0, start - LEAD), start)
    return name is not None and _SURNAME.match(article.flow, end) is not None


def _is_in_phrase(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is the place of publication: "In her column “The Daily Grind”, Moss writes"."""
    first = proposal.spans[0]
    words = article.lowered[first.start : quotation.outer.start]
    end = max(span.end for span in proposal.spans) - quotation.outer.end
    if _PHRASE.match(words) is None or end > LEAD:
        return False
    placed = things().kind.search(words) is not None or _NAMED.search(words) is not None
    return (placed and end < 3) or (
        _FROM.match(words) is not None and _is_title(article, proposal, quotation)
    )


def _speaks(article: Article, proposal: Proposal) -> bool:
    """Whether it has a speaker, with a cue that is more than the making of a work."""
    mention = proposal.mention
    cue = "" if proposal.cue is None else proposal.cue.of(article.lowered)
    if _reports(article, proposal):
        return mention is not None
    if mention is None or _is_apposed_to(article, mention):
        return False
    return things().made.search(cue) is None


def _reports(article: Article, proposal: Proposal) -> bool:
    """Whether its cue is a verb of saying: "She shouted the old slogan “Bread and roses”"."""
    cue = "" if proposal.cue is None else proposal.cue.of(article.lowered)
    return not cues().report.isdisjoint(cue.split())


def _is_apposed_to(article: Article, mention: Span) -> bool:
    """Whether the mention describes a work quoted right before it: "“Salt,” her first novel, came
    out".
    """
    before = article.flow[max(0, mention.start - 3) : mention.start].rstrip(" ,")
    return before[-1:] in ("”", '"', "»", "’") and (
        things().apposed.match(article.lowered, mention.start - 1) is not None
    )


def _is_title(article: Article, proposal: Proposal, quotation: Quotation) -> bool:
    """Whether it is in title case, with nothing else in the content."""
    text = quotation.inner.of(article.flow)
    words = [word for word in _WORD.findall(text) if word not in word_class("links")]
    set_so = len(words) > 1 and all(word[0].isupper() for word in words)
    return set_so and text[-1] not in ".!?" and _is_close(proposal, quotation)


def _is_close(proposal: Proposal, quotation: Quotation) -> bool:
    said = sum(map(len, proposal.spans))
    return said <= len(quotation.outer) + LEAD
