"""Printed: are statements the same when an article comes as a page, a PDF or a Word file?

    python -m bench.printed FOLDER... [--articles 200] [--model]

Each .txt article of the folders is written as newsrooms have it: HTML among menus, captions,
prompts and pull quotes; PDF in one to three columns with hyphens, running heads and pull quotes;
Word with a heading, a header and a text box. It is then read again. Counted is the share of the
plain text's statements, words and speaker, that are found again, less those found in addition.
"""

import argparse
import html
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.domain import Extractor, Source
from service.extraction import annotate
from service.reading import read, source_from_text

WIDTH, HEIGHT = A4
SIZE, PITCH, FONT = 9.5, 11.5, "Times-Roman"

Said = Counter[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument(
        "--model", action="store_true", help="use the model instead of the rules alone"
    )
    parser.add_argument("--show", action="store_true", help="print what differs")
    arguments = parser.parse_args()
    extractor = Extractor.MODEL if arguments.model else Extractor.RULES
    articles = list(articles_in(arguments.folders))[: arguments.articles]
    found = dict.fromkeys(WRITERS, 0)
    total = 0
    with TemporaryDirectory() as folder:
        for number, paragraphs in enumerate(articles):
            as_text = said_in(source_from_text("\n\n".join(paragraphs), origin="-"), extractor)
            total += as_text.total()
            for name, write in WRITERS.items():
                path = Path(folder) / f"{number}{name}"
                write(path, paragraphs, random.Random(number))
                (source,) = read(path)
                again = said_in(source, extractor) if isinstance(source, Source) else Counter()
                found[name] += max(0, (as_text & again).total() - (again - as_text).total())
                if arguments.show and as_text != again:
                    show(f"{number}{name}", as_text, again)
    print(f"{len(articles)} articles, {total} statements, {extractor}")
    for name, count in found.items():
        print(f"{name:6} {count / total:.3f}")


def articles_in(folders: Sequence[Path]) -> Iterator[list[str]]:
    """The paragraphs of each article that every PDF's fonts can print."""
    for path in sorted(path for folder in folders for path in folder.glob("**/*.txt")):
        text = path.read_text("utf-8", errors="replace")
        try:
            text.encode("cp1252")
        except UnicodeEncodeError:
            continue
        paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(paragraphs) > 3 and max(map(len, paragraphs)) > 130:
            yield paragraphs


def said_in(source: Source, extractor: Extractor) -> Said:
    statements = annotate(source, extractor=extractor).statements
    return Counter(
        (" ".join(one.text.split()), one.speaker.name if one.speaker else "") for one in statements
    )


def show(name: str, as_text: Said, again: Said) -> None:
    for sign, rest in (("-", as_text - again), ("+", again - as_text)):
        for text, speaker in rest:
            print(f"{name} {sign} {speaker}: {text[:150]}", file=sys.stderr)


def pulled(paragraphs: Sequence[str], chance: random.Random) -> str:
    """A sentence of the article that could be printed large beside it."""
    sentences = [one for text in paragraphs for one in text.split(". ") if 30 < len(one) < 120] or [
        "Nothing"
    ]
    return chance.choice(sentences)


def write_page(path: Path, paragraphs: Sequence[str], chance: random.Random) -> None:
    furniture = [
        f'<aside class="pull-quote"><p>{html.escape(pulled(paragraphs, chance))}</p></aside>',
        "<figure><img src=a><figcaption>A view, they say “lovely”. (AFP)</figcaption></figure>",
        '<div class="newsletter-box"><p>“The best hour of my week,” says a reader.</p></div>',
        "<p><strong>Read more: <a href=b>“Never,” says the mayor</a></strong></p>",
        "<p>Sign up for our free newsletter.</p>",
        '<section class="related-stories"><h3>Related</h3><a href=c>“Yes,” says Doe</a></section>',
    ]
    body = [f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs]
    for one in furniture:
        body.insert(chance.randrange(1, len(body) + 1), one)
    path.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>An article - The Paper</title>"
        "<body><header><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"
        "</header><div id=cookie-consent><p>We use cookies to know you.</p></div><main><article>"
        "<h1>An article</h1><p class=byline>By Jane Doe</p><div class=article-body>"
        + "\n".join(body)
        + "</div></article></main><div id=comments><p>“I doubt it,” said Bob.</p></div>"
        "<footer><p>© The Paper. All rights reserved.</p></footer></body></html>",
        "utf-8",
    )


def write_word(path: Path, paragraphs: Sequence[str], chance: random.Random) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "The Paper, “as ever”, said Jane Doe"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    for paragraph in paragraphs:
        added = word.add_paragraph()
        cut = chance.randrange(len(paragraph) + 1)
        added.add_run(paragraph[:cut])
        added.add_run(paragraph[cut:]).italic = True
    word.save(str(path))


def write_pdf(path: Path, paragraphs: Sequence[str], chance: random.Random) -> None:
    columns = chance.choice([1, 2, 3])
    sheet = Sheet(path, columns, indented=chance.random() < 0.5)
    quote_at = chance.randrange(1, len(paragraphs))
    for number, paragraph in enumerate(paragraphs):
        if number == quote_at:
            sheet.pull_quote(pulled(paragraphs, chance))
        sheet.paragraph(paragraph)
    sheet.finish()


class Sheet:
    """Sets paragraphs as a newspaper does: columns, hyphens, running heads, page numbers."""

    def __init__(self, path: Path, columns: int, indented: bool) -> None:
        self._canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self._width = (WIDTH - 90 - (columns - 1) * 16) / columns
        self._lefts = [45 + column * (self._width + 16) for column in range(columns)]
        self._indent = 12 if indented else 0
        self._gap = 0 if indented else PITCH * 0.6
        self._column, self._page = 0, 1
        self._top = HEIGHT - 110
        self._canvas.setFont("Times-Bold", 22)
        self._canvas.drawString(45, self._top + 14, "An article")
        self._top -= 16
        self._y = self._top

    def paragraph(self, text: str) -> None:
        indent = self._indent
        for line in self._lines(text, FONT, SIZE, indent):
            self._draw(line, FONT, SIZE, PITCH, indent)
            indent = 0
        self._y -= self._gap

    def pull_quote(self, text: str) -> None:
        self._y -= 6
        for line in self._lines(text, "Times-Italic", 14, 0):
            self._draw(line, "Times-Italic", 14, 17, 0)
        self._y -= 6

    def finish(self) -> None:
        self._end_page()
        self._canvas.save()

    def _draw(self, line: str, font: str, size: float, pitch: float, indent: float) -> None:
        if self._y < 70:
            self._column += 1
            if self._column == len(self._lefts):
                self._end_page()
                self._column, self._page, self._top = 0, self._page + 1, HEIGHT - 80
            self._y = self._top
        self._canvas.setFont(font, size)
        self._canvas.drawString(self._lefts[self._column] + indent, self._y, line)
        self._y -= pitch

    def _end_page(self) -> None:
        self._canvas.setFont(FONT, 8)
        self._canvas.drawString(45, HEIGHT - 40, f"THE PAPER, said to be read | {self._page}")
        self._canvas.drawCentredString(WIDTH / 2, 30, f"- {self._page} -")
        self._canvas.showPage()

    def _lines(self, text: str, font: str, size: float, indent: float) -> Iterator[str]:
        line, room = "", self._width - indent
        for word in text.split():
            longer = f"{line} {word}".strip()
            if self._canvas.stringWidth(longer, font, size) <= room:
                line = longer
                continue
            head = self._head(line, word, font, size, room)
            yield f"{line} {head}-" if head else line
            line, room = word[len(head) :], self._width
        yield line

    def _head(self, line: str, word: str, font: str, size: float, room: float) -> str:
        """As much of a long word as fits before a hyphen, or an empty string."""
        if not word.isalpha() or len(word) < 7:
            return ""
        for cut in range(len(word) - 3, 2, -1):
            if self._canvas.stringWidth(f"{line} {word[:cut]}-", font, size) <= room:
                return word[:cut]
        return ""


WRITERS: dict[str, Callable[[Path, Sequence[str], random.Random], None]] = {
    ".html": write_page,
    ".pdf": write_pdf,
    ".docx": write_word,
}

if __name__ == "__main__":
    main()
