"""Drafts posted as PDF, Word file or mail give the same findings, with page or paragraph."""

import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from flask.testing import FlaskClient
from reportlab.pdfgen.canvas import Canvas

from service.app import create_app
from service.domain import Extractor
from service.settings import Settings

SAID = "We highly appreciate that Russian-Chinese relations"
SENTENCES = (
    f"“{SAID},” Vladimir Putin said.",
    f"“{SAID.replace('highly', 'never')},” Putin said.",
)
VERDICTS = ["verbatim", "altered"]
PDF, EML = "application/pdf", "message/rfc822"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILLER = "Nothing else was heard on that day in the town by the river."


def pdf() -> bytes:
    """A PDF with one sentence per page."""
    written = BytesIO()
    canvas = Canvas(written, invariant=1)
    for sentence in SENTENCES:
        canvas.setFont("Times-Roman", 10)
        for row, line in enumerate((FILLER, sentence, FILLER)):
            canvas.drawString(50, 750 - 40 * row, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def word() -> bytes:
    """A Word file with a sentence in every second paragraph."""
    document, written = docx.Document(), BytesIO()
    for sentence in SENTENCES:
        document.add_paragraph(FILLER)
        document.add_paragraph(sentence)
    document.save(written)
    return written.getvalue()


def mail() -> bytes:
    head = "Subject: Draft\nContent-Type: text/plain; charset=utf-8\n\n"
    return (head + "\n\n".join(SENTENCES)).encode()


@pytest.fixture(scope="module")
def ruled(seeds_index: Path) -> FlaskClient:
    return create_app(Settings(index=seeds_index, extractor=Extractor.RULES)).test_client()


@pytest.mark.parametrize(
    ("body", "kind", "pages", "paragraphs"),
    [
        (pdf(), PDF, [1, 2], [None, None]),
        (word(), WORD, [None, None], [2, 4]),
        (mail(), EML, [None, None], [None, None]),
    ],
)
def test_each_quotation_has_its_page_or_paragraph(
    ruled: FlaskClient, body: bytes, kind: str, pages: list[int], paragraphs: list[int]
) -> None:
    answer = ruled.post("/verify/document", data=body, content_type=kind).get_json()
    quotations = answer["quotations"]
    assert [one["verification"]["verdict"] for one in quotations] == VERDICTS
    assert [one["page"] for one in quotations] == pages
    assert [one["paragraph"] for one in quotations] == paragraphs
    assert [one["speaker"]["name"] for one in quotations] == ["Vladimir Putin"] * 2


def test_file_may_be_kept_as_a_check_by_its_checksum(seeds_index: Path, tmp_path: Path) -> None:
    settings = Settings(index=seeds_index, extractor=Extractor.RULES, checks=tmp_path)
    client = create_app(settings).test_client()
    body = word()
    check = client.post("/verify/document", data=body, content_type=WORD).get_json()["check"]
    digest = client.get(check["links"]["self"]).get_json()["sha256"]
    done = subprocess.run(["sha256sum"], input=body, capture_output=True, check=True)
    assert digest == done.stdout.split()[0].decode()


def unpacking() -> bytes:
    """A Word file of a hundred thousand paragraphs, each with a style to look up."""
    styled = b'<w:p><w:pPr><w:pStyle w:val="none"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    paragraphs = styled * 100_000
    styles, written = b'<w:style w:type="paragraph" w:styleId="a"/>' * 100_000, BytesIO()
    with ZipFile(BytesIO(word())) as whole, ZipFile(written, "w", ZIP_DEFLATED) as bomb:
        for part in whole.infolist():
            content = whole.read(part).replace(b"<w:body>", b"<w:body>" + paragraphs)
            bomb.writestr(part, content.replace(b"</w:styles>", styles + b"</w:styles>"))
    return written.getvalue()


def nested() -> bytes:
    """A message nested in three hundred others."""
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)
    )
    return b"Subject: a\n" + heads + b"\n" + b"a line\n" * 280_000


@pytest.mark.parametrize("count", [101, 900_000])
def test_from_line_of_nothing_but_brackets_is_a_problem(ruled: FlaskClient, count: int) -> None:
    body = b"From: " + b"(" * count + b"\nSubject: a\n\nHello"
    response = ruled.post("/verify/document", data=body, content_type=EML)
    assert response.status_code == 422
    assert f"the From header has {count:,} opening brackets" in response.get_data(as_text=True)


def test_few_brackets_in_a_from_line_are_read(ruled: FlaskClient) -> None:
    body = b'From: Ann Bell (News Desk) (Oslo) <a@b.example>\nSubject: a\n\n"It is late," Roe said.'
    response = ruled.post("/verify/document", data=body, content_type=EML)
    assert response.status_code == 200


def endless_pdf() -> bytes:
    """A page whose content unpacks to a gigabyte of operators."""
    packer = zlib.compressobj(9)
    line = b"(a) Tj 0 0 Td " * 1000
    content = b"".join(packer.compress(line) for _ in range(30_000)) + packer.flush()
    assert len(content) < 2_000_000
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
    )
    written = (b"%d 0 obj %s endobj\n" % (n, one) for n, one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + b"".join(written) + b"trailer<</Root 1 0 R/Size 5>>"


@pytest.mark.parametrize(
    ("body", "kind", "statuses"),
    [(endless_pdf(), PDF, {422, 503}), (unpacking(), WORD, {503}), (nested(), EML, {503})],
)
def test_endless_file_stops_at_the_deadline(
    seeds_index: Path, body: bytes, kind: str, statuses: set[int]
) -> None:
    """Refused after the time limit, or earlier if its process runs out of memory."""
    settings = Settings(index=seeds_index, extractor=Extractor.RULES, deadline=2)
    client = create_app(settings).test_client()

    def ask(_: int) -> int:
        return client.post("/verify/document", data=body, content_type=kind).status_code

    with ThreadPoolExecutor(4) as several:
        assert set(several.map(ask, range(4))) <= statuses


def test_what_reads_it_is_named_where_it_is_missing(
    ruled: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another package named docx is found first, which imports something that is missing."""
    (tmp_path / "docx.py").write_text("import a_library_that_nobody_has")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    response = ruled.post("/verify/document", data=word(), content_type=WORD)
    assert response.status_code == 415
    detail = response.get_json(force=True)["detail"]
    assert detail.startswith("the body: this format needs a_library_that_nobody_has, which is not")
    assert "pip install 'onrecord[formats]'" in detail
