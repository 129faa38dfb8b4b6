"""Subtitles: the speech of a .srt or .vtt file as running text, with the time of each cue.

Cues are joined until the speaker changes, nobody speaks for a while, or a sentence ends in a long
paragraph.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.decoding import decode
from service.reading.documents.document import PARAGRAPH, Document, one_space

_TIMING = re.compile(
    r"(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})[ \t]*-->[ \t]*(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:][^<>]{0,80}>|<\d\d:[\d:.]+>|\{\\[^{}]{0,40}\}")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*$")
_SPEAKER = re.compile(r"(?:>>|[-–—]\s|[^\W\d_][^:.!?]{1,40}:\s)")

SILENCE = 3000
"""Milliseconds of silence after which a new paragraph starts."""

LONG = 400
"""Characters after which a paragraph ends with its sentence, as long as an article's paragraphs."""


@dataclass(frozen=True, slots=True)
class Caption:
    start: int
    end: int
    text: str


def read_document(content: bytes, where: str) -> Document:
    """Raises UnreadableSource if no cue has words."""
    cues = list(_cues(decode(content, where)))
    if not cues:
        raise UnreadableSource(
            f'{where}: no cues; expected lines such as "00:00:01,000 --> 00:00:02,000"'
        )
    text, places = _joined(cues)
    return Document(text, Declaration(metadata={"places": places}))


def _cues(written: str) -> Iterator[Caption]:
    """Each timing with the lines after it up to an empty one."""
    words: list[str] | None = None
    times = (0, 0)
    for line in [*written.splitlines(), ""]:
        timing = _TIMING.match(line.strip())
        if timing or not line.strip():
            if words:
                yield Caption(*times, one_space(" ".join(words)))
            words = None
        if timing:
            times, words = (_milliseconds(timing, 1), _milliseconds(timing, 5)), []
        elif words is not None and (shown := _shown(line)):
            words.append(shown)


def _milliseconds(timing: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(timing[first + n] or 0) for n in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _shown(line: str) -> str:
    return one_space(html.unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line))))


def _joined(cues: list[Caption]) -> tuple[str, list[dict[str, object]]]:
    """The text of all cues, and the position of each in it."""
    opened = 0
    places: list[dict[str, object]] = []
    pieces: list[str] = []
    length = 0
    before: Caption | None = None
    for cue in cues:
        if before is not None:
            breaks = _breaks(before, cue, length - opened)
            pieces.append(PARAGRAPH if breaks else " ")
            length += len(pieces[-1])
            opened = length if breaks else opened
        places.append({"time": _clock(cue.start), "start": length, "end": length + len(cue.text)})
        pieces.append(cue.text)
        length += len(cue.text)
        before = cue
    return "".join(pieces), places


def _breaks(before: Caption, cue: Caption, length: int) -> bool:
    ended = _SENTENCE_END.search(before.text) is not None
    speaks = _SPEAKER.match(cue.text) is not None
    return cue.start - before.end >= SILENCE or (ended and (speaks or length >= LONG))


def _clock(milliseconds: int) -> str:
    """
    >>> _clock(3_723_004)
    '01:02:03.004'
    """
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
