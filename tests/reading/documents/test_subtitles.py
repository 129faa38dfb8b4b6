"""Subtitles: running text, and when each cue is shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from service.domain import Source
from service.reading import read
from tests.reading.documents.contract import AdapterContract, Article


class TestSubtitles(AdapterContract):
    declares = frozenset()

    def written(self, article: Article, folder: Path) -> Path:
        """Seven words per cue, one per second; four seconds of silence between paragraphs."""
        cues, second = [], 0
        for paragraph in article.paragraphs:
            words = paragraph.split()
            for start in range(0, len(words), 7):
                cues.append((second, second + 1, " ".join(words[start : start + 7])))
                second += 1
            second += 4
        path = folder / "article.srt"
        path.write_text(
            "".join(
                f"{number}\n{clock(start)} --> {clock(end)}\n<i>{words}</i>\n\n"
                for number, (start, end, words) in enumerate(cues, start=1)
            ),
            "utf-8",
        )
        return path


def clock(second: int) -> str:
    return f"00:{second // 60:02d}:{second % 60:02d},000"


def places_of(source: Source) -> Sequence[dict[str, Any]]:
    places = source.metadata["places"]
    assert isinstance(places, list)
    return places


def test_every_cue_has_its_time_and_its_words(tmp_path: Path) -> None:
    (source,) = read(TestSubtitles().written(_ARTICLE, tmp_path))
    assert isinstance(source, Source)
    timed = [(one["time"], source.text[one["start"] : one["end"]]) for one in places_of(source)]
    assert timed == [
        ("00:00:00.000", "One two three four five six seven"),
        ("00:00:01.000", "eight."),
        ("00:00:06.000", "Nine."),
    ]


_ARTICLE = Article("", (), "", ("One two three four five six seven eight.", "Nine."))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "WEBVTT\n\nNOTE none of it\n\n"
            "00:01.000 --> 00:02.000 align:start\n<v Jane Doe>We stay.\n\n"
            "2\n00:02.500 --> 00:03.000\n<v.loud John Roe>We <b>go</b> &amp; stay.\n",
            "Jane Doe: We stay.\n\nJohn Roe: We go & stay.",
        ),
        (
            "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}We will\r\nstay,\r\n\r\n"
            "2\r\n00:00:02,000 --> 00:00:03,000\r\nshe said.\r\n",
            "We will stay, she said.",
        ),
    ],
)
def test_markup_is_not_text_and_voices_are_labels(tmp_path: Path, written: str, text: str) -> None:
    path = tmp_path / "a.vtt"
    path.write_bytes(written.encode())
    (source,) = read(path)
    assert isinstance(source, Source)
    assert source.text == text
