"""Model tools: what a language model may ask, over the Model Context Protocol.

Each tool is a call of the API, made in this process, with the same checks and the same answers.
Needs the extra ``onrecord[mcp]``.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, quote, urlsplit

from flask import Flask
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from werkzeug.test import Client, TestResponse

from service.api.context.version import VERSION

INSTRUCTIONS = """\
Who said what, word for word, in the articles of one index. Words in "quoted" are the speaker's own;
a claim's words are the reporter's and must never be passed off as the speaker's. "speaker": null
means that the speaker is unknown. Before repeating a quotation, check it with verify_quote;
"not_found" only means: not in what "searched" describes. Never call anything here fake.
"""

TEXT_PAGE = 20_000
"""Characters of a source per answer: about 5,000 tokens."""

READING = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Answer = dict[str, Any]
Words = Annotated[
    str | None,
    Field(description='Words to find, all of them; "a phrase" in marks, -without, this OR that'),
]
Speaker = Annotated[
    str | None, Field(description="Id of a speaker, or a name in full or in part: Putin")
]
Day = Annotated[str | None, Field(description="2022-02-03, 2022-02 or 2022")]
Limit = Annotated[int, Field(description="Maximum number of items", ge=1, le=50)]
Cursor = Annotated[
    str | None, Field(description="Continues a list: next_cursor of the previous answer")
]
SourceId = Annotated[str, Field(description="Id of a source, as statements name it")]


def make_server(app: Flask) -> MCPServer[Any]:
    """A server whose tools query ``app``; it reads only the app's index and writes nothing."""
    server: MCPServer[Any] = MCPServer(
        "onrecord",
        title="On Record",
        version=VERSION,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
    )
    for tool in (
        _search_quotes(app),
        _get_source_text(app),
        _verify_quote(app),
        _verify_document(app),
        _list_speakers(app),
    ):
        server.add_tool(tool, annotations=READING)
    return server


def _search_quotes(app: Flask) -> Callable[..., Answer]:
    def search_quotes(
        words: Words = None,
        speaker: Speaker = None,
        kind: Literal["quotes", "claims"] = "quotes",
        publisher: Annotated[str | None, Field(description="Name of the publisher")] = None,
        source: Annotated[str | None, Field(description="Id of a source")] = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Answer:
        """What somebody said, or who said something: quotations, or with kind="claims" reported
        speech, whose words are the reporter's. Newest first; with words, by relevance."""
        asked = {
            "q": words,
            "speaker": speaker,
            "publisher": publisher,
            "source": source,
            "from": since,
            "to": until,
            "limit": limit,
            "cursor": cursor,
        }
        return _listed(_get(app, f"/{kind}", asked))

    return search_quotes


def _get_source_text(app: Flask) -> Callable[..., Answer]:
    def get_source_text(
        source: SourceId,
        start: Annotated[int, Field(description="Offset of the first character", ge=0)] = 0,
    ) -> Answer:
        """The text of an article, unchanged, up to 20,000 characters from `start`; spans of
        statements count its characters. `next_start` is where the rest begins."""
        text = _ask(app, "GET", f"/sources/{_quoted(source)}/text").text
        about = _get(app, f"/sources/{_quoted(source)}", {})
        end = min(start + TEXT_PAGE, len(text))
        shown = {name: about[name] and about[name]["value"] for name in _ABOUT}
        return {
            "id": about["id"],
            **shown,
            "start": start,
            "end": end,
            "length": len(text),
            "next_start": end if end < len(text) else None,
            "text": text[start:end],
        }

    return get_source_text


_ABOUT = ("title", "publisher", "published", "url", "language")


def _verify_quote(app: Flask) -> Callable[..., Answer]:
    def verify_quote(
        quote: Annotated[str, Field(description="The words allegedly said")],
        speaker: Annotated[str | None, Field(description="The alleged speaker")] = None,
    ) -> Answer:
        """Was this ever said in these words? Answers where the words are, how they differ word by
        word, who said them, and what was searched."""
        claim = {"quote": quote, **({"speaker": speaker} if speaker else {})}
        return _post(app, "/verify", claim)

    return verify_quote


def _verify_document(app: Flask) -> Callable[..., Answer]:
    def verify_document(
        text: Annotated[str, Field(description="A complete draft with up to 1,000 quotations")],
        format: Literal["text", "html", "markdown"] = "text",
    ) -> Answer:
        """Verifies every quotation of a draft: for each its place in the draft, the speaker
        according to the draft, and the findings of verify_quote, in brief."""
        return _post(app, "/verify/document", {"text": text, "format": format})

    return verify_document


def _list_speakers(app: Flask) -> Callable[..., Answer]:
    def list_speakers(
        name: Annotated[str | None, Field(description="Name, in full or in part")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Answer:
        """The speakers in the articles: names, descriptions, how often and when; with `name` those
        it may refer to. Those with most statements come first."""
        return _listed(_get(app, "/speakers", {"q": name, "limit": limit, "cursor": cursor}))

    return list_speakers


def _quoted(source: str) -> str:
    return quote(source, safe="")


def _listed(answer: Answer) -> Answer:
    """Replaces the `next` link by its cursor, which is what the tools take."""
    following = answer.pop("next", None)
    cursor = parse_qs(urlsplit(following).query)["cursor"][0] if following else None
    return {**answer, "next_cursor": cursor}


def _get(app: Flask, path: str, asked: dict[str, Any]) -> Answer:
    parameters = {name: value for name, value in asked.items() if value is not None}
    return _json(_ask(app, "GET", path, query_string=parameters))


def _post(app: Flask, path: str, body: dict[str, str]) -> Answer:
    return _json(_ask(app, "POST", path, json=body))


def _json(response: TestResponse) -> Answer:
    answer: Answer = response.get_json()
    return answer


def _ask(app: Flask, method: str, path: str, **options: Any) -> TestResponse:
    """Raises ToolError, which says what is wrong and what would be right."""
    response = Client(app, use_cookies=False).open(path, method=method, **options)
    if response.status_code != HTTPStatus.OK:
        raise ToolError(response.get_json(force=True)["detail"])
    return response
