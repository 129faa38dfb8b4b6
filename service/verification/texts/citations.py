"""Citations: which source a draft names beside a quotation.

"told the Guardian", "according to Reuters", a link on such words or on the quotation itself, a
note. Names count only if they are a medium's; the speaker is not decided here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from service.domain import Span
from service.names.folding import fold_name

IsMedium = Callable[[str], bool]

MOST_OF_A_NAME = 6
"""Words: "The Times of India newspaper"."""
LONGEST_NOTE = 500
"""Characters of a note that are read."""
MOST_AROUND = 500
"""Characters before and after a quotation; in a longer sentence it is unclear what is cited."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Words of a draft that link to ``url``, or to a note within the draft."""

    span: Span
    url: str
    note: Span | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as named in a draft, or the linked site; ``span`` is the place in the draft."""

    name: str
    span: Span


_CUE = (
    r"(?:told|tells|telling|informed|says? to|said to|sp(?:eak|eaks|eaking|oke) (?:to|with)"
    r"|talk(?:s|ed|ing)? (?:to|with)|interview(?:s|ed)? (?:with|by|in|on|for|to)"
    r"|wr(?:ote|ites|iting) (?:in|for)|according to|quoted (?:by|in|on)|cited (?:by|in)"
    r"|reported (?:by|in)|published (?:by|in|on)|(?:statement|comments?|remarks?) to"
    r"|appear(?:s|ed|ing) on|(?:said|says|saying) (?:in|on)|told to|via|source:|sources:)"
)
_NAME = (
    r"(?P<name>(?:the |The )?(?:[A-Z0-9][\w.’'&/-]*)"
    rf"(?:[ ](?:of|and|della|&|[A-Z0-9][\w.’'&/-]*)){{0,{MOST_OF_A_NAME}}})"
)
_REPORTED_BY = re.compile(
    rf"(?i:\b{_CUE})\s+(?:the\s+(?:news\s+)?(?:agency|newspaper|paper)\s+)?{_NAME}"
)
_REPORTED = re.compile(
    rf"{_NAME}(?:[’']s [\w ]{{3,30}}?)? (?:reported|reports|quoted|quotes|cited|cites)\b"
)
_LINKED_WORDS = re.compile(rf"(?i)\b(?:{_CUE}|said|says|wrote|interview|report(?:ed|s)?|source)\b")
_IN_PARENTHESES = re.compile(r"\((?i:sources?:\s*)?([^()\n]{2,120})\)")
_MARK = re.compile(r"\[\^?(\w{1,12})\]|([¹²³⁰⁴-⁹]{1,3})")
_NOTES = re.compile(r"^[ \t]*(?:\[\^?\w{1,12}\]|\w{1,3}[.):][ \t]|[¹²³⁰⁴-⁹]).*", re.M)
_NOTE = re.compile(
    r"(?:^|(?<=\s))\[\^?(\w{1,12})\]:?[ \t]|^[ \t]*(\w{1,3})[.):][ \t]|^[ \t]*([¹²³⁰⁴-⁹]{1,3})"
)
_IS_MARK = re.compile(r"[\[(]?\^?[\w*†‡§¹²³⁰⁴-⁹]{1,3}[\])]?")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s+[\"'“‘«(]*[A-Z0-9]|\s*\n|\s*\Z)|\n")
_AFTER = re.compile(r"(?:[\"'”’».,]|\s*\((?i:source)[^()\n]*\)|\s?\[\^?\w{1,12}\]|[¹²³⁰⁴-⁹]|\d)*")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Citations:
    """The citations of one draft, with its links; ``is_medium`` recognises a medium by its name."""

    def __init__(self, text: str, leading: Iterable[Leading], is_medium: IsMedium) -> None:
        self._text = text
        self._leading = sorted(leading, key=lambda one: one.span)
        self._is_medium = is_medium

    def beside(self, spans: Sequence[Span], announcing: Iterable[Span]) -> list[Citation]:
        """Citations beside a quotation in these ``spans``, each once; ``announcing`` are mention
        and cue. The quoted words themselves are not searched.
        """
        window = self._window([*spans, *announcing])
        words = list(self._text[window.start : window.end])
        for span in spans:
            inside = range(max(span.start, window.start), min(span.end, window.end))
            words[inside.start - window.start : inside.stop - window.start] = "\0" * len(inside)
        found = [*self._named("".join(words), window.start), *self._led(window, spans)]
        return list({fold_name(one.name): one for one in found}.values())

    def _window(self, spans: Sequence[Span]) -> Span:
        """The sentences that contain the spans, with the note marks after them."""
        start, end = min(one.start for one in spans), max(one.end for one in spans)
        paragraph = max(self._text.rfind("\n", 0, start) + 1, start - MOST_AROUND)
        ends = [one.end() for one in _SENTENCE_END.finditer(self._text, paragraph, start)]
        # a sentence may end within the quotation's own marks
        last = min(len(self._text), end + MOST_AROUND)
        closing = _SENTENCE_END.search(self._text, max(start, end - 1), last)
        stop = last if closing is None else closing.end()
        notes = _AFTER.match(self._text, stop)
        return Span(ends[-1] if ends else paragraph, notes.end() if notes else stop)

    def _named(self, words: str, offset: int) -> Iterator[Citation]:
        for pattern in (_REPORTED_BY, _REPORTED):
            for found in pattern.finditer(words):
                name = self._medium_in(found["name"])
                if name:
                    start = offset + found.start("name")
                    yield Citation(name, Span(start, start + len(name)))
        for found in _IN_PARENTHESES.finditer(words):
            place = Span(offset + found.start(1), offset + found.end(1))
            yield from self._in_words(found[1], place)
        for found in _MARK.finditer(words):
            note = self._note(found[1] or found[2].translate(_SUPERSCRIPT), offset + found.end())
            if note:
                yield from self._in_note(note, Span(offset + found.start(), offset + found.end()))

    def _medium_in(self, name: str) -> str:
        """The longest beginning of ``name`` that is a medium's name, or an empty string."""
        words = name.split(" ")
        for number in range(len(words), 0, -1):
            medium = re.sub(r"[’']s$", "", " ".join(words[:number])).rstrip(".,")
            if self._is_medium(medium):
                return medium
        return ""

    def _in_words(self, words: str, span: Span) -> Iterator[Citation]:
        """Citations in a note or a parenthesis, which begins with a medium or has one between
        commas.
        """
        for part in re.split(r"[,;:|–—]\s*|\.\s", words[:LONGEST_NOTE]):
            name = self._medium_in(part.strip(" *_“”\"'"))
            if name:
                yield Citation(name, span)
                return

    def _in_note(self, note: str, span: Span) -> Iterator[Citation]:
        """The note's site, or else the medium it names."""
        address = _ADDRESS.search(note)
        if address is not None:
            yield from _site(address[0], span)
        else:
            yield from self._in_words(note, span)

    def _note(self, mark: str, position: int) -> str:
        """The text of the note with this mark, further down in the draft."""
        return next((words for place, words in self._notes.get(mark, ()) if place >= position), "")

    @cached_property
    def _notes(self) -> dict[str, list[tuple[int, str]]]:
        """Notes by their marks, with their places; a line may hold several, as Markdown joins
        them.
        """
        notes: dict[str, list[tuple[int, str]]] = {}
        for line in _NOTES.finditer(self._text):
            marks = list(_NOTE.finditer(line[0]))
            ends = [*(one.start() for one in marks[1:]), len(line[0])]
            for mark, end in zip(marks, ends, strict=True):
                key = (mark[1] or mark[2] or mark[3]).translate(_SUPERSCRIPT)
                words = line[0][mark.end() : end][:LONGEST_NOTE]
                notes.setdefault(key, []).append((line.start() + mark.start(), words))
        return notes

    def _led(self, window: Span, spans: Sequence[Span]) -> Iterator[Citation]:
        for one in self._leading:
            if one.span.end <= window.start or one.span.start >= window.end:
                continue
            words = one.span.of(self._text)
            if one.note is not None:
                yield from self._in_note(self._whole(one.note), one.span)
            elif self._cites(words, one.span, spans):
                yield from _site(one.url, one.span)

    def _whole(self, note: Span) -> str:
        """The note's text with its link targets."""
        urls = (one.url for one in self._leading if note.start <= one.span.start < note.end)
        return " ".join([note.of(self._text), *urls])

    def _cites(self, words: str, span: Span, spans: Sequence[Span]) -> bool:
        """Whether the link is on the quotation, on words that announce it, or on a note mark."""
        on_it = any(span.start < one.end and one.start < span.end for one in spans)
        cites = _LINKED_WORDS.search(words) or _IS_MARK.fullmatch(words)
        return on_it or bool(cites) or bool(self._medium_in(words))


def _site(url: str, span: Span) -> Iterator[Citation]:
    site = site_of(url)
    if site:
        yield Citation(site, span)


def site_of(url: str) -> str:
    """The host without common prefixes; an empty string without a host.

    >>> site_of("https://www.theguardian.com/world/1"), site_of("#note"), site_of("//[")
    ('theguardian.com', '', '')
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|amp|edition|mobile)\.", "", host.lower()) if "." in host else ""
