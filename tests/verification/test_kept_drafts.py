"""Ten drafts as people write them, true and false quotations among each other, label by label."""

import tomllib
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from service.checking import check_draft
from service.index.whoosh import open_index
from service.reading.drafts import draft_in
from tests.conftest import ROOT, run_in

DRAFTS = Path(__file__).with_name("kept_drafts")
LABELS = tomllib.loads((DRAFTS / "labels.toml").read_text())
RIGHT = 0.95


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    sample = sorted((ROOT / "tests/extraction/sample").glob("*.txt"))
    assert run_in(folder)("index", ROOT / "seeds", *sample).returncode == 0
    return folder / "index"


def test_nineteen_of_twenty_labels_are_right(index: Path) -> None:
    confusions: Counter[tuple[str, str, str]] = Counter()
    wanted: Counter[tuple[str, str, str]] = Counter()
    with closing(open_index(index)) as opened:
        for name, labels in LABELS.items():
            (path,) = DRAFTS.glob(f"{name}.*")
            wanted.update((name, begins, one) for begins in labels for one in labels[begins])
            checked = check_draft(opened.snapshot(), draft_in(path))
            for quotation in checked.quotations:
                begins = next((one for one in labels if quotation.text.startswith(one)), "")
                confusions[name, begins, quotation.verification.verdict] += 1
    right = (confusions & wanted).total()
    assert len(LABELS) == 10
    assert right >= RIGHT * max(confusions.total(), wanted.total()), (
        confusions - wanted,
        wanted - confusions,
    )
