"""Layout: an Article is a source's text prepared for reading, with every offset kept.

Finds paragraphs in hard-wrapped text, blanks page furniture (navigation, page numbers, picture
credits) and joins paragraphs that a page break splits. Words, marks and speakers are found
elsewhere; patterns of furniture are in lexicon/furniture.toml.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from service.domain import Attested, Source, Span
from service.extraction.lexicon import furniture
from service.extraction.page.marks import CLOSERS, Quotation, pair_marks
from service.extraction.page.sentences import split_sentences

_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"[\r\t\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_LOW_COMMA = re.compile(r"(?<=\w)‚(?=[\s”\"’])")
"""A comma typed as a low quotation mark."""
_LEADS_IN = re.compile(r"[;,](?=[ \t]*\n\s*[“\"«][A-Z])")
"""A mark used as a colon above a paragraph that a quotation opens."""
TERMINALS, CLOSING = frozenset(".!?:;…"), "\"”’'»)]"
"""A line that ends with one of the first, perhaps followed by some of the second, ends a
sentence.
"""

_TURN = re.compile(r">>|<v[ .]|(?:\d+:)?\d\d:\d\d[.,]\d{3} -->")
_TIMING = re.compile(r"(?:\d+:)?\d\d:\d\d[.,]\d{3} -->")
_LABEL = re.compile(r"[A-Z][A-Z.’' -]{2,30}: ")
"""Beginnings of lines in subtitles and transcripts."""

_SIGNED = re.compile(r"[\"”»] *(?:--|[–—―]) *[^\W\d_a-z][^.!?\"“”«»]*\.?$")

_POST_END = re.compile(r"\(@\w{1,30}\)[\w ,.:·]{0,40}$")
"""The end of a post shown in an article, "— Maria Sosa (@sosa) May 3, 2024"."""
_BULLET = re.compile(r"(?:[-*•●▪◦‣·]|[–—](?= )|\(?\d{1,2}[.)]) *(?=[^\s\d])")
_LISTED = re.compile(r"[-*•●▪◦‣·] +[^\W_]")
"""An item of a list, which does not continue the line before."""
_SECTION = re.compile(r" *(?:\||(?:--|[-–—•·]) )[^\n]*")

_CITED = re.compile(r"(?<![^\n])>(?!>)[^\n]*")

_DATELINE_END = re.compile(r"(?: --| [–—-]|[–—]|/\.) +(?=\S)|(?=\n)")

REPEATED = 20
"""Least length of a line that is left out when it is repeated: a chorus has shorter ones."""
DATELINE_CHARACTERS = 80
WRAP_COLUMNS = 110
"""Lines longer than this are paragraphs; PDF and mail text wraps at 40 to 105 columns."""


@dataclass(frozen=True)
class Article:
    """A text prepared for reading.

    ``flow`` has the source text's length, one paragraph per line, furniture blanked, so that
    offsets into ``flow`` are offsets into the source's text. ``title`` is a span of ``flow``, and
    so are ``bylines``, the names of its authors and editors. ``source_id`` is the source's id.
    ``cited`` are lines that a ">" marks as quoted from another letter; the mark is blanked.
    """

    flow: str
    title: Span | None
    furniture: tuple[Span, ...]
    bylines: tuple[Span, ...] = ()
    source_id: str = ""
    cited: tuple[Span, ...] = ()

    @cached_property
    def lowered(self) -> str:
        """``flow`` in lower case, with straight apostrophes, every offset kept."""
        lowered = self.flow.lower()
        if len(lowered) != len(self.flow):  # only İ becomes two characters
            lowered = "İ".join(part.lower() for part in self.flow.split("İ"))
        return lowered.replace("’", "'")

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Non-blank lines of ``flow`` without the white space around them."""
        return tuple(
            Span(match.start(), match.end())
            for match in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", self.flow)
        )

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_at(self, position: int) -> int:
        """Number of the last paragraph that begins at or before ``position``, or -1."""
        return bisect_right(self._paragraph_starts, position) - 1

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return tuple(pair_marks(self.flow))

    @cached_property
    def _opened(self) -> list[int]:
        return [quotation.outer.start for quotation in self.quotations]

    @cached_property
    def _begun(self) -> list[int]:
        return [quotation.inner.start for quotation in self.quotations]

    @cached_property
    def _ended(self) -> list[int]:
        return [quotation.inner.end for quotation in self.quotations]

    def quotations_in(self, span: Span) -> tuple[Quotation, ...]:
        """Quotations that begin in ``span``, in reading order."""
        low = bisect_left(self._opened, span.start)
        return self.quotations[low : bisect_left(self._opened, span.end, low)]

    def quotations_at(self, span: Span) -> tuple[Quotation, ...]:
        """Quotations whose words share characters with ``span``, in reading order."""
        low = bisect_right(self._ended, span.start)
        return self.quotations[low : bisect_left(self._begun, span.end)]

    def first_quotation(self, span: Span) -> Quotation | None:
        """The first of ``quotations_at``, in a third of the time."""
        at = bisect_right(self._ended, span.start)
        if at < len(self._begun) and self._begun[at] < span.end:
            return self.quotations[at]
        return None

    def is_quoted(self, position: int) -> bool:
        """Whether the position is in a quotation, or at one of its marks."""
        at = bisect_right(self._opened, position) - 1
        return at >= 0 and position < self.quotations[at].outer.end

    def holds_quoted(self, start: int, end: int) -> bool:
        """Whether anything between ``start`` and ``end`` is quoted."""
        at = bisect_left(self._opened, end) - 1
        return at >= 0 and self.quotations[at].outer.end > start

    def is_introduced(self, quotation: Quotation) -> bool:
        """Whether a colon precedes the quotation."""
        start = quotation.outer.start
        return self.flow[max(0, start - 3) : start].rstrip(" ").endswith(":")

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences in reading order; a quotation is never split."""
        return tuple(
            sentence
            for paragraph in self.paragraphs
            for sentence in split_sentences(self.flow, paragraph, self.quotations)
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentences_in(self, span: Span) -> tuple[Span, ...]:
        """Sentences that begin in ``span``, in reading order."""
        low = bisect_left(self._sentence_starts, span.start)
        return self.sentences[low : bisect_left(self._sentence_starts, span.end, low)]

    def sentence_at(self, position: int) -> int:
        """Number of the last sentence that begins at or before ``position``, or -1."""
        return bisect_right(self._sentence_starts, position) - 1


def lay_out(source: Source) -> Article:
    """Returns the source's text as an Article."""
    characters = _LEADS_IN.sub(":", _LOW_COMMA.sub(",", _SPACE.sub(" ", source.text)))
    marked = "\n>" in characters or characters.startswith(">")
    cited = [Span(*found.span()) for found in _CITED.finditer(characters)] if marked else []
    if cited:
        characters = _CITED.sub(lambda found: " " + found.group()[1:], characters)
    title = source.title.span if source.title else None
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(characters)]
    blanked = _furniture(characters, lines, title)
    outside = [_section(characters, title), _dateline(characters, source.place)]
    breaks = _soft_breaks(characters, [line for line in lines if line not in blanked], title)
    blanked.update(span for span in outside if span is not None)
    flow = _with_blanks(characters, [*blanked, *breaks])
    written_by = (name.span for name in (*source.authors, *source.editors) if name.span)
    furniture, bylines = tuple(sorted(blanked)), tuple(sorted(written_by))
    return Article(flow, title, furniture, bylines, source.id, tuple(cited))


def _with_blanks(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    position = 0
    for span in sorted(spans):
        if span.end > position:
            parts += text[position : span.start], " " * (span.end - max(position, span.start))
            position = span.end
    return "".join((*parts, text[position:]))


def _furniture(text: str, lines: list[Span], title: Span | None) -> set[Span]:
    lexicon = furniture()
    blanked: set[Span] = set()
    ended = False
    left = len(text)
    heading = "" if title is None else title.of(text).casefold()
    for before, line in pairwise([Span(0, 0), *lines]):
        left -= len(before)
        words = line.of(text).strip()
        if title is not None and title.overlaps(line):
            continue
        if lexicon.end.fullmatch(words) and left <= len(text) * lexicon.end_share:
            ended = True
        if left <= len(text) * lexicon.listed_share and lexicon.listed.fullmatch(words):
            ended = ended or not any(_is_prose(text, one) for one in lines if one > line)
        again = len(words) >= REPEATED and _is_again(text, before, line, heading)
        if ended or again or lexicon.line.fullmatch(words) or _is_caption(text, before, line):
            blanked.add(line)
    return blanked


def _is_again(text: str, before: Span, line: Span, heading: str) -> bool:
    """Whether the line is the title again, or the one right above it, as some captions are."""
    words = line.of(text).strip()
    above = line.start == before.end + 1 and before.of(text).strip() == words
    return above or words.casefold() == heading


def _is_prose(text: str, line: Span) -> bool:
    return len(line) > WRAP_COLUMNS and _ends_sentence(line.of(text))


def _section(text: str, title: Span | None) -> Span | None:
    """The section after a title, which is part of the page: "Title | China", "Title - Harrow
    News".
    """
    if title is None:
        return None
    section = _SECTION.match(text, title.end)
    return None if section is None else Span(*section.span())


def _dateline(text: str, place: Attested[str] | None) -> Span | None:
    """The dateline before the first sentence: "MOSCOW, May 15 (Xinhua) -- "."""
    if place is None or place.span is None:
        return None
    end = _DATELINE_END.search(text, place.span.end, place.span.end + DATELINE_CHARACTERS)
    return None if end is None else Span(place.span.start, end.end())


def _is_caption(text: str, before: Span, line: Span) -> bool:
    """Whether it is a short line without a full stop right below a picture credit."""
    if line.start != before.end + 1 or len(line) >= WRAP_COLUMNS:
        return False
    credit = furniture().credit.fullmatch(before.of(text).strip())
    return credit is not None and not _ends_sentence(line.of(text))


def is_bullet(paragraph: str) -> bool:
    """Whether the paragraph is an item of a list: "- Arson cases in the state (2023): 12"."""
    return _BULLET.match(paragraph) is not None


def _ends_sentence(line: str) -> bool:
    return line.rstrip().rstrip(CLOSING)[-1:] in TERMINALS


def _soft_breaks(text: str, lines: list[Span], title: Span | None) -> list[Span]:
    """Gaps between lines of the same paragraph."""
    lines = [line for line in lines if line.of(text).strip()]
    widths = _wrapped_widths(text, lines)
    return [
        Span(line.end, after.start)
        for line, after in pairwise(lines)
        if _belongs_together(text, line, after, widths.get(line), title)
    ]


def _belongs_together(
    text: str, line: Span, after: Span, width: int | None, title: Span | None
) -> bool:
    if title is not None and title.overlaps(line):
        return title.end > line.end
    words, following = line.of(text).rstrip(), after.of(text).lstrip()
    if _LISTED.match(following):
        return False
    if following[0] in CLOSERS and _SIGNED.search(words):
        return False  # "“...” — Jane Doe", and the next quotation of a collection
    if "(@" in words and _POST_END.search(words):
        return False
    ends = _ends_sentence(words)
    if _TURN.match(following) or _TIMING.match(words) or (ends and _LABEL.match(following)):
        return False
    if after.start == line.end + 1:
        if width is not None:
            return not (ends and len(words) < 0.75 * width)
        return not ends and following[0].islower() and len(words) > 30
    # a page break within a sentence
    return not ends and following[0].islower() and len(words) > 30


def _wrapped_widths(text: str, lines: list[Span]) -> dict[Span, int]:
    """The column at which each line's block is wrapped, for lines of hard-wrapped blocks."""
    widths: dict[Span, int] = {}
    block: list[Span] = []
    for line, after in pairwise((*lines, None)):
        if line is None:
            break
        block.append(line)
        if after is None or after.start != line.end + 1:
            width = _wrap_width(text, block)
            if width is not None:
                widths.update(dict.fromkeys(block[:-1], width))
            block = []
    return widths


def _wrap_width(text: str, block: list[Span]) -> int | None:
    """Column at which the block is wrapped, or None. A wrapped block has several lines of about the
    same length, most of them ending in mid-sentence.
    """
    full = [line.of(text).rstrip() for line in block[:-1]]
    if len(full) < 2:
        return None
    width = max(map(len, full))
    long = sum(len(line) >= 0.6 * width for line in full)
    running = sum(not _ends_sentence(line) for line in full)
    wrapped = 25 <= width <= WRAP_COLUMNS and long >= 0.6 * len(full) and running >= len(full) / 2
    return width if wrapped else None
