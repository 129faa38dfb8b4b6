"""Does a commit survive a kill at any moment? python -m bench.kills [--times 100]

Kills a process that adds, replaces and removes sources all the time with SIGKILL, at a random
moment; then every byte of the index must be as it was written (onrecord check-index), every source
must have all its statements, and the next writer must not be blocked. Prints how many of the kills
hit a commit.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bench.synthetic import STATEMENTS_A_SOURCE, Writer
from service.domain import AnnotatedSource, SourceSummary
from service.index.whoosh import WhooshIndex, check_index, open_index
from service.rendering.statement_json import STATEMENT_JSON

BATCH = 60
"""Sources of a commit."""


def write(folder: Path) -> None:
    """Commits forever; prints the number of sources before and after each commit."""
    writer, chance = Writer(), random.Random()
    with closing(open_index(folder, rendering=STATEMENT_JSON)) as index:
        while True:
            present = index.snapshot().statistics().sources
            print(present, flush=True)
            if present > 5 * BATCH and chance.random() < 0.4:
                index.remove(one.source.id for one in index.snapshot().sources(limit=BATCH).items)
            else:
                first = chance.randrange(10**6)
                index.add(_alone(writer.source(first + number)) for number in range(BATCH))


def _alone(annotated: AnnotatedSource) -> AnnotatedSource:
    """The source with an origin of its own, so that nothing is removed for not being given
    again.
    """
    source = annotated.source
    return replace(annotated, source=replace(source, origin=source.id))


def kill_once(folder: Path, wait: float) -> tuple[int, int]:
    """The number of sources the writer printed last, and the number there are after the kill."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.kills", "--write", folder], stdout=subprocess.PIPE, text=True
    )
    first = writer.stdout.readline() if writer.stdout else ""
    if not first:
        sys.exit("the writer did not start writing")
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    said, _ = writer.communicate()
    with closing(open_index(folder)) as index:
        present = index.snapshot().statistics().sources
        statements = sum(one.quotes + one.claims for one in sources_of(index))
    found = check_index(folder)
    if found.damages or statements != STATEMENTS_A_SOURCE * present:
        sys.exit(f"damaged: {found.damages or f'{statements} statements of {present} sources'}")
    return int((first + said).split()[-1]), present


def sources_of(index: WhooshIndex) -> Iterator[SourceSummary]:
    cursor = None
    while True:
        page = index.snapshot().sources(limit=1000, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help="act as the process that is killed")
    arguments = parser.parse_args()
    if arguments.write is not None:
        write(arguments.write)
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="bench-kills-") as temporary:
        folder = Path(temporary, "index")
        open_index(folder, create=True).close()
        finished = cut_off = 0
        for _ in range(arguments.times):
            before, after = kill_once(folder, chance.uniform(0, 0.4))
            if abs(after - before) not in (0, BATCH):
                sys.exit(f"{before} sources and a commit of {BATCH} made {after}")
            finished += after != before
            cut_off += bool(check_index(folder).strays)
        print(f"{arguments.times} kills: nothing damaged, nothing lost, nobody blocked")
        print(f"{cut_off} fell into a commit, {finished} between it and its announcement")


if __name__ == "__main__":
    main()
