"""What the five articles say of themselves, read by eye and written down here word for word."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from service.domain import Attested, Provenance, Source
from service.reading import find_files, read

SEEDS = Path(__file__).parents[2] / "seeds"

XINHUA_TITLE = (
    "Russia-China relations continue to develop despite challenging international situation,"
    " says Putin"
)
AUTHOR_PAGE = "https://thenewamerican.com/author/dderidder/?utm_source=_pdf"

Said = Mapping[str, tuple[object, str]]
"""Each field's value, and the words of the text it was read from."""

EXPECTED: dict[str, Said] = {
    "000_d93889a5df172843.txt": {
        "title": (
            title := "Putin visits China: Russia and China are determined to bolster cooperation"
            " in all areas.",
            title,
        ),
    },
    "001_c4821aff3cb005b6.txt": {
        "title": (
            title := "Putin calls Russian-Chinese relations"
            ' "a model of efficiency, responsibility"',
            title,
        ),
        "publisher": ("TASS", "TASS"),
        "place": ("MOSCOW", "MOSCOW"),
        "published": ("--02-03", "February 3"),
    },
    "002_3921f62b20df3c53.txt": {
        "title": (XINHUA_TITLE, XINHUA_TITLE),
        "publisher": ("Xinhua", "Xinhua"),
        "place": ("MOSCOW", "MOSCOW"),
        "published": ("2024-05-15", "May 15, 2024"),
        "editors": (["Zhang Kaiwei", "Liang Jun"], "Zhang Kaiwei, Liang Jun"),
    },
    "003_50899f19e1fbd510.txt": {
        "title": (
            title := "Russia seeks to expand security ties with China;"
            " calls it ‘unconditional priority’",
            title,
        ),
    },
    "004_98924de22e9459fb.txt": {
        "title": (
            "Putin and Xi Announce Strengthening of Russia-China Partnership",
            "Putin and Xi Announce Strengthening of Russia-China\nPartnership",
        ),
        "publisher": ("thenewamerican.com", "thenewamerican.com"),
        "published": ("2024-05-16", "May 16, 2024"),
        "authors": (["D. Michael DeRidder"], "D. Michael DeRidder"),
        "urls": (
            ["http://kremlin.ru/supplement/6132", AUTHOR_PAGE],
            f"http://kremlin.ru/supplement/6132\nhttp://kremlin.ru/supplement/6132\n{AUTHOR_PAGE}",
        ),
    },
}


def sources() -> dict[str, Source]:
    read_ones = [(path, source) for path in find_files([str(SEEDS)]) for source in read(path)]
    return {path.name: source for path, source in read_ones if isinstance(source, Source)}


@pytest.mark.parametrize("name", EXPECTED)
def test_seed_says_of_itself_what_a_reader_sees(name: str) -> None:
    source = sources()[name]
    fields = ("title", "publisher", "place", "published", "authors", "editors", "urls")
    said = {field: value for field in fields if (value := saying(source, field)) is not None}
    assert said == dict(EXPECTED[name])


@pytest.mark.parametrize("name", EXPECTED)
def test_seed_is_english_and_its_text_unchanged(name: str) -> None:
    source = sources()[name]
    assert source.text.encode() == (SEEDS / name).read_bytes()
    assert source.language is not None
    assert source.language.value == "en"
    assert source.language.span is not None
    assert len(source.language.span) == len(source.text)


def test_seed_keeps_its_id_and_origin() -> None:
    source = sources()["000_d93889a5df172843.txt"]
    assert source.id == "a-f405ec493235"
    assert source.origin == (SEEDS / "000_d93889a5df172843.txt").resolve().as_posix()


def saying(source: Source, field: str) -> tuple[object, str] | None:
    attested = getattr(source, field)
    if not attested:
        return None
    several = attested if isinstance(attested, tuple) else (attested,)
    assert all(one.provenance is Provenance.INFERRED for one in several)
    spans = [span for one in several if (span := one.span)]
    words = source.text[spans[0].start : spans[-1].end]
    if isinstance(attested, Attested):
        value = attested.value
        return (value if isinstance(value, str) else str(value)), words
    return [one.value for one in several], words
