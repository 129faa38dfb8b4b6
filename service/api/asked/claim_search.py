"""Claim search: the parameters of Google's Fact Check Tools API, under its own names.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, post_load, validates_schema

from service.api.asked.values import Choice, Number, Words
from service.api.context.limits import CURSOR_MAXIMUM, LIMIT_MAXIMUM, NAME_MAXIMUM, WORDS_MAXIMUM
from service.reviews import Asked

PAGE_DEFAULT = 10
"""Google's."""

LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
SITE = r"^(https?://)?(www\.)?[A-Za-z0-9._-]+/?$"
DAYS_MAXIMUM = 365_000
"""A thousand years."""


class Written(StrEnum):
    JSON = "json"


class ClaimSearchParameters(Schema):
    """Parameters of a search of others' checks."""

    query = Words(
        "Words of the claim, its claimant, the check's title or the checker's name, all of them, "
        "in any inflection; required unless `reviewPublisherSiteFilter` is given",
        "no limits",
        WORDS_MAXIMUM,
    )
    languageCode = Words(  # noqa: N815
        "Only checks in this language, whatever the region",
        "en",
        pattern=LANGUAGE,
        wanted="a language tag such as en",
    )
    reviewPublisherSiteFilter = Words(  # noqa: N815
        "Only checks of this publisher, by the host of its site",
        "facts.example",
        NAME_MAXIMUM,
        pattern=SITE,
        wanted="a host such as facts.example",
    )
    maxAgeDays = Number(  # noqa: N815
        "Only claims whose claim date or review date, whichever is later, is at most this many "
        "days ago",
        None,
        DAYS_MAXIMUM,
    )
    pageSize = Number(  # noqa: N815
        f"Items per page: 1 to {LIMIT_MAXIMUM}", PAGE_DEFAULT, LIMIT_MAXIMUM
    )
    pageToken = Words(  # noqa: N815
        "Continues a search: `nextPageToken` of the previous page", maximum=CURSOR_MAXIMUM
    )
    offset = Number(
        "How many results to skip; ignored if `pageToken` is given, as by Google",
        None,
        999_999,
        minimum=0,
    )
    key = Words("Ignored; accepted because Google's clients send one", maximum=NAME_MAXIMUM)
    alt = Choice(Written, "Accepted because Google's clients send it; only `json` is supported")

    @validates_schema
    def check_there_is_a_question(self, parameters: dict[str, Any], **_: Any) -> None:
        if not parameters.keys() & {"query", "reviewPublisherSiteFilter"}:
            raise ValidationError("is missing; give it, or reviewPublisherSiteFilter", "query")

    @post_load
    def ask(self, parameters: dict[str, Any], **_: Any) -> dict[str, Any]:
        site, days = parameters.get("reviewPublisherSiteFilter"), parameters.get("maxAgeDays")
        asked = Asked(
            words=parameters.get("query", ""),
            site=site and site.rpartition("//")[2].rstrip("/").removeprefix("www.").lower(),
            language=parameters.get("languageCode"),
            since=date.today() - timedelta(days) if days else None,
        )
        question = (asked.words, asked.site, asked.language, days)
        return {
            "asked": asked,
            "question": question,
            "limit": parameters["pageSize"],
            "token": parameters.get("pageToken"),
            "offset": parameters.get("offset", 0),
        }
