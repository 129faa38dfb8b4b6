"""Bylines of pages that name their authors in no field."""

import pytest

from service.reading.documents.pages import read_document

PROSE = "The harbour board closed its northern pier after divers found cracks in four piles. " * 5


def authors(above: str = "", below: str = "") -> tuple[str, ...]:
    article = f"<article><h1>Pier closes</h1>{above}<p>{PROSE}</p>{below}</article>"
    return read_document(f"<html><body>{article}</body></html>".encode(), "a.html").declared.authors


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p>By Jane Doe</p>", ("Jane Doe",)),
        ("<ul><li>By Jane Doe and John Roe / Staff reporter</li></ul>", ("Jane Doe", "John Roe")),
        ("<p>writer: Jane Doe</p>", ("Jane Doe",)),
        ("<div><a>Jane Doe</a> | <span>13.11.2024 - Update</span></div>", ("Jane Doe",)),
        ("<p>Publié le 4 mars 2025 à 18h22, par Jane Doe</p>", ("Jane Doe",)),
        ("<p>Posted March 4, 2025 by Jane Doe</p>", ("Jane Doe",)),
        ("<p>The pier was built in March, 1998 by Callan Lines, which still runs it.</p>", ()),
        ("<p>The pier, built by May 4, 1998 by Callan Lines.</p>", ()),
        ("<figure><p>The pier on May 4, 1998 by John Roe</p></figure>", ()),
        ("<div>Jane Doe , Thursday 15 Aug 2024</div>", ("Jane Doe",)),
        ("<div>Climate Change | May 3, 2024</div>", ()),
        ("<div>Jane Doe opened the pier in 1998</div>", ()),
        ("<p><b>Jane Doe</b></p><p>Senior Court Reporter</p>", ("Jane Doe",)),
        ("<p><b>Jane Doe<br>Herald Reporter</b></p>", ("Jane Doe",)),
        ("<p>Jane Doe</p><p>Mayor of Dover</p>", ()),
    ],
)
def test_byline_is_below_the_heading(above: str, names: tuple[str, ...]) -> None:
    assert authors(above) == names


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>Reporting by Jane Doe; editing by John Roe</p>", ("Jane Doe",)),
        ("<p>Reporter: Jane Doe<br>Editor: John Roe<br>Copyright © Dover 2024</p>", ("Jane Doe",)),
        ("<p>Pewarta: Jane Doe</p>", ("Jane Doe",)),
        ("<p>Photo: Jane Doe</p>", ()),
    ],
)
def test_credit_is_below_the_text(below: str, names: tuple[str, ...]) -> None:
    assert authors(below=below) == names
