"""The process that reads one PDF file: bytes in, the pages' paragraphs out as JSON.

It limits its own memory first. Its exit code says why there is no result (pdf.py); any other code,
from a traceback or a signal, means that the file cannot be read.
"""

import json
import resource
import sys
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from service.bounds import VALUE_MAXIMUM
from service.reading.documents.document import title_in_properties
from service.reading.documents.pdf_layout import paragraphs_of, title_of
from service.reading.documents.pdf_lines import PrintedLine, lines_of

ENCRYPTED, NO_TEXT, NO_LETTERS, TOO_LONG = 3, 4, 5, 6
"""Exit codes of the process; Python itself uses 1 and 2."""

MEMORY = 1_000_000_000
"""Bytes of address space: a page of pictures takes a tenth of it, a bomb all there is."""

CPU_SECONDS = 100
PAGES_MAXIMUM = 2000
"""A book. Longer files are refused rather than read in part."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    stream = BytesIO(sys.stdin.buffer.read())
    try:
        info, pages = _info(stream), _pages(stream)
    except PDFPasswordIncorrect:
        return ENCRYPTED
    if len(pages) > PAGES_MAXIMUM:
        return TOO_LONG
    by_page: dict[int, list[str]] = {}
    for page, text in paragraphs_of(pages):
        by_page.setdefault(page, []).append(text)
    words = " ".join(text for texts in by_page.values() for text in texts)
    if not words.strip():
        return NO_TEXT
    if words.count("(cid:") > len(words) / 50:
        return NO_LETTERS
    heading = title_of(pages)
    found = {
        "pages": list(by_page.items()),
        "title": (heading or title_in_properties(info.get("Title", "")))[:VALUE_MAXIMUM],
        "title_field": "largest line of the first page" if heading else "PDF Title",
        "author": info.get("Author", "")[:VALUE_MAXIMUM],
    }
    sys.stdout.write(json.dumps(found))
    return 0


def _pages(stream: BytesIO) -> list[list[PrintedLine]]:
    found = extract_pages(stream, laparams=LAParams(boxes_flow=None), maxpages=PAGES_MAXIMUM + 1)
    return [lines_of(page, number) for number, page in enumerate(found, start=1)]


def _info(stream: BytesIO) -> dict[str, str]:
    document = PDFDocument(PDFParser(stream))
    values: dict[str, str] = {}
    for entries in document.info:
        for key, value in entries.items():
            if isinstance(value, bytes):
                values[literal_name(key)] = decode_text(value).strip()
    stream.seek(0)
    return values


if __name__ == "__main__":
    sys.exit(main())
