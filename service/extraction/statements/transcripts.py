"""Transcripts: the turns of a conversation with their paragraphs, and the answers of an interview.

The layout names the speaker, so the rules are not used; a turn is direct speech in full. The form
of labels is described in turn_labels.py; here it is decided whether several of them make a
transcript. Words before a colon alone do not: they also occur in tables and lists ("Sanders: 60
percent"), and as kickers ("RISK REMAINS: ...").
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.questions import interview_of, is_question, read_sides
from service.extraction.statements.turn_labels import (
    CALLERS,
    Label,
    Layout,
    is_known,
    is_party,
    is_word,
    read_label,
)
from service.extraction.statements.turn_paragraphs import (
    DENSE,
    OPENING,
    Labels,
    are_dense,
    is_aside,
    is_office,
    is_sentence,
    spoken_between,
    with_what_goes_on,
)

NAMED_TURNS, TALKING = 3, 2 / 3
"""Least number of turns that make names in mixed case a transcript, and the share of them that must
be sentences; in lists and tables they are not.
"""

LABELS_CHECKED = 200
"""Limit on the names before a colon that are looked up in the article, to keep time linear."""

START_OF_TURN = 1000
"""Characters of a turn that are searched for the speaker's own name."""

INITIALS = 3
"""Longest label, in letters, that may be initials."""

_CONVERSING = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b|\?")
_SUBTITLE = re.compile(r"(?:\d{1,6} +)?[\d:.,]{4,12} --> .{4,80}")


def read_turns(article: Article) -> list[Proposal]:
    """One statement per turn, in reading order; linear in the text's length."""
    labels = {
        number: _timed(article, number, label)
        for number, paragraph in enumerate(article.paragraphs)
        if (label := read_label(article, paragraph)) is not None
    }
    sides = read_sides(article, labels)
    marked = {number: one for number, one in sides.items() if one.cue is not None}
    turns = _speaking(article, _without_title(article, labels), marked)
    if _are_about_their_names(article, turns):
        turns = {}
    turns = dict(sorted((turns | sides).items())) if turns else interview_of(article, marked)
    turns = _with_holders(article.flow, turns)
    answering = len({_short(article, label) for label in turns.values()}) == 1
    completed = with_what_goes_on(article, turns, answering)
    flow = article.flow
    return [_proposal(flow, label, words) for label, words in completed if words]


def _with_holders(flow: str, turns: dict[int, Label]) -> dict[int, Label]:
    """The labels, an office's with the name that an earlier one gives its holder: "The Minister
    (Jane Doe): ...", then "The Minister: ...".
    """
    holders: dict[str, Span] = {}
    for number, label in turns.items():
        name = label.name.of(flow)
        office, bracket, _ = flow[: label.name.start].rpartition("\n")[2].partition(" (")
        if bracket:
            holders[office] = label.name
        elif name in holders:
            turns[number] = replace(label, name=holders[name])
    return turns


def _timed(article: Article, number: int, label: Label) -> Label:
    """The label, signed if the line above it holds a subtitle's times."""
    above = article.paragraphs[number - 1] if number else None
    if above is None or _SUBTITLE.fullmatch(article.flow, above.start, above.end) is None:
        return label
    return replace(label, signed=True)


def _are_about_their_names(article: Article, turns: Labels) -> bool:
    """Whether the labels are headings of an analysis: "Rubio: Finish second.", followed by text on
    Rubio. Most are named again below, which speakers do not do themselves.
    """
    if len(turns) < 2:
        return False
    ends = [*sorted(turns)[1:], len(article.paragraphs)]
    named_again = 0
    for (_, label), following in zip(sorted(turns.items()), ends, strict=True):
        end = min(article.paragraphs[following - 1].end, label.name.end + START_OF_TURN)
        below = article.flow[label.name.end : end]
        named_again += label.layout is Layout.NAME and label.name.of(article.flow) in below
    return named_again > len(turns) / 2


def _without_title(article: Article, turns: dict[int, Label]) -> dict[int, Label]:
    """Turns without a headline that looks like one, unless its name speaks again."""
    title = article.title
    if title is None:
        return turns
    surnames = Counter(_surname(article, label) for label in turns.values())
    return {
        number: label
        for number, label in turns.items()
        if not title.overlaps(article.paragraphs[number])
        or surnames[_surname(article, label)] > 1
        or label.signed
        or label.layout in (Layout.RECORD, Layout.VOICE)
        or (label.layout is Layout.HEADING and label.titled and _has_first_name(article, label))
        or is_party(label.name.of(article.flow))
    }


def _has_first_name(article: Article, label: Label) -> bool:
    """Whether it is a person's: "Tilda Brandt -- Chief Executive", not "Cup Final – what they
    said".
    """
    first, _, more = label.name.of(article.lowered).partition(" ")
    return more != "" and first in people().first_names


def _surname(article: Article, label: Label) -> str:
    return _key(article, label).rpartition(" ")[2]


def _key(article: Article, label: Label) -> str:
    return label.name.of(article.flow).upper()


def _times(article: Article, labels: Labels) -> Counter[str]:
    return Counter(_key(article, label) for label in labels.values())


def _speaking(
    article: Article, labels: dict[int, Label], asking: dict[int, Label]
) -> dict[int, Label]:
    """The labels, by paragraph, that are judged to be speakers'; ``asking`` are questions of
    somebody without a name.
    """
    sure = _of(labels, Layout.RECORD, Layout.VOICE)
    named = _of(labels, Layout.NAME)
    in_capitals = _of(labels, Layout.CAPITALS)
    shortened = _shortened(article, named, in_capitals)
    if shortened:
        return dict(sorted((sure | shortened).items()))
    others = sure | asking
    speaking = sure | _in_capitals(article, in_capitals, others | _vouched(article, named))
    speaking |= _by_name(article, named, speaking | asking)
    if not speaking:
        speaking = _above(article, _of(labels, Layout.HEADING))
    return dict(sorted(speaking.items()))


def _shortened(article: Article, named: Labels, in_capitals: Labels) -> dict[int, Label]:
    """Labels of an interview with names and initials: "Luciana Gatti: ...", then "LG: ..." more
    than once.
    """
    initials = {_initials(article, label) for label in named.values()}
    times = _times(article, in_capitals)
    again = {letters for letters in initials if len(letters) > 1 and times[letters] > 1}
    return {
        number: label
        for number, label in [*named.items(), *in_capitals.items()]
        if _initials(article, label) in again or _key(article, label) in again
    }


def _initials(article: Article, label: Label) -> str:
    return "".join(word[0].upper() for word in label.name.of(article.flow).split())


def _short(article: Article, label: Label) -> str:
    """One key for a name and its initials."""
    key = _key(article, label)
    return key if len(key) <= INITIALS else _initials(article, label)


def _of(labels: Labels, *layouts: Layout) -> dict[int, Label]:
    return {number: label for number, label in labels.items() if label.layout in layouts}


def _vouched(article: Article, labels: Labels) -> dict[int, Label]:
    """Labels that have an office or a sign of speech, or occur more than once, perhaps with the
    surname alone: "Tilda Brandt: ...", then "Brandt: ...".
    """
    times = _times(article, labels)
    again = {
        surname for key in times if " " in key and (surname := key.rpartition(" ")[2]) in times
    }
    return {
        number: label
        for number, label in labels.items()
        if label.signed
        or label.titled
        or times[_key(article, label)] > 1
        or _surname(article, label) in again
    }


def _in_capitals(article: Article, labels: dict[int, Label], others: Labels) -> dict[int, Label]:
    """Labels in capitals that are speakers': two vouched for, or one that the article names; all of
    them if turns are dense.
    """
    vouched = _vouched(article, labels)
    names = dict.fromkeys(
        label.name.of(article.flow)
        for number, label in labels.items()
        if number in vouched or not _is_reported(article, label)
    )
    single = not any(" " in name for name in names) and _converse(article, labels)
    known = {name for name in islice(names, LABELS_CHECKED) if is_known(article, name)}
    surnames = {name.rpartition(" ")[2] for name in _names(article, vouched) if " " in name}
    for number, label in labels.items():
        name = label.name.of(article.flow)
        if name in known or name in surnames or (single and not is_word(name)):
            vouched[number] = label
    alone = len(_times(article, vouched) | _times(article, others)) < 2
    if alone and vouched and not _is_alone(article, vouched):
        return {}
    return labels if are_dense(article, labels) and 2 * len(vouched) > len(labels) else vouched


def _is_reported(article: Article, label: Label) -> bool:
    """Whether a reporter's sentence follows a place: "KELLS FERRY: Police said that ..."."""
    words = Span(label.words.start, min(label.words.end, label.words.start + OPENING))
    spoken_of = _CONVERSING.search(article.flow, words.start, words.end)
    return spoken_of is None and holds_cue(article.lowered, words)


def _names(article: Article, labels: Labels) -> set[str]:
    return {label.name.of(article.flow) for label in labels.values()}


def _converse(article: Article, labels: Labels) -> bool:
    """Whether somebody says "I" or "you", or asks, which reporters do not do below their
    kickers.
    """
    return any(
        _CONVERSING.search(
            article.flow, label.words.start, min(label.words.end, label.words.start + OPENING)
        )
        for label in labels.values()
    )


def _is_alone(article: Article, turns: Labels) -> bool:
    """Whether a single speaker may be one: named in the article, or "THE PRESIDENT", with more than
    one turn.
    """
    label = next(iter(turns.values()))
    return (label.titled and len(turns) > 1) or is_known(article, label.name.of(article.flow))


def _by_name(article: Article, labels: dict[int, Label], others: Labels) -> dict[int, Label]:
    """Labels in mixed case that are speakers': people who take turns in sentences."""
    vouched = _vouched(article, labels)
    if not vouched or not _talk(article, labels, others):
        return {}
    numbers = [*vouched, *others]
    spoken_by_all = spoken_between(article, min(numbers), max(numbers))
    return labels if len(labels) + len(others) > DENSE * spoken_by_all else vouched


def _talk(article: Article, turns: Labels, others: Labels) -> bool:
    """Whether two or more speakers take turns, in sentences."""
    names = {_key(article, label) for label in (*turns.values(), *others.values())}
    signed = all(label.signed or label.titled for label in turns.values())
    least = 2 if signed else NAMED_TURNS
    if len(names) < 2 or len(turns) + len(others) < least:
        return False
    first, last = min([*turns, *others]), max([*turns, *others])
    if len(turns) + len(others) < DENSE * spoken_between(article, first, last):
        return False
    ends = [is_sentence(article.flow, label.words) for label in turns.values() if label.words]
    return sum(ends) >= TALKING * len(ends)


def _above(article: Article, headings: dict[int, Label]) -> dict[int, Label]:
    """Names on lines of their own above what is said; most must occur again or have an office."""
    headings = {
        number: label
        for number, label in headings.items()
        if number - 1 not in headings or not is_office(article.flow, article.paragraphs[number])
    }
    turns = {
        number: label
        for number, label in headings.items()
        if number + 1 < len(article.paragraphs)
        and number + 1 not in headings
        and _is_said(article, number + 1)
    }
    times = _times(article, turns)
    if len(times) > 1 and all(label.signed for label in turns.values()):
        return turns
    if len(times) > 1 and all(one.titled for one in turns.values()):
        asked = any(_is_asked(article, number + 1) for number in turns)
        return turns if asked else {}
    vouched = sum(
        times[_key(article, label)] > 1
        or label.titled
        or is_office(article.flow, article.paragraphs[number + 1])
        for number, label in turns.items()
    )
    enough = len(times) > 1 and len(turns) >= NAMED_TURNS
    return turns if enough and 2 * vouched > len(turns) else {}


def _is_asked(article: Article, number: int) -> bool:
    """Whether there is a question, "I" or "you", which accounts of people's careers do not have."""
    paragraph = article.paragraphs[number]
    end = min(paragraph.end, paragraph.start + OPENING)
    return _CONVERSING.search(article.flow, paragraph.start, end) is not None


def _is_said(article: Article, number: int) -> bool:
    """Whether a sentence follows, perhaps after a line of brackets ("(Holborn) (Lab)") or an
    office.
    """
    flow, below = article.flow, article.paragraphs[number : number + 2]
    beside = is_aside(flow, below[0]) or is_office(flow, below[0])
    return is_sentence(flow, below[-1] if beside else below[0])


def _proposal(flow: str, label: Label, words: Iterable[Span]) -> Proposal:
    anybody = CALLERS.fullmatch(flow, label.name.start, label.name.end) is not None
    mention = None if anybody or is_question(flow, label) else label.name
    return Proposal(tuple(words), label.cue, mention, LAID_OUT, block=True, settled=True)
