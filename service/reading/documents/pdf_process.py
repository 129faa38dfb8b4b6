"""A process that reads one PDF file: its bytes come in, its pages' paragraphs go out as JSON.

It bounds itself before it looks at them. Its exit code says why there are none (pdf.py); any other
one, a traceback's or a signal's, that the file cannot be read.
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

from service.reading.documents.pdf_layout import lines_of, paragraphs_of, title_of

ENCRYPTED, NO_TEXT, NO_LETTERS = 3, 4, 5

MEMORY = 1_000_000_000
"""Bytes of address space: a page of pictures takes a tenth of it, a bomb all there is."""

CPU_SECONDS = 100
PAGES_MAXIMUM = 2000


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    stream = BytesIO(sys.stdin.buffer.read())
    try:
        info = _info(stream)
        layout = LAParams(boxes_flow=None)
        pages = [
            lines_of(page, number)
            for number, page in enumerate(
                extract_pages(stream, laparams=layout, maxpages=PAGES_MAXIMUM), start=1
            )
        ]
    except PDFPasswordIncorrect:
        return ENCRYPTED
    paragraphs = paragraphs_of(pages)
    words = " ".join(text for _, text in paragraphs)
    if not words.strip():
        return NO_TEXT
    if words.count("(cid:") > len(words) / 50:
        return NO_LETTERS
    by_page: dict[int, list[str]] = {}
    for page, text in paragraphs:
        by_page.setdefault(page, []).append(text)
    title, field = title_of(pages), "largest line of the first page"
    if not title:
        title, field = info.get("Title", ""), "PDF Title"
    found = {
        "pages": list(by_page.items()),
        "title": title[:2000],
        "title_field": field,
        "author": info.get("Author", "")[:2000],
    }
    sys.stdout.write(json.dumps(found))
    return 0


def _info(stream: BytesIO) -> dict[str, str]:
    document = PDFDocument(PDFParser(stream))
    told: dict[str, str] = {}
    for entries in document.info:
        for key, value in entries.items():
            if isinstance(value, bytes):
                told[literal_name(key)] = decode_text(value).strip()
    stream.seek(0)
    return told


if __name__ == "__main__":
    sys.exit(main())
