"""The statements of the sample and the seeds as plain text, kept in tests/extraction/answers.

    make answers

rewrites them, so that a change of extraction shows as a diff: read it before it is committed.
tests/bench/test_answers.py fails if they are out of date. A statement has two or three lines: its
form and speaker; mention, cue and content, marked as in bench/sample.py; and, if the mention does
not name the speaker in full, how it leads there. Confidence is left out, as its last digit depends
on the processor.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.sample import SAMPLE
from service.domain import Act, Excerpt, Source, Statement
from service.extraction import annotate
from service.reading import read

SEEDS = Path(__file__).parents[1] / "seeds"
ANSWERS = SAMPLE.parent / "answers"


def articles() -> list[Path]:
    return sorted([*SEEDS.glob("*.txt"), *SAMPLE.glob("*.txt")], key=lambda path: path.name)


def answers(article: Path) -> str:
    """The file for an article: its statements by the model, in reading order."""
    statements = (
        statement
        for source in read(article)
        if isinstance(source, Source)
        for statement in annotate(source).statements
    )
    return "\n".join(map(written, statements))


def written(statement: Statement) -> str:
    speaker = statement.speaker.name if statement.speaker else "nobody named"
    act = ", attitude" if statement.act is Act.ATTITUDE else ""
    head = f"{statement.form}{act}: {speaker}"
    return "".join(f"{line}\n" for line in (head, *_details(statement)))


def _details(statement: Statement) -> Iterator[str]:
    attribution = statement.attribution
    parts = [_marked("<", attribution.mention, ">"), _marked("|", attribution.cue, "|")]
    content = "{" + _on_one_line(statement.text) + "}"
    yield "  " + " ".join([part for part in parts if part] + [content])
    if len(attribution.via) > 1:
        yield "  via " + " > ".join(attribution.via)


def _marked(opening: str, excerpt: Excerpt | None, closing: str) -> str:
    return "" if excerpt is None else opening + _on_one_line(excerpt.text) + closing


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def write(folder: Path, paths: Iterable[Path]) -> None:
    """Writes a file per article and removes those of articles that no longer exist."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = set()
    for path in paths:
        kept.add(folder / path.name)
        (folder / path.name).write_text(answers(path), encoding="utf-8")
    for stale in set(folder.glob("*.txt")) - kept:
        stale.unlink()


if __name__ == "__main__":
    write(ANSWERS, articles())
