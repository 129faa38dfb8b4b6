"""Mail: press releases as messages."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import AdapterContract, Article


class TestMail(AdapterContract):
    def written(self, article: Article, folder: Path) -> Path:
        message = EmailMessage()
        message["Subject"] = f"Fwd: {article.title}"
        message["From"] = ", ".join(f"{name} <desk@dover.example>" for name in article.authors)
        message["Date"] = "Wed, 03 Jan 2024 10:00:00 +0100"
        message.set_content("\n\n".join(article.paragraphs) + "\n\n-- \nThe press office\n")
        message.add_alternative("<p>The same in HTML.</p>", subtype="html")
        path = folder / "article.eml"
        path.write_bytes(message.as_bytes())
        return path


def read_one(folder: Path, content: bytes) -> Source | UnreadableSource:
    path = folder / "a.eml"
    path.write_bytes(content)
    (outcome,) = read(path)
    return outcome


def test_html_alone_is_read_as_it_is_shown(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "=?utf-8?q?Caf=C3=A9?="
    message.set_content("<p>“We stay,” she&nbsp;said.</p><p>Then left.</p>", subtype="html")
    source = read_one(tmp_path, message.as_bytes())
    assert isinstance(source, Source)
    assert source.text == "“We stay,” she\N{NO-BREAK SPACE}said.\n\nThen left."


def test_attachment_is_not_text(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Pictures"
    message.add_attachment("“Never.”", filename="a.txt")
    assert "has no text" in str(read_one(tmp_path, message.as_bytes()))


@pytest.mark.parametrize("charset", ["iso-8859-1", "no-such-charset", None])
def test_charset_is_as_declared_or_detected(tmp_path: Path, charset: str | None) -> None:
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    head = f"Subject: x\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n"
    source = read_one(tmp_path, head.encode() + "Le café est fermé, a-t-il dit.".encode("latin-1"))
    assert isinstance(source, Source)
    assert source.text == "Le café est fermé, a-t-il dit."


def test_text_that_is_not_a_message_is_named(tmp_path: Path) -> None:
    assert "no From, Subject or Date header" in str(read_one(tmp_path, b"Only words.\n"))


def test_messages_nested_without_end_cost_one_line(tmp_path: Path) -> None:
    nested = b"Content-Type: message/rfc822\n\n" * 5_000
    assert isinstance(read_one(tmp_path, b"Subject: x\n" + nested + b"x"), UnreadableSource)
