"""The page of a stored check."""

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
"""Quotations shown that need attention, and that do not; keeps the page under 100 KB."""


def check_page(check: Mapping[str, Any]) -> Response:
    """The page of a check, from its JSON."""
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
    """The address that asks the same of the present index; None for a draft."""
    if one is None or len(one["quote"]) > WORDS_MAXIMUM:
        return None
    asked = {name: one[name] for name in ("quote", "speaker") if one[name]}
    return f"{prefix()}/verify?{urlencode(asked)}"
