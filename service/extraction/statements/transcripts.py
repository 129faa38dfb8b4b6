"""Transcripts: the turns of a conversation, what goes on from them, and answers of an interview.

The page's layout says who speaks, so nothing else is asked, and a turn is direct speech, all of it.
What a label looks like is in turn_labels.py; here is decided whether several of them make a
transcript. Words before a colon alone do not: tables and lists ("Sanders: 60 percent"), and kickers
("RISK REMAINS: ...") have them too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise, takewhile

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.marks import CLOSERS
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.turn_labels import (
    CALLERS,
    LONGEST_HEADING,
    Label,
    Layout,
    is_known,
    is_word,
    read_label,
    spoken,
)

DENSE, TURNS = 1 / 3, 4
"""So many turns, this share of the paragraphs between the first and the last, make a transcript
where paragraphs without a label go on from the one before; elsewhere they are the reporter's."""
NAMED_TURNS, TALKING = 3, 2 / 3
"""Names in small letters make a transcript from this many turns on, this share of which are
sentences; in lists and tables they are not."""

LABELS_CHECKED = 200
"""Names before a colon that are looked for in the article, so that time stays linear."""

START_OF_TURN = 1000
"""Characters of a turn in which the speaker's own name is looked for."""

INITIALS = 3
"""Letters that may be short for a whole name."""

OPENING = 300
"""Characters of a turn in which somebody says "I" or "you"."""

_CONVERSING = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b|\?")
_DIRECTION = re.compile(r"[“\"]?(?:[(\[][^)\]\n]*[)\]] *){1,4}[”\"]?")
_TIMES = re.compile(
    r"WEBVTT.{0,80}|NOTE\b.{0,200}|\d{1,6}|(?:\d{1,6} +)?[\d:.,]{4,12}(?: --> .{4,80})?"
)
_SUBTITLE = re.compile(r"(?:\d{1,6} +)?[\d:.,]{4,12} --> .{4,80}")
_INTERJECTION = re.compile(r".{0,80}\binterjecting ?[—–-]*")
_ANYBODY = re.compile(r"[“\"]?(?:\*\*|>> ?)?[A-Z][A-Z.’'-]+(?: [A-Z.’'-]+)*[^:.!?\n]{0,80}:\s")
_QUESTION = re.compile(r"[“\"]?(?:\*\*)?Q(?:(?:\*\*)?[:.]|\s)\s|[“\"]?Q\s{2}")
_ANSWER = re.compile(r"[“\"]?(?:\*\*)?(A)(?:\*\*)?([:.])(?:\*\*)?\s+(?=\S)")
_CLIP = re.compile(r"[A-Z]{3,}:\s")
_SENTENCE_END = re.compile(r"[.!?…—–-][\"”’')\]]*$")

_Labels = Mapping[int, Label]


def read_turns(article: Article) -> list[Proposal]:
    """One statement a turn, in reading order; linear in the text's length."""
    labels = {
        number: _timed(article, number, label)
        for number, paragraph in enumerate(article.paragraphs)
        if (label := read_label(article, paragraph)) is not None
    }
    turns = _without_title(article, _speaking(article, labels))
    if _are_about_their_names(article, turns):
        turns = {}
    turns = turns or _answers(article)
    completed = _with_what_goes_on(article, turns)
    flow = article.flow
    return [_proposal(flow, label, words) for label, words in completed if words]


def _timed(article: Article, number: int, label: Label) -> Label:
    """Signed by the times on the line above it, as a subtitle is."""
    above = article.paragraphs[number - 1] if number else None
    if above is None or _SUBTITLE.fullmatch(article.flow, above.start, above.end) is None:
        return label
    return replace(label, signed=True)


def _are_about_their_names(article: Article, turns: _Labels) -> bool:
    """Headings of an analysis, "Rubio: Finish second.", and what is said of Rubio: most are named
    again in what is below, which nobody does of himself."""
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
    """A headline that begins as a turn does is one only where its name speaks again."""
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
    }


def _surname(article: Article, label: Label) -> str:
    return _key(article, label).rpartition(" ")[2]


def _key(article: Article, label: Label) -> str:
    return label.name.of(article.flow).upper()


def _times(article: Article, labels: _Labels) -> Counter[str]:
    return Counter(_key(article, label) for label in labels.values())


def _speaking(article: Article, labels: dict[int, Label]) -> dict[int, Label]:
    """Of all that look like labels those that are."""
    sure = _of(labels, Layout.RECORD, Layout.VOICE)
    named = _of(labels, Layout.NAME)
    in_capitals = _of(labels, Layout.CAPITALS)
    shortened = _shortened(article, named, in_capitals)
    if shortened:
        return dict(sorted((sure | shortened).items()))
    speaking = sure | _in_capitals(article, in_capitals, sure | _vouched(article, named))
    speaking |= _by_name(article, named, speaking)
    if not speaking:
        speaking = _above(article, _of(labels, Layout.HEADING))
    return dict(sorted(speaking.items()))


def _shortened(article: Article, named: _Labels, in_capitals: _Labels) -> dict[int, Label]:
    """ "Luciana Gatti: ..." and "LG: ..." of an interview: names, and their initials more than
    once."""
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
    """One for a name and its initials."""
    key = _key(article, label)
    return key if len(key) <= INITIALS else _initials(article, label)


def _of(labels: _Labels, *layouts: Layout) -> dict[int, Label]:
    return {number: label for number, label in labels.items() if label.layout in layouts}


def _vouched(article: Article, labels: _Labels) -> dict[int, Label]:
    """Those that say what somebody is, have a sign of somebody speaking, or come again."""
    times = _times(article, labels)
    return {
        number: label
        for number, label in labels.items()
        if label.signed or label.titled or times[_key(article, label)] > 1
    }


def _in_capitals(article: Article, labels: dict[int, Label], others: _Labels) -> dict[int, Label]:
    """Two who are vouched for, or one whom the article names; the rest where turns are dense."""
    vouched = _vouched(article, labels)
    names = dict.fromkeys(label.name.of(article.flow) for label in labels.values())
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
    return labels if _are_dense(article, labels) and 2 * len(vouched) > len(labels) else vouched


def _names(article: Article, labels: _Labels) -> set[str]:
    return {label.name.of(article.flow) for label in labels.values()}


def _converse(article: Article, labels: _Labels) -> bool:
    """Somebody says "I" or "you", or asks; reporters do not under their kickers."""
    return any(
        _CONVERSING.search(
            article.flow, label.words.start, min(label.words.end, label.words.start + OPENING)
        )
        for label in labels.values()
    )


def _is_alone(article: Article, turns: _Labels) -> bool:
    """Whom the article names, or "THE PRESIDENT", who goes on after others' questions."""
    label = next(iter(turns.values()))
    return (label.titled and len(turns) > 1) or is_known(article, label.name.of(article.flow))


def _by_name(article: Article, labels: dict[int, Label], others: _Labels) -> dict[int, Label]:
    """Names in small letters: people who speak in turn, in sentences."""
    vouched = _vouched(article, labels)
    if not vouched or not _talk(article, labels, others):
        return {}
    numbers = [*vouched, *others]
    spoken_by_all = _spoken_between(article, min(numbers), max(numbers))
    return labels if len(labels) + len(others) > DENSE * spoken_by_all else vouched


def _talk(article: Article, turns: _Labels, others: _Labels) -> bool:
    """Two speakers or more, one after the other, in sentences."""
    names = {_key(article, label) for label in (*turns.values(), *others.values())}
    signed = all(label.signed or label.titled for label in turns.values())
    least = 2 if signed else NAMED_TURNS
    if len(names) < 2 or len(turns) + len(others) < least:
        return False
    first, last = min([*turns, *others]), max([*turns, *others])
    if len(turns) + len(others) < DENSE * _spoken_between(article, first, last):
        return False
    ends = [_is_sentence(article.flow, label.words) for label in turns.values() if label.words]
    return sum(ends) >= TALKING * len(ends)


def _above(article: Article, headings: dict[int, Label]) -> dict[int, Label]:
    """Names on lines of their own, each above what is said; most come again or have an office."""
    headings = {
        number: label
        for number, label in headings.items()
        if number - 1 not in headings or not _is_office(article.flow, article.paragraphs[number])
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
        or _is_office(article.flow, article.paragraphs[number + 1])
        for number, label in turns.items()
    )
    enough = len(times) > 1 and len(turns) >= NAMED_TURNS
    return turns if enough and 2 * vouched > len(turns) else {}


def _is_asked(article: Article, number: int) -> bool:
    """A question, or somebody's "I" or "you", which what is told of people's careers has not."""
    paragraph = article.paragraphs[number]
    end = min(paragraph.end, paragraph.start + OPENING)
    return _CONVERSING.search(article.flow, paragraph.start, end) is not None


def _is_said(article: Article, number: int) -> bool:
    """A sentence, maybe after a line of brackets ("(Holborn) (Lab)") or with an office."""
    flow, below = article.flow, article.paragraphs[number : number + 2]
    beside = _is_aside(flow, below[0]) or _is_office(flow, below[0])
    return _is_sentence(flow, below[-1] if beside else below[0])


def _is_office(flow: str, line: Span) -> bool:
    """ "North Bank, Analyst": what somebody is, below the name."""
    if len(line) > LONGEST_HEADING or _is_sentence(flow, line):
        return False
    return any(word.strip(",.") in people().roles for word in line.of(flow).lower().split())


def _are_dense(article: Article, turns: _Labels) -> bool:
    if len(turns) < TURNS:
        return False
    return len(turns) >= DENSE * _spoken_between(article, min(turns), max(turns))


def _spoken_between(article: Article, first: int, last: int) -> int:
    """Paragraphs from the first to the last that are not times or directions."""
    paragraphs = article.paragraphs[first : last + 1]
    return sum(not _is_aside(article.flow, paragraph) for paragraph in paragraphs)


def _is_aside(flow: str, paragraph: Span) -> bool:
    return any(
        pattern.fullmatch(flow, paragraph.start, paragraph.end)
        for pattern in (_DIRECTION, _TIMES, _INTERJECTION)
    )


def _answers(article: Article) -> dict[int, Label]:
    """ "A: ..." of an interview that has several, with a "Q: ..." before each."""
    answers: dict[int, Label] = {}
    if "Q" not in article.flow:
        return answers
    asked = False
    for number, paragraph in enumerate(article.paragraphs):
        answer = _ANSWER.match(article.flow, paragraph.start, paragraph.end)
        if answer is not None and asked:
            answers[number] = _answer(article.flow, paragraph, answer)
        question = _QUESTION.match(article.flow, paragraph.start, paragraph.end) is not None
        asked = question or (asked and answer is None)
    return answers if len(answers) > 1 else {}


def _answer(flow: str, paragraph: Span, answer: re.Match[str]) -> Label:
    name, cue = Span(*answer.span(1)), Span(*answer.span(2))
    marked = flow[paragraph.start] in CLOSERS
    return Label(Layout.CAPITALS, name, cue, Span(answer.end(), paragraph.end), marked=marked)


_Turn = tuple[Label, list[Span]]


def _with_what_goes_on(article: Article, turns: _Labels) -> Iterator[_Turn]:
    """Each turn with its words and those of the paragraphs that go on from it."""
    numbers = [*turns, len(article.paragraphs)]
    dense = _are_dense(article, turns) if turns else False
    answering = len({_short(article, label) for label in turns.values()}) == 1
    for number, after in pairwise(numbers):
        label = turns[number]
        below = article.paragraphs[number + 1 : after]
        if answering:
            below = tuple(takewhile(partial(_asks_nothing, article.flow), below))
        words = [_body(article.flow, label.words, label.marked)] if label.words else []
        if label.layout is Layout.VOICE:
            words += _lines_below(article.flow, article.paragraphs[number], below)
        else:
            # who speaks after the last turn is anybody's guess
            known = after < numbers[-1]
            words += _paragraphs_below(article.flow, label, below, dense, known)
        yield label, [span for span in words if _tells(article.flow, span)]


def _asks_nothing(flow: str, paragraph: Span) -> bool:
    """Where only one speaks under a name, whoever asks has none."""
    return not flow.endswith("?", paragraph.start, paragraph.end)


def _lines_below(flow: str, line: Span, below: Iterable[Span]) -> Iterator[Span]:
    """The other lines of a subtitle."""
    for after in below:
        if flow.count("\n", line.end, after.start) > 1 or _is_aside(flow, after):
            return
        yield after
        line = after


def _paragraphs_below(
    flow: str, label: Label, below: Sequence[Span], dense: bool, known: bool
) -> list[Span]:
    words: list[Span] = []
    waiting: list[Span] = []
    alone = not label.words
    if alone and below and _is_office(flow, below[0]):
        below = below[1:]
    for paragraph in below:
        if _is_aside(flow, paragraph):
            continue
        if _QUESTION.match(flow, paragraph.start, paragraph.end):
            known = True
            break
        if label.marked and _goes_on(flow, paragraph):
            words.append(_body(flow, Span(paragraph.start + 1, paragraph.end), label.marked))
        elif alone and not words:
            words.append(spoken(flow, paragraph))
        elif not label.marked and (dense or alone) and _may_go_on(flow, paragraph):
            waiting.append(spoken(flow, paragraph))
        else:
            waiting.clear()
            break
    return [*words, *(waiting if known else ())]


def _may_go_on(flow: str, paragraph: Span) -> bool:
    """A sentence, and no caption nor a label that is not understood."""
    if _ANYBODY.match(flow, paragraph.start, min(paragraph.end, paragraph.start + OPENING)):
        return False
    return _is_sentence(flow, paragraph)


def _goes_on(flow: str, paragraph: Span) -> bool:
    """It opens again what the turn's paragraph left open, and is not a clip of somebody else."""
    return flow[paragraph.start] in CLOSERS and not _CLIP.match(flow, paragraph.start + 1)


def _is_sentence(flow: str, paragraph: Span) -> bool:
    return (
        _SENTENCE_END.search(flow, max(paragraph.start, paragraph.end - 4), paragraph.end)
        is not None
    )


def _tells(flow: str, span: Span) -> bool:
    return any(character.isalnum() for character in span.of(flow))


def _body(flow: str, span: Span, marked: bool) -> Span:
    """Without the mark that closes what the paragraph's first one opened."""
    closed = marked and flow[span.end - 1] in '”"'
    return Span(span.start, span.end - 1 if closed else span.end)


def _proposal(flow: str, label: Label, words: Iterable[Span]) -> Proposal:
    anybody = CALLERS.fullmatch(flow, label.name.start, label.name.end) is not None
    mention = None if anybody else label.name
    return Proposal(tuple(words), label.cue, mention, LAID_OUT, block=True, settled=True)
