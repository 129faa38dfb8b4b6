"""Shapes of speakers, within a statement and over all sources."""

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
    """A speaker that is not a group."""

    id = string("The same in every source", "vladimir-putin")
    name = string("The full name", "Vladimir Putin")
    kind = fields.Enum(
        SpeakerKind, by_value=True, required=True, metadata=described("What the speaker is")
    )


class SpeakerSchema(MemberSchema):
    """The speaker a mention refers to. Only a group ("Putin and Xi") has `members`."""

    optional = frozenset({"members"})
    members = fields.List(
        fields.Nested(MemberSchema), metadata=described("The members of the group")
    )


class CountsSchema(Shape):
    """Numbers of statements."""

    quotes = count("Speech, direct and mixed", 7)
    claims = count("Speech, indirect", 4)
    attitudes = count("Attitudes: what the speaker thinks, wants, plans, supports or refuses", 2)


class SpeakerLinksSchema(Shape):
    """Links of a speaker."""

    self = string("The speaker", "/speakers/vladimir-putin")
    quotes = string("Quotations", "/speakers/vladimir-putin/quotes")
    claims = string("Reported speech", "/speakers/vladimir-putin/claims")


def speaker_links(summary: SpeakerSummary) -> dict[str, str]:
    path = f"/speakers/{quote(summary.speaker.id, safe='')}"
    return {"self": path, "quotes": f"{path}/quotes", "claims": f"{path}/claims"}


class SpeakerSummarySchema(Shape):
    """A speaker over all sources: names, descriptions, counts, dates."""

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
        metadata=described("The members of the group"),
    )
    aliases = strings("Other names of the speaker", ["Putin", "President Putin"])
    descriptions = strings("Descriptions used instead of a name", ["the Russian leader"])
    wikidata = string("Wikidata id, if one was declared", "Q7747", allow_none=True)
    may_also_be = fields.List(
        fields.Nested(MemberSchema),
        required=True,
        metadata=described(
            "If only a surname is known: speakers with a fuller name that it may refer to"
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
