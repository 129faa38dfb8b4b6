"""PDF: the text of a PDF file in reading order, with the page of each part.

A separate process reads the file (pdf_process.py): a file that unpacks to gigabytes, never ends or
crashes the parser ends that process and affects nothing else.
"""

import json
import subprocess
import sys

from service.deadline import check_deadline, seconds_left
from service.errors import UnreadableNow, UnreadableSource
from service.reading.declaration import Declaration
from service.reading.documents.apart import SECONDS, taking_turns
from service.reading.documents.credits import authors_of
from service.reading.documents.document import Document, Part, joined

_REASONS = {
    3: "the file is encrypted; save it without a password",
    4: "the file has no text and may be a scan; run OCR on it first",
    6: "more than 2,000 pages; split the file into its articles",
    5: "the fonts do not say which letters they show; export the PDF again or run OCR on it",
}


def read_document(content: bytes, where: str) -> Document:
    """Raises UnreadableSource if it is not a PDF file, is encrypted, or has no text."""
    if b"%PDF-" not in content[:1024]:
        raise UnreadableSource(f"{where}: not a PDF file; expected a file that starts with %PDF-")
    with taking_turns():
        seconds = seconds_left(SECONDS)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "service.reading.documents.pdf_process"],
                input=content,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            check_deadline()
            raise UnreadableNow(
                f"{where}: reading took more than {SECONDS} s; split the file or export it again"
            ) from error
    if done.returncode:
        reason = _REASONS.get(
            done.returncode, "the file is damaged or needs too much memory; export it again"
        )
        is_killed = done.returncode < 0  # by a signal: another time there may be more memory
        raise (UnreadableNow if is_killed else UnreadableSource)(f"{where}: {reason}")
    found = json.loads(done.stdout)
    text, places = joined(Part({"page": n}, tuple(ps)) for n, ps in found["pages"])
    return Document(text, _declaration(found, places))


def _declaration(found: dict[str, str], places: list[dict[str, object]]) -> Declaration:
    return Declaration(
        title=found["title"] or None,
        authors=authors_of([found["author"]]),
        metadata={"places": places},
        field_names={"title": found["title_field"], "authors": "PDF Author"},
    )
