"""Tree: how long does indexing a folder of very many small files take, and how much memory?

    python -m bench.tree [--files 100000] [--folder FOLDER]

Writes a tree of texts, pages, JSON, Markdown, mail, subtitles, Word and PDF files, indexes it by
the rules, kills that in the middle, runs it again to the end, and once more with nothing changed.
Prints seconds and the peak memory of all its processes together and of the one that commits. An
existing tree in FOLDER is reused.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import printed
from bench.synthetic import Writer

FILES_A_FOLDER = 500
PARAGRAPHS, WORDS = 4, 35
EACH = 0.2
"""Seconds between two readings of memory."""

ONRECORD = Path(sys.executable).with_name("onrecord")

Write = Callable[[Path, Sequence[str], int], None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        tree, index = folder / "tree", folder / "index"
        if not tree.exists():
            write_tree(tree, arguments.files)
        shutil.rmtree(index, ignore_errors=True)
        first = run(tree, index, lambda: sources_in(index) >= arguments.files // 2)
        second = run(tree, index)
        again = run(tree, index)
    for name, (seconds, (megabytes, committing), said) in {
        "until killed": first,
        "run again": second,
        "nothing changed": again,
    }.items():
        print(f"{name:16} {seconds:7.0f} s {megabytes:6.0f} MB ({committing:.0f})  {said}")


def run(
    tree: Path, index: Path, stop: Callable[[], bool] = lambda: False
) -> tuple[float, tuple[float, float], str]:
    """Seconds, megabytes (together and of the command's own process) and the summary of one run,
    which is killed once ``stop`` returns True."""
    began, peak, greatest, rounds = time.monotonic(), 0.0, 0.0, 0
    with subprocess.Popen(
        [ONRECORD, "index", "--extractor", "rules", "--index", index, tree],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        while process.poll() is None:
            alone = memory_of(process.pid)
            peak = max(peak, alone + sum(map(memory_of, children_of(process.pid))))
            greatest = max(greatest, alone)
            rounds += 1
            if rounds % 50 == 0 and stop():
                process.kill()
            time.sleep(EACH)
        said = process.stdout.read() if process.stdout else ""
    return (
        time.monotonic() - began,
        (peak, greatest),
        ", ".join(" ".join(s.split()) for s in said.splitlines()),
    )


def memory_of(process: int) -> float:
    """Megabytes of the process, its part of shared memory included; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def children_of(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [number for one in map(int, tasks) for number in (one, *children_of(one))]


def sources_in(index: Path) -> int:
    done = subprocess.run(
        [ONRECORD, "stats", "--index", index],
        capture_output=True,
        text=True,
        check=False,
    )
    counts = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if " " in line)
    return int(counts.get("sources", "0").replace(",", ""))


def write_tree(tree: Path, files: int) -> None:
    invented = Writer()
    for number in range(files):
        chance = random.Random(number)
        suffix = chance.choices(list(WRITERS), [weight for weight, _ in WRITERS.values()])[0]
        folder = tree / f"{number // FILES_A_FOLDER:04}"
        folder.mkdir(parents=True, exist_ok=True)
        WRITERS[suffix][1](folder / f"{number}{suffix}", story(invented, chance), number)


def story(invented: Writer, chance: random.Random) -> list[str]:
    speaker = chance.choice(invented.speakers).name
    paragraphs = []
    for _ in range(PARAGRAPHS):
        words = " ".join(chance.choices(invented.words[:5_000], k=WORDS))
        paragraphs.append(f"“{words.capitalize()},” Mayor {speaker} said on Monday.")
    return paragraphs


def write_text(path: Path, story: Sequence[str], _: int) -> None:
    path.write_text("\n\n".join(story), "utf-8")


def write_page(path: Path, story: Sequence[str], number: int) -> None:
    printed.write_page(path, story, random.Random(number))


def write_json(path: Path, story: Sequence[str], number: int) -> None:
    one = {"text": "\n\n".join(story), "url": f"https://news.example/{number}"}
    path.write_text(json.dumps(one), "utf-8")


def write_markdown(path: Path, story: Sequence[str], number: int) -> None:
    path.write_text(f"---\ntitle: Story {number}\n---\n\n" + "\n\n".join(story), "utf-8")


def write_mail(path: Path, story: Sequence[str], number: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Jane Doe <jane@news.example>", f"Story {number}"
    mail.set_content("\n\n".join(story))
    path.write_bytes(bytes(mail))


def write_subtitles(path: Path, story: Sequence[str], _: int) -> None:
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{one}" for n, one in enumerate(story))
    path.write_text("\n\n".join(cues), "utf-8")


def write_word(path: Path, story: Sequence[str], number: int) -> None:
    printed.write_word(path, story, random.Random(number))


def write_pdf(path: Path, story: Sequence[str], number: int) -> None:
    printed.write_pdf(path, story, random.Random(number))


def write_damaged(path: Path, story: Sequence[str], _: int) -> None:
    path.write_bytes(escape(story[0]).encode()[:40])


WRITERS: dict[str, tuple[float, Write]] = {
    ".txt": (40, write_text),
    ".html": (25, write_page),
    ".json": (12, write_json),
    ".md": (8, write_markdown),
    ".eml": (6, write_mail),
    ".srt": (4, write_subtitles),
    ".docx": (2, write_word),
    ".pdf": (2, write_pdf),
    ".broken.pdf": (1, write_damaged),
}
"""Share of each kind of file, in a hundred, and the function that writes it."""

if __name__ == "__main__":
    main()
