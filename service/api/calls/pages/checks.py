"""The page of a check that was kept."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response

from service.api.calls.pages.question import page
from service.api.context.limits import WORDS_MAXIMUM
from service.rendering.prefix import prefix
from service.verification.findings import Colour
from service.web.checks import findings
from service.web.dates import in_words

SHOWN, IN_ORDER_SHOWN = 20, 60
"""Quotations of a draft to be looked at, and others: it has less than 100 KB."""


def check_page(check: Mapping[str, Any]) -> Response:
    """Of a check as its JSON has it."""
    every = findings(check)
    wrong = [one for one in every if one.colour is not Colour.GREEN or check["verification"]]
    fine = [one for one in every if one not in wrong]
    index = check["searched"]
    return page(
        "check",
        here="/verify",
        check=check,
        days=[in_words(check[name].date().isoformat()) for name in ("checked", "expires")],
        tally=Counter(one.colour.value for one in every),
        shown=wrong[:SHOWN],
        left=len(wrong) - len(wrong[:SHOWN]),
        fine=fine[:IN_ORDER_SHOWN],
        fine_left=len(fine) - len(fine[:IN_ORDER_SHOWN]),
        index={**index, "earliest": index["from"], "latest": index["to"]},
        again=_again(check["verification"]),
    )


def _again(one: Mapping[str, Any] | None) -> str | None:
    """Where the same is asked of the index as it is now."""
    if one is None or len(one["quote"]) > WORDS_MAXIMUM:
        return None
    asked = {name: one[name] for name in ("quote", "speaker") if one[name]}
    return f"{prefix()}/verify?{urlencode(asked)}"
