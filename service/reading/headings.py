"""Headings: finds the title at the start of an article's text, if there is one.

The title is the first line that is not navigation, byline, masthead, address or contact, if it
reads like one. In hard-wrapped text it may take up to three lines. Publisher and section may follow
after a bar or dash (title_tails.py).
"""

import re
from collections.abc import Sequence

from service.domain import Excerpt, Span
from service.reading.bylines import LONGEST as LONGEST_BYLINE
from service.reading.bylines import byline_of
from service.reading.datelines import dateline_of
from service.reading.lexicon import is_navigation
from service.reading.lines import Line
from service.reading.links import is_link
from service.reading.mastheads import masthead_of
from service.reading.title_tails import SHORTEST, is_publisher, tail_of

_FIRST_LINES = 12
"""Lines from the top among which the title is."""

_LONGEST = 220
_LONGEST_SENTENCE = 120
"""Characters; a title that ends in a full stop is recognised only by being short."""

_LONGEST_ALONE = 100
_SOON = 8
"""Lines after the title within which the article, or its hard-wrapped first paragraph, starts."""

_WRAPPED = 130
"""Longer lines are paragraphs: such a text is not hard-wrapped."""

_MOST_LINES = 3
"""Lines of a hard-wrapped title: longer blocks are paragraphs."""

_STEP, _SLASH = re.compile(r" [>›»] "), re.compile(r" / ")
_PICTURED = re.compile(
    r".*\((?:file )?(?:photo|picture|image|credit)s?[:/ ][^()]{2,80}\)\.?"
    r"|.*[.!?] ?[\w.’' -]{3,40}/(?:the )?(?:ap|afp|getty(?: images)?|reuters|epa|pa)",
    re.IGNORECASE,
)
"""A caption with its credit."""
_NOT_OF_PAPER = frozenset(("a", "an", "is", "to", "with"))
_TITLE_BELOW = 25
"""Least characters of a title below the name of a paper, without a byline between."""
_SENTENCE_BREAK = re.compile(r"[a-zа-я]{4,}\.[\"”’»)]*\s+\S")
_DOUBLE_MARK = re.compile('["“”„«»]')
_FULL_STOP = re.compile(r"[.…。][\"”’»')\]]*$")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»')\]]*$")
_RELEASE = re.compile(
    r"(?:for immediate (?:release|use)|(?:press|news|media) (?:release|statement))\s*[:–—-]\s*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:(?:media|press|news) )?contacts?\b.{0,80}|.{0,40}\bcontact:.{0,80}", re.I
)
_TURN = re.compile(
    r">>|<v[ .]|WEBVTT\b|[\[(]?\d{1,2}:\d\d(?::\d\d)?[\]) ]|\*\*[^*:]{1,60}(?::\*\*|\*\*:)"
)
_LABEL = re.compile(r"[^\W\d_a-z][^:“”\"]{1,60}:(?= )")
_CAPITALS = re.compile(r"[A-Z][A-Z.’' -]{2,40}(?:, [^:\n]{1,80})?(?: ?\([^)\n]{1,60}\))*: ")
_IS_BESIDE = re.compile(
    r"(?:[A-Z][\w’'-]*|and|of|for|the|our) (?:[\w’'-]+ ){0,3}(?i:correspondents?|reporters?|desk"
    r"|bureau|staff|editor|newsroom|special)|.{0,40}\| ?.{0,40}|(?i:page|p\.) ?\d+"
    r"|[A-Z][\w .’'-]{1,25}, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?(?: ?\([A-Z]\w{1,12}\))?"
)
"""A line below a title that names who wrote it or where it is: "Sports Desk", "News | Page 4",
"Jakarta, March 4 (Antara)".
"""
_COUNTRY = re.compile(r" \([A-Z][\w ]+\)$")
_TURNS = 40
"""Lines after the first within which its speaker must speak again."""


def title_in(lines: Sequence[Line]) -> Excerpt | None:
    """The title; line breaks of the text become spaces."""
    in_contact = False
    for index, line in enumerate(lines[:_FIRST_LINES]):
        in_contact = _CONTACT.fullmatch(line.text) is not None or (in_contact and not line.opens)
        above = is_furniture(line) or _is_kicker(lines, index) or _is_name_of_paper(lines, index)
        if not in_contact and not above:
            return None if _is_turn(lines, index) else _title_at(lines, index)
    return None


def publisher_in(lines: Sequence[Line]) -> Excerpt | None:
    """The publisher given after the title on its line."""
    title = title_in(lines)
    if title is None:
        return None
    line = next(line for line in lines if line.span.end >= title.span.end)
    tail = tail_of(line, lines[:_FIRST_LINES])
    if tail is not None and line.start + tail.start == title.span.end:
        return tail.publisher
    at = lines.index(line)
    beside = (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    return next((one.excerpt(0, len(one.text)) for one in beside if is_publisher(one.text)), None)


def _is_name_of_paper(lines: Sequence[Line], index: int) -> bool:
    """Whether it names the paper, and a title is below, with a byline, a date or text."""
    below, name = lines[index + 1 : index + 3], lines[index].text
    if not is_publisher(_COUNTRY.sub("", name)) or len(below) < 2 or is_furniture(below[0]):
        return False
    if is_furniture(below[1]):
        return True
    title, text = len(below[0].text), _longest_paragraph(lines[index + 2 :])
    named = _NOT_OF_PAPER.isdisjoint(name.casefold().split()) and lines[index + 1].opens
    longer = max(_TITLE_BELOW, len(name)) <= title < text and not _SENTENCE_END.search(
        below[0].text
    )
    return index == 0 and named and longer


def _is_turn(lines: Sequence[Line], index: int) -> bool:
    """Whether it is "JANE DOE: Good evening." with Jane Doe speaking again, or a subtitle line."""
    line = lines[index].text
    if _TURN.match(line):
        return True
    label = _LABEL.match(line)
    if label is None:
        return False
    if all(_CAPITALS.match(other.text) for other in lines[index : index + 2]):
        return index + 1 < len(lines)
    return any(other.text.startswith(label[0]) for other in lines[index + 1 : index + _TURNS])


def is_furniture(line: Line) -> bool:
    """Whether the line is above an article and not part of it."""
    if len(line.text) > LONGEST_BYLINE:
        return False
    return (
        is_navigation(line.text)
        or is_link(line.text)
        or _is_breadcrumb(line.text)
        or _PICTURED.fullmatch(line.text) is not None
        or masthead_of(line) is not None
        or byline_of(line) is not None
    )


def _is_breadcrumb(words: str) -> bool:
    """Whether it is like "Home > News > World", or "News / Opinion / Editorials"."""
    steps, slashed = _STEP.split(words), _SLASH.split(words)
    steps = slashed if len(slashed) > 2 else steps
    return len(steps) > 1 and all(0 < len(step) <= 30 for step in steps)


def _is_kicker(lines: Sequence[Line], index: int) -> bool:
    """Whether it is a single word above others that names a section ("Obituary")."""
    word = lines[index].text.rstrip(".")
    return index + 1 < len(lines) and len(word) <= 20 and word.isalpha() and word.isascii()


def _title_at(lines: Sequence[Line], index: int) -> Excerpt | None:
    first = _without_release(lines[index])
    if len(first.text) > _LONGEST or dateline_of(first):
        return None
    count = _wrapped_lines(lines, index)
    if count == 0:
        return None
    last = lines[index + count - 1] if count > 1 else first
    words = " ".join(line.text for line in (first, *lines[index + 1 : index + count]))
    end = last.span.end
    tail = tail_of(last, lines[:_FIRST_LINES])
    if tail is not None and len(words) - len(last.text) + tail.start >= SHORTEST:
        words = words[: len(words) - len(last.text) + tail.start]
        end = last.start + tail.start
    if count == 1 and words.endswith(";") and _continues(lines, index):
        words = words.rstrip(" ;")
        end = first.start + len(words)
    below = lines[index + count :]
    if not words or not _reads_like_a_title(words, _longest_paragraph(below), _is_signed(below)):
        return None
    return Excerpt(words, Span(first.start, end))


def _without_release(line: Line) -> Line:
    """The line without a prefix such as "FOR IMMEDIATE RELEASE: "."""
    release = _RELEASE.match(line.text)
    if release is None or release.end() == len(line.text):
        return line
    return Line(line.text[release.end() :], line.start + release.end(), line.opens)


def _is_signed(lines: Sequence[Line]) -> bool:
    """Whether the author or the date is directly below."""
    return bool(lines) and (byline_of(lines[0]) is not None or masthead_of(lines[0]) is not None)


def _continues(lines: Sequence[Line], index: int) -> bool:
    """Whether the paragraph continues: archives put a ; between the title and the next line."""
    return index + 1 < len(lines) and not lines[index + 1].opens


def _wrapped_lines(lines: Sequence[Line], index: int) -> int:
    """How many lines the title at ``index`` takes; 0 if they start prose."""
    block = _block(lines, index)
    width = max(len(line.text) for line in block)
    if width > _WRAPPED:
        return 1
    count = 1
    while count < len(block) and _runs_on(block[count - 1], block[count], width):
        count += 1
    return count if count == 1 or (count == len(block) and count <= _MOST_LINES) else 0


def _block(lines: Sequence[Line], index: int) -> list[Line]:
    """The lines from ``index`` to the end of their paragraph, at most one more than a title may
    have."""
    block = [lines[index]]
    for line in lines[index + 1 : index + 1 + _MOST_LINES]:
        beside = is_furniture(line) or _IS_BESIDE.fullmatch(line.text) is not None
        if line.opens or beside or dateline_of(line) or is_publisher(line.text):
            break
        block.append(line)
    return block


def _runs_on(line: Line, following: Line, width: int) -> bool:
    """Whether the line broke because the next word did not fit in the column."""
    if _SENTENCE_END.search(line.text):
        return False
    first_word = following.text.split(maxsplit=1)[0]
    return following.text[0].islower() or len(line.text) + 1 + len(first_word) > width


def _longest_paragraph(lines: Sequence[Line]) -> int:
    """Characters of the longest paragraph that follows soon; 0 if only furniture does."""
    longest = length = 0
    for line in lines[:_SOON]:
        if not is_furniture(line):
            length = len(line.text) + (0 if line.opens else length)
            longest = max(longest, length)
    return longest


def _reads_like_a_title(words: str, following: int, signed: bool) -> bool:
    if len(words) > _LONGEST or words[0].islower() or words[-1] in ":;,":
        return False
    if not any(character.isalpha() for character in words):
        return False
    if _SENTENCE_BREAK.search(words) and not _is_title_of_sentences(words, following, signed):
        return False
    if following == 0:
        return len(words) <= _LONGEST_ALONE and not _SENTENCE_END.search(words)
    if _SENTENCE_END.search(words):
        return _is_short_for_a_sentence(words, following)
    return True


def _is_title_of_sentences(words: str, following: int, signed: bool) -> bool:
    """Accepts "Rents are up. Now, nobody moves": two sentences without a final full stop, or with a
    byline below."""
    if len(words) > _LONGEST_SENTENCE or following == 0:
        return False
    two = len(_SENTENCE_BREAK.findall(words)) == 1
    return signed or (two and not _FULL_STOP.search(words))


def _is_short_for_a_sentence(words: str, following: int) -> bool:
    """Recognises a title with a full stop by the size of what follows, or by its Capital
    Letters."""
    if len(words) > _LONGEST_SENTENCE:
        return False
    if not _FULL_STOP.search(words):
        return True
    if _DOUBLE_MARK.search(words):
        return False
    return len(words) <= following / 1.5 or _is_capitalised(words)


def _is_capitalised(words: str) -> bool:
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) / len(longer) >= 0.8
