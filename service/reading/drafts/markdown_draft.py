"""Markdown drafts: the visible text of a document, as CommonMark defines it.

Uses markdown-it. It reports the lines of a block but not positions within them, so its inline rules
are wrapped to record what each has consumed. HTML in Markdown is read as HTML; code blocks are not
prose.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from service.deadline import check_deadline, in_time
from service.domain import Span
from service.reading.drafts.draft import Draft
from service.reading.drafts.html_draft import HtmlPage
from service.reading.drafts.transcript import Transcript

Rule = Callable[[StateInline, bool], bool]

PLACE = "place"
"""Key in a token's ``meta`` for its position in its block's content."""

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n?|\n)(?s:.*?)(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_LINE = re.compile(r"(?P<words>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_SIGNED = re.compile(r"(?:[—–―‒]|--?)\s*[^\W\d_]")


def read_markdown(document: str) -> Draft:
    """Raises UnreadableSource for HTML in it that is never closed."""
    reader = _Reader(document)
    for token in in_time(_parser().parse(_without_front_matter(document))):
        reader.block(token)
    return reader.finish()


def _without_front_matter(document: str) -> str:
    """The document with its front matter blanked out, lengths and lines unchanged."""
    found = _FRONT_MATTER.match(document)
    return (
        document if found is None else re.sub(r"[^\r\n]", " ", found[0]) + document[found.end() :]
    )


class _Reader:
    """Reads blocks one by one into a transcript."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._lines = [Span(*line.span("words")) for line in _LINE.finditer(document)]
        self._transcript = Transcript(document)
        self._page = HtmlPage(document, self._transcript)
        self._hashes = ""  # those before the current heading

    def finish(self) -> Draft:
        self._page.close()
        return self._transcript.finish()

    def block(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._transcript.begin_quotation()
            case "blockquote_close":
                self._transcript.end_quotation()
            case "heading_open":
                self._hashes = token.markup.strip("=-")
            case "heading_close":
                self._hashes = ""
            case "inline":
                self._inline(token)
            case "html_block":
                self._page.read(self._stretch(token))
        self._transcript.end_paragraph()

    def _stretch(self, token: Token) -> Span:
        first, last = token.map or (0, 0)
        return Span(self._lines[first].start, self._lines[last - 1].end)

    def _inline(self, block: Token) -> None:
        places = self._places(block)
        for token in block.children or ():
            begin, end = token.meta.get(PLACE, (0, 0))
            match token.type:
                case "text" if token.content:
                    self._prose(places, begin, end)
                case "text_special":
                    self._transcript.write(token.content, places[begin], places[end - 1] + 1)
                case "code_inline":
                    self._prose(places, begin + len(token.markup), end - len(token.markup))
                case "link_open":
                    place = Span(places[begin], places[end - 1] + 1)
                    self._transcript.link(place, str(token.attrs["href"]))
                case "html_inline":
                    self._page.read_tag(Span(places[begin], places[end - 1] + 1))
                case "softbreak" if not _SIGNED.match(self._document, places[end]):
                    self._transcript.space(places[begin], places[end - 1] + 1)
                case "softbreak" | "hardbreak":
                    self._transcript.end_line()

    def _prose(self, places: Sequence[int], begin: int, end: int) -> None:
        """Without line prefixes such as the ">" of a block quotation."""
        start = begin
        for number in range(begin + 1, end + 1):
            if number == end or places[number] != places[number - 1] + 1:
                self._transcript.prose(places[start], places[number - 1] + 1)
                start = number

    def _places(self, block: Token) -> list[int]:
        """For each character of the block's content, its offset in the document."""
        places: list[int] = []
        lines = block.content.split("\n")
        for number, line in enumerate(lines, start=self._first_line(block, lines[0])):
            offset = self._offset_of(line, self._lines[number])
            places += range(offset, offset + len(line) + 1)
        return places

    def _first_line(self, block: Token, line: str) -> int:
        """Skips lines that contain only white space unknown to Markdown, which it strips."""
        first, last = block.map or (0, 0)
        ends = (self._words(self._lines[number]).rstrip() for number in range(first, last))
        skipped = (not end.endswith(line.rstrip()) and not self._hashes for end in ends)
        return first + sum(takewhile(bool, skipped))

    def _offset_of(self, line: str, place: Span) -> int:
        """A block's line matches the end of the document's line; a heading's starts after its
        hashes."""
        words = self._words(place)
        if self._hashes:
            return place.start + words.index(line, words.index(self._hashes) + len(self._hashes))
        return place.start + len(words.rstrip()) - len(line.rstrip())

    def _words(self, place: Span) -> str:
        """The words as Markdown interprets them."""
        return place.of(self._document).replace("\0", "\ufffd")


@cache
def _parser() -> MarkdownIt:
    """A CommonMark parser whose text tokens know their positions."""
    parser = MarkdownIt("commonmark").disable(["fragments_join", "text_join"])
    rules = parser.inline.ruler
    rules.push("character", _read_character)
    named = list(zip(rules.get_active_rules(), rules.getRules(""), strict=True))
    for name, rule in named:
        rules.at(name, partial(_noting, rule))
    return parser


def _read_character(state: StateInline, silent: bool) -> bool:
    """Takes a character that no other rule wants as text."""
    if not silent:
        state.append_pending(state.src[state.pos])
    state.pos += 1
    return True


def _noting(rule: Rule, state: StateInline, silent: bool) -> bool:
    """Applies ``rule`` and records the positions of the tokens it makes.

    Checks the deadline: unmatched brackets are rescanned repeatedly, 25 s for a draft of nothing
    else.
    """
    check_deadline()
    begin, known = state.pos, len(state.tokens)
    read = rule(state, silent)
    if read and not silent:
        if state.pending:
            state.pushPending()
        _note_places(state.tokens[known:], state.src, begin, state.pos)
    return read


def _note_places(tokens: Iterable[Token], content: str, begin: int, end: int) -> None:
    """Records positions; delimiters are one token each, and tokens in a link have theirs
    already."""
    for token in tokens:
        if PLACE not in token.meta:
            start = content.find(token.content, begin, end) if token.type == "text" else -1
            stop = start + len(token.content)
            token.meta[PLACE] = (begin, end) if start < 0 else (start, stop)
            begin = max(begin, stop)
