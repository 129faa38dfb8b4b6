"""Shapes of speakers, in a statement and over all sources."""

from urllib.parse import quote

from marshmallow import fields

from service.domain import SpeakerKind, SpeakerSummary
from service.rendering.fields import (
    Derived,
    count,
    date,
    described,
    following,
    itself,
    several,
    string,
    strings,
    total,
)
from service.rendering.shapes import Shape


class MemberSchema(Shape):
    """A speaker who is not a group."""

    id = string("The same in every source", "vladimir-putin")
    name = string("The full name", "Vladimir Putin")
    kind = fields.Enum(
        SpeakerKind, by_value=True, required=True, metadata=described("What the speaker is")
    )


class SpeakerSchema(MemberSchema):
    """Whom a mention means. A group ("Putin and Xi") has `members`; nobody else has."""

    optional = frozenset({"members"})
    members = fields.List(fields.Nested(MemberSchema), metadata=described("Who is in the group"))


class CountsSchema(Shape):
    """How many statements there are."""

    quotes = count("Speech, direct and mixed", 7)
    claims = count("Speech, indirect", 4)
    attitudes = count("What is thought, wanted, planned, supported or refused: not speech", 2)


class SpeakerLinksSchema(Shape):
    """Where to go from a speaker."""

    self = string("The speaker", "/speakers/vladimir-putin")
    quotes = string("Quotations", "/speakers/vladimir-putin/quotes")
    claims = string("Reported speech", "/speakers/vladimir-putin/claims")


def speaker_links(summary: SpeakerSummary) -> dict[str, str]:
    path = f"/speakers/{quote(summary.speaker.id, safe='')}"
    return {"self": path, "quotes": f"{path}/quotes", "claims": f"{path}/claims"}


class SpeakerSummarySchema(Shape):
    """A speaker over all sources: under which names and descriptions, how often, when."""

    optional = frozenset({"members"})
    id = string("The same in every source", "vladimir-putin", attribute="speaker.id")
    name = string("The full name", "Vladimir Putin", attribute="speaker.name")
    kind = fields.Enum(
        SpeakerKind,
        by_value=True,
        required=True,
        attribute="speaker.kind",
        metadata=described("What the speaker is"),
    )
    members = fields.List(
        fields.Nested(MemberSchema),
        attribute="speaker.members",
        metadata=described("Who is in the group"),
    )
    aliases = strings("Other names it goes by", ["Putin", "President Putin"])
    descriptions = strings("What it was called instead of a name", ["the Russian leader"])
    wikidata = string("Wikidata id, where one was declared", "Q7747", allow_none=True)
    may_also_be = fields.List(
        fields.Nested(MemberSchema),
        required=True,
        metadata=described(
            "If only a surname is known: the speakers with a fuller name it may mean"
        ),
    )
    counts = Derived(CountsSchema, "The number of statements", itself)
    first = date("Date of the first statement", "2022-02-03")
    last = date("Date of the last statement", "2024-05-16")
    links = Derived(SpeakerLinksSchema, "Related links", speaker_links)


class SpeakerPageSchema(Shape):
    """One page of speakers."""

    items = several(SpeakerSummarySchema, "The speakers")
    total = total()
    next = following()
