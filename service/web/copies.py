"""Copies: a statement in forms for pasting elsewhere.

Reported speech is never put in quotation marks, and a denied statement says so.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from service.web.dates import in_words

LONGEST = 3_000
"""Characters of a statement that is offered for copying; nobody pastes a longer one whole."""

Written = Mapping[str, Any]


def as_text(statement: Written) -> str:
    """One line, with speaker and source."""
    return f"{_words(statement)} ({_origin(statement)})"


def as_citation(statement: Written) -> str:
    """The source, and where in its text the words are."""
    source = statement["source"]
    title = source["title"] and f"“{source['title']}”"
    places = ", ".join(f"{one['start']}–{one['end']}" for one in statement["spans"])
    date = source["published"] and in_words(source["published"])
    parts = (source["publisher"], title, date, source["url"], f"characters {places}")
    return ", ".join(str(part) for part in parts if part) + "."


def as_html(statement: Written) -> str:
    """A block quotation for a page; reported speech is marked as the reporter's words."""
    url = statement["source"]["url"]
    cited = f' cite="{escape(url)}"' if url else ""
    return (
        f"<blockquote{cited}>\n<p>{escape(statement['text'])}</p>\n"
        f"<footer>{escape(_credit(statement))}</footer>\n</blockquote>"
    )


def _words(statement: Written) -> str:
    if statement["form"] == "direct":
        return f"“{statement['text']}”"
    return str(statement["text"])


def _origin(statement: Written) -> str:
    return "; ".join(part for part in (_speaker(statement), _source(statement)) if part)


def _credit(statement: Written) -> str:
    if statement["form"] == "direct" and not statement["denied"]:
        return _origin(statement)
    return "; ".join(part for part in (_source(statement), f"on {_speaker(statement)}") if part)


def _speaker(statement: Written) -> str:
    """The speaker, with what a reader must know about how the words are reported."""
    mention = statement["attribution"]["mention"]
    name = statement["speaker"]["name"] if statement["speaker"] else ""
    name = name or (mention["text"] if mention else "nobody named")
    notes = []
    if statement["form"] == "indirect":
        notes.append("as reported")
    if statement["denied"]:
        notes.append("who did not say it, according to the source")
    if statement["act"] == "attitude":
        notes.append("thought or wanted, not said")
    if statement["relayed_by"]:
        notes.append(f"relayed by {statement['relayed_by']['name']}")
    return ", ".join([name, *notes])


def _source(statement: Written) -> str:
    source = statement["source"]
    date = source["published"] and in_words(source["published"])
    parts = (source["publisher"] or source["title"] or source["id"], date)
    return ", ".join(part for part in parts if part)
