"""A finding as schema.org's ClaimReview: a draft that says no more than was found."""

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
    report = json.loads(done.stdout)
    assert (report["@context"], report["@type"]) == ("https://schema.org", "ClaimReview")
    assert (report["creativeWorkStatus"], report["claimReviewed"]) == ("Draft", quote)
    assert report["datePublished"] == date.today().isoformat()
    assert report["itemReviewed"]["author"] == {"@type": "Person", "name": "Putin"}
    (work,) = report["itemReviewed"]["appearance"]
    assert work["publisher"] == {"@type": "Organization", "name": "TASS"}
    assert work["datePublished"] == "--02-03"
    assert report["reviewRating"] == {"@type": "Rating", "alternateName": "words differ"}
    assert "The source words it differently." in report["reviewBody"]
    assert "Searched: 73 statements from 5 sources" in report["reviewBody"]
    assert "author" not in report


def test_what_was_not_found_appears_nowhere(ask: Run) -> None:
    done = ask("verify", "Elephants paint their houses", "--format", "claimreview")
    report = json.loads(done.stdout)
    assert report["reviewRating"]["alternateName"] == "not found"
    assert "appearance" not in report["itemReviewed"] and "author" not in report["itemReviewed"]
