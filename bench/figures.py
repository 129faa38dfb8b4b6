"""The published figures: docs/figures.md and README.md's table, from bench/history.jsonl.

    python -m bench.figures            rewrite both, for the latest release
    python -m bench.figures --check    exit code 1 if one of them is out of date

history.jsonl has a line per release: its version, day and machine, and its figures, each with the
command that measures it. A figure with ``readme`` is in README.md too, in those words. Nothing is
measured here; lines are added after measuring.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HISTORY = ROOT / "bench" / "history.jsonl"
PAGE = ROOT / "docs" / "figures.md"
README = ROOT / "README.md"

BEGIN = "<!-- figures: written by make figures -->"
END = "<!-- end of figures -->"

AGREEMENT = """\
In PolNeAR two people who annotate the same articles agree with F1 .983 on quoted, .754 on
statement, .911 on content and .670 on content_exact. There quotation marks, and a comma before the
closing one, belong to what is quoted; here they do not, so direct quotations are scored with them.
`service/extraction/tagger/model/README.md` is the model's card, `training/LOG.md` says what was
tried.
"""


def releases() -> list[dict[str, Any]]:
    """All releases, newest first."""
    lines = HISTORY.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in reversed(lines)]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _page() -> Iterator[str]:
    yield "# Figures\n\nGenerated from `bench/history.jsonl` by `make figures`; do not edit.\n"
    for release in releases():
        yield f"\n## {release['version']}\n\n"
        yield f"Measured up to {release['date']} on {release['machine']}.\n"
        for area, figures in groupby(release["figures"], key=lambda one: one["area"]):
            yield f"\n### {area}\n\n"
            yield _row("what", "figure", "command")
            yield _row("---", "---", "---")
            for one in figures:
                yield _row(one["what"], one["figure"], f"`{one['command']}`")
    yield f"\n{AGREEMENT}"


def page() -> str:
    return "".join(_page())


def readme(present: str) -> str:
    """README.md's text with the latest table between its two markers."""
    before, _, rest = present.partition(BEGIN)
    _, _, after = rest.partition(END)
    chosen = [one for one in releases()[0]["figures"] if "readme" in one]
    rows = [_row("figure", "command"), _row("---", "---")]
    rows += [_row(one["readme"], f"`{one['command']}`") for one in chosen]
    return f"{before}{BEGIN}\n\n{''.join(rows)}\n{END}{after}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if outdated")
    check = parser.parse_args().check
    outdated = []
    present = README.read_text(encoding="utf-8")
    for path, text in ((PAGE, page()), (README, readme(present))):
        if check and path.read_text(encoding="utf-8") != text:
            outdated.append(path.name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if outdated:
        sys.exit(f"{' and '.join(outdated)} out of date; update with: make figures")


if __name__ == "__main__":
    main()
