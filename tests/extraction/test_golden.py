"""The seeds' statements as a person read them, one file a seed.

``python tests/extraction/test_golden.py`` writes them anew; read the diff against the article
before it is committed.
"""

import json
from pathlib import Path

import pytest

from service.domain import Extractor, Source, Statement
from service.extraction import annotate
from service.reading import read

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden"


def source_of(seed: Path) -> Source:
    (source,) = read(seed)
    assert isinstance(source, Source)
    return source


def row(statement: Statement) -> dict[str, object]:
    attribution = statement.attribution
    return {
        "form": statement.form,
        "speaker": statement.speaker.name if statement.speaker else None,
        "mention": attribution.mention.text if attribution.mention else None,
        "cue": attribution.cue.text if attribution.cue else None,
        "text": statement.text,
        "spans": [[span.start, span.end] for span in statement.spans],
        "quoted": [[span.start, span.end] for span in statement.quoted],
    }


def rendered(seed: Path) -> str:
    rows = [row(statement) for statement in annotate(source_of(seed)).statements]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_seed_reads_as_a_person_read_it(seed: Path) -> None:
    golden = (GOLDEN / f"{seed.stem}.json").read_text(encoding="utf-8")
    assert json.loads(rendered(seed)) == json.loads(golden)


def test_rules_alone_find_nearly_all_of_it() -> None:
    golden, found = set(), set()
    for seed in SEEDS:
        rows = json.loads((GOLDEN / f"{seed.stem}.json").read_text(encoding="utf-8"))
        golden |= {(seed.stem, row["speaker"], str(row["spans"])) for row in rows}
        found |= {
            (seed.stem, fields["speaker"], str(fields["spans"]))
            for fields in map(row, annotate(source_of(seed), (), Extractor.RULES).statements)
        }
    assert len(golden & found) >= 0.95 * len(golden)
    assert len(golden & found) >= 0.95 * len(found)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for path in SEEDS:
        (GOLDEN / f"{path.stem}.json").write_text(rendered(path), encoding="utf-8")
