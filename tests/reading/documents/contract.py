"""What every adapter of a format has to do; each adapter's tests inherit this suite.

A class that inherits it writes an article in its format; what is read of it has to be the same
article, and what is done to the file may cost that file and nothing else.
"""

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.domain import AnnotatedSource, Extractor, Provenance, Source
from service.errors import UnreadableSource
from service.extraction import annotate
from service.reading import find_files, read


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    authors: tuple[str, ...]
    published: str
    paragraphs: tuple[str, ...]


ARTICLE = Article(
    title="Dover's port will stay open",
    authors=("Jane Doe", "John Roe"),
    published="2024-01-03",
    paragraphs=(
        "“We will stay here for as long as the sea does,” Mayor Mary Major said on Monday in the"
        " town hall, before an audience of three hundred people.",
        "The port has lost money for years, and its owner had told the council in November that"
        " the ferries might have to leave for another harbour down the coast.",
        "“Nobody asked the dockers,” said Peter Minor, who speaks for them. “That has to change"
        " before anything is signed.”",
        "According to the council, the talks will go on until the end of March.",
    ),
)


class AdapterContract:
    declares = frozenset({"title", "authors", "published"})
    mutations = 25

    def written(self, article: Article, folder: Path) -> Path:
        """The article as a file of the format, in the given folder."""
        raise NotImplementedError

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return self.written(ARTICLE, tmp_path)

    @pytest.fixture
    def source(self, path: Path) -> Source:
        (source,) = read(path)
        assert isinstance(source, Source), source
        return source

    def test_paragraphs_are_read_in_order(self, source: Source) -> None:
        paragraphs = [paragraph.strip() for paragraph in source.text.split("\n\n")]
        kept = [one for one in paragraphs if one in ARTICLE.paragraphs]
        assert kept == list(ARTICLE.paragraphs), source.text

    def test_values_are_declared_and_say_in_which_field(self, source: Source) -> None:
        found = {"title": source.title, "published": source.published}
        for name, value in found.items():
            if name in self.declares:
                assert value is not None
                assert str(value.value) == str(getattr(ARTICLE, name))
                assert value.provenance is Provenance.DECLARED
                assert value.field
        if "authors" in self.declares:
            assert tuple(author.value for author in source.authors) == ARTICLE.authors
            assert all(author.field for author in source.authors)

    def test_statements_are_those_of_the_text_alone(self, source: Source) -> None:
        as_text = Source(id="a-1", text="\n\n".join(ARTICLE.paragraphs), origin="-")
        annotated = annotate(source, extractor=Extractor.RULES)
        assert said(annotated) == said(annotate(as_text, extractor=Extractor.RULES))
        for statement in annotated.statements:
            pieces = [span.of(source.text) for span in statement.spans]
            assert " […] ".join(pieces) == statement.text

    def test_text_has_its_checksum(self, source: Source) -> None:
        assert source.sha256 == hashlib.sha256(source.text.encode()).hexdigest()

    def test_reading_again_reads_the_same(self, path: Path, source: Source) -> None:
        assert list(read(path)) == [source]

    def test_sidecar_wins(self, path: Path) -> None:
        path.with_name(path.name + ".meta.json").write_text(json.dumps({"title": "Another"}))
        (source,) = read(path)
        assert isinstance(source, Source)
        assert source.title is not None
        assert (source.title.value, source.title.field) == ("Another", "title")

    def test_folder_is_searched_for_it(self, path: Path) -> None:
        assert list(find_files([str(path.parent)])) == [path]

    def test_empty_file_is_named(self, path: Path) -> None:
        path.write_bytes(b"")
        self.assert_one_error(path)

    def test_other_bytes_under_its_name_are_named(self, path: Path) -> None:
        path.write_bytes(bytes(range(256)) * 40)
        self.assert_one_error(path)

    def test_file_beyond_the_limit_is_named(self, path: Path) -> None:
        with path.open("r+b") as stream:
            stream.truncate(20_000_001)
        self.assert_one_error(path)

    def test_damage_costs_the_file_alone(self, path: Path) -> None:
        content = path.read_bytes()
        chance = random.Random(17)
        for _ in range(self.mutations):
            path.write_bytes(mutated(content, chance))
            for outcome in read(path):
                assert isinstance(outcome, Source | UnreadableSource)

    def assert_one_error(self, path: Path) -> None:
        (error,) = read(path)
        assert isinstance(error, UnreadableSource)
        assert str(error).startswith(f"{path}: ")
        assert "\n" not in str(error)


def said(annotated: AnnotatedSource) -> list[tuple[str, str | None]]:
    return [(one.text, one.speaker and one.speaker.name) for one in annotated.statements]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with a range cut out, doubled, or overwritten."""
    broken = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(broken) or 1)
        end = min(len(broken), start + chance.randint(1, 1 + len(broken) // 8))
        match chance.randrange(4):
            case 0:
                del broken[start:end]
            case 1:
                broken[start:start] = broken[start:end]
            case 2:
                broken[start:end] = chance.randbytes(end - start)
            case _:
                broken = broken[:end]
    return bytes(broken)
