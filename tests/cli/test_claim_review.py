"""A finding as schema.org's ClaimReview: a draft, which says no more than was found."""

import json
import subprocess
from collections.abc import Callable
from datetime import date

Run = Callable[..., subprocess.CompletedProcess[str]]

SAID = "We highly appreciate that Russian-Chinese relations"


def test_draft_of_a_claim_review_has_the_facts_and_no_author(ask: Run) -> None:
    quote = SAID.replace("highly", "never")
    done = ask("verify", quote, "--speaker", "Putin", "--format", "claimreview")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["@context"], told["@type"]) == ("https://schema.org", "ClaimReview")
    assert (told["creativeWorkStatus"], told["claimReviewed"]) == ("Draft", quote)
    assert told["datePublished"] == date.today().isoformat()
    assert told["itemReviewed"]["author"] == {"@type": "Person", "name": "Putin"}
    (work,) = told["itemReviewed"]["appearance"]
    assert work["publisher"] == {"@type": "Organization", "name": "TASS"}
    assert work["datePublished"] == "--02-03"
    assert told["reviewRating"] == {"@type": "Rating", "alternateName": "words differ"}
    assert "The source words it differently." in told["reviewBody"]
    assert "Searched: 73 statements from 5 sources" in told["reviewBody"]
    assert "author" not in told


def test_what_was_not_found_appears_nowhere(ask: Run) -> None:
    done = ask("verify", "Elephants paint their houses", "--format", "claimreview")
    told = json.loads(done.stdout)
    assert told["reviewRating"]["alternateName"] == "not found"
    assert "appearance" not in told["itemReviewed"] and "author" not in told["itemReviewed"]
