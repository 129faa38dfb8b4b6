"""Lists and single statements over HTTP."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from msgspec import structs
from pyld import jsonld

from service.api.answered.schemas.linked import linked
from service.app import create_app
from service.domain import ELLIPSIS, Context, Extractor, Source, Span, Statement
from service.extraction import annotate
from service.index.whoosh import open_index
from service.settings import Settings


def get(client: FlaskClient, path: str) -> dict:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json


def test_quotation_has_every_key_of_the_design_in_order(client: FlaskClient) -> None:
    (found,) = [one for one in get(client, "/quotes")["items"] if "relations" in one["text"]]
    identifier = found["id"]
    assert list(found) == [
        "id", "form", "text", "spans", "quoted", "speaker", "attribution", "act",
        "denied", "on_behalf_of", "relayed_by", "speaker_confidence", "candidates", "source_type",
        "title", "context", "source", "links",
    ]  # fmt: skip
    assert found == {
        "id": identifier,
        "form": "direct",
        "text": "Our relations are at a high level,",
        "spans": [{"start": 29, "end": 63}],
        "quoted": [{"start": 29, "end": 63}],
        "speaker": {"id": "vladimir-putin", "name": "Vladimir Putin", "kind": "person"},
        "attribution": {
            "mention": {"text": "Putin", "start": 65, "end": 70},
            "cue": {"text": "said", "start": 71, "end": 75},
            "confidence": 0.9,
            "via": ["Putin"],
        },
        "act": "speech",
        "denied": False,
        "on_behalf_of": None,
        "relayed_by": None,
        "speaker_confidence": 0.0,
        "candidates": [],
        "source_type": None,
        "title": None,
        "context": {
            "before": "MOSCOW, February 3. /TASS/. “",
            "after": "” Putin said. Xi said that trade has gro",
        },
        "source": {
            "id": "a-meeting",
            "title": "Leaders meet",
            "publisher": "TASS",
            "published": "2022-02-03",
            "url": "https://example.org/meeting",
            "language": "en",
        },
        "links": {
            "self": f"/quotes/{identifier}",
            "source": "/sources/a-meeting",
            "page": f"/sources/a-meeting#{identifier}",
            "cluster": f"/clusters/{identifier}",
            "original": "https://example.org/meeting"
            "#:~:text=Our%20relations%20are%20at%20a%20high%20level%2C",
        },
    }


def test_list_has_the_keys_of_the_design(client: FlaskClient) -> None:
    answer = get(client, "/quotes")
    assert list(answer) == ["items", "total", "next", "facets", "speakers"]
    assert (answer["total"], answer["next"], answer["facets"]) == (3, None, {})


def test_group_names_its_members(client: FlaskClient) -> None:
    speakers = [one["speaker"] for one in get(client, "/quotes")["items"]]
    (group,) = [one for one in speakers if one and one["kind"] == "group"]
    assert [member["name"] for member in group["members"]] == ["Vladimir Putin", "Xi Jinping"]


def test_unresolved_speaker_is_null_and_keeps_its_mention(client: FlaskClient) -> None:
    (unknown,) = [one for one in get(client, "/quotes")["items"] if one["speaker"] is None]
    assert unknown["attribution"]["mention"]["text"] == "Putin"


def test_newest_come_first_and_date_turns_it_round(client: FlaskClient) -> None:
    newest = [one["source"]["published"] for one in get(client, "/quotes")["items"]]
    oldest = [one["source"]["published"] for one in get(client, "/quotes?sort=date")["items"]]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(newest)


def test_what_is_denied_is_listed_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    text = "Ada Lund never said “the port is for sale”. “We stay,” she said.\n"
    denying = annotate(Source("a", text, "-"), (), Extractor.RULES)
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add([denying])
    client = create_app(Settings(index=tmp_path / "index")).test_client()
    calls = "/quotes?speaker=lund", "/search?q=the OR we", "/speakers/ada-lund/quotes?limit=5"
    for call in calls:
        listed = {
            asked: [one["denied"] for one in get(client, f"{call}{asked}")["items"]]
            for asked in ("", "&denied=false", "&denied=true", "&denied=any")
        }
        assert listed[""] == listed["&denied=false"] == [False]
        assert (listed["&denied=true"], sorted(listed["&denied=any"])) == ([True], [False, True])
    assert get(client, "/speakers/ada-lund")["counts"]["quotes"] == 1
    (denied,) = get(client, "/quotes?denied=true")["items"]
    assert get(client, denied["links"]["self"])["denied"]
    linked_data = client.get(denied["links"]["self"], headers={"Accept": "application/ld+json"})
    assert "spokenByCharacter" not in linked_data.get_json(force=True)
    refused = client.get("/quotes?denied=maybe")
    assert refused.status_code == 422
    assert "'maybe' is not one of false, true, any" in refused.get_json(force=True)["detail"]


def test_quotes_and_claims_do_not_mix(client: FlaskClient) -> None:
    forms = {one["form"] for one in get(client, "/quotes")["items"]}
    assert forms == {"direct", "mixed"}
    assert {one["form"] for one in get(client, "/claims")["items"]} == {"indirect"}


def test_form_chooses_among_quotations(client: FlaskClient) -> None:
    assert [one["form"] for one in get(client, "/quotes?form=mixed")["items"]] == ["mixed"]


def test_part_of_a_name_finds_the_speaker_and_says_who(client: FlaskClient) -> None:
    answer = get(client, "/quotes?speaker=Putin")
    assert "Vladimir Putin" in [one["name"] for one in answer["speakers"]]
    assert "Our relations are at a high level," in [one["text"] for one in answer["items"]]


def test_period_takes_years_and_months(client: FlaskClient) -> None:
    assert get(client, "/quotes?from=2024-05&to=2024")["total"] == 1
    assert get(client, "/quotes?from=2022-02-03&to=2022-02-03")["total"] == 2


def test_search_finds_both_kinds_and_highlights(client: FlaskClient) -> None:
    (found,) = get(client, "/search?q=trade")["items"]
    assert found["form"] == "indirect"
    assert [found["text"][one["start"] : one["end"]] for one in found["highlights"]] == ["trade"]


def test_misspelt_words_are_answered_with_those_that_find_something(client: FlaskClient) -> None:
    answer = get(client, "/quotes?q=relatoins")
    assert (answer["total"], answer["did_you_mean"]) == (0, "relations")
    assert "did_you_mean" not in get(client, "/quotes?q=relations")


def test_facets_count_all_pages(client: FlaskClient) -> None:
    facets = get(client, "/quotes?facet=publisher,form&limit=1")["facets"]
    assert facets["publisher"] == [{"value": "TASS", "count": 2}, {"value": "Xinhua", "count": 1}]
    assert {one["value"]: one["count"] for one in facets["form"]} == {"direct": 2, "mixed": 1}


def test_pages_follow_each_other_with_the_same_parameters(client: FlaskClient) -> None:
    path, seen = "/quotes?limit=1&sort=date&q=level OR war OR useful", []
    while path:
        response = client.get(path)
        assert response.json["total"] == 3
        seen += [one["id"] for one in response.json["items"]]
        path = response.json["next"]
        link = f'<{path}>; rel="next"' if path else None
        assert response.headers.get("Link") == link
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize("collection", ["quotes", "claims"])
def test_statement_is_answered_under_its_own_link(client: FlaskClient, collection: str) -> None:
    for listed in get(client, f"/{collection}")["items"]:
        assert get(client, listed["links"]["self"]) == listed


def test_claim_is_not_a_quotation_but_its_address_is_named(client: FlaskClient) -> None:
    (claim,) = get(client, "/claims")["items"]
    response = client.get(f"/quotes/{claim['id']}")
    assert response.status_code == 404
    assert f"/claims/{claim['id']}" in response.json["detail"]


def test_quotation_is_not_a_claim_but_its_address_is_named(client: FlaskClient) -> None:
    quotation = get(client, "/quotes")["items"][0]
    response = client.get(f"/claims/{quotation['id']}")
    assert response.status_code == 404
    assert f"/quotes/{quotation['id']}" in response.json["detail"]


def test_json_keeps_its_letters_and_ends_its_line(client: FlaskClient) -> None:
    response = client.get("/quotes?q=useful")
    assert "“very useful”" in response.text
    assert response.text.endswith("}\n")


def test_quotation_is_linked_data_where_that_is_asked_for(client: FlaskClient) -> None:
    (listed,) = get(client, "/quotes?q=level")["items"]
    path = listed["links"]["self"]
    response = client.get(path, headers={"Accept": "application/ld+json"})
    assert response.content_type == "application/ld+json"
    assert "Accept" in response.headers["Vary"]
    assert response.headers["ETag"] != client.get(path).headers["ETag"]
    quotation = response.get_json(force=True)
    assert (quotation["@type"], quotation["text"]) == ("Quotation", listed["text"])
    (speaker,) = quotation["spokenByCharacter"]
    assert speaker == {
        "@id": "http://localhost/speakers/vladimir-putin",
        "@type": "Person",
        "name": "Vladimir Putin",
    }
    assert quotation["isPartOf"]["datePublished"] == "2022-02-03"
    target = quotation["oa:hasTarget"]
    text = client.get(target["oa:hasSource"]["@id"]).text
    position, wording = target["oa:hasSelector"]
    assert text[position["oa:start"] : position["oa:end"]] == wording["oa:exact"]
    assert wording["oa:prefix"] + wording["oa:exact"] + wording["oa:suffix"] in text


def test_linked_data_have_a_selector_of_each_kind_for_every_piece(quotation: Statement) -> None:
    text = "“No,” he said, “never.”"
    spans = (Span(1, 4), Span(16, 22))
    statement = structs.replace(
        quotation,
        text=ELLIPSIS.join(span.of(text) for span in spans),
        spans=spans,
        context=Context("“", "”"),
    )
    targets = linked(statement, "http://localhost")["oa:hasTarget"]
    wordings = [target["oa:hasSelector"][1] for target in targets]
    assert [one["oa:exact"] for one in wordings] == ["No,", "never."]
    assert [sorted(one) for one in wordings] == [
        ["@type", "oa:exact", "oa:prefix"],
        ["@type", "oa:exact", "oa:suffix"],
    ]
    positions = [target["oa:hasSelector"][0] for target in targets]
    assert [(one["oa:start"], one["oa:end"]) for one in positions] == [(1, 4), (16, 22)]


def refuse(url: str, options: object) -> None:
    raise AssertionError(f"{url} is asked for")


SCHEMA, OA = "https://schema.org/", "http://www.w3.org/ns/oa#"


@pytest.mark.parametrize("collection", ["quotes", "claims"])
def test_linked_data_mean_something_to_who_asks_nobody(
    client: FlaskClient, collection: str
) -> None:
    for listed in get(client, f"/{collection}")["items"]:
        path = listed["links"]["self"]
        answer = client.get(path, headers={"Accept": "application/ld+json"})
        written = json.loads(answer.text)
        [node] = jsonld.expand(written, {"documentLoader": refuse})
        kind = {"quotes": "Quotation", "claims": "Claim"}[collection]
        assert (node["@type"], node["@id"]) == ([SCHEMA + kind], "http://localhost" + path)
        assert node[f"{SCHEMA}text"] == [{"@value": listed["text"]}]
        source = f"http://localhost{listed['links']['source']}"
        assert {"@id": source} in node[f"{SCHEMA}isBasedOn"]
        [work] = node[f"{SCHEMA}isPartOf"]
        assert (work["@id"], work["@type"]) == (source, [f"{SCHEMA}CreativeWork"])
        creators = [one["@id"] for one in node.get(f"{SCHEMA}creator", ())]
        speaker = listed["speaker"] or {}
        known = speaker.get("members", [speaker] if speaker else [])
        assert creators == [f"http://localhost/speakers/{one['id']}" for one in known]
        check_target(client, node, source)
        triples = jsonld.to_rdf(written, {"documentLoader": refuse})["@default"]
        terms = {triple["predicate"]["value"] for triple in triples}
        assert {f"{OA}hasTarget", f"{OA}exact", f"{OA}start", f"{SCHEMA}text"} <= terms


def check_target(client: FlaskClient, node: dict, source: str) -> None:
    [target] = node[f"{OA}hasTarget"]
    assert target["@type"] == [f"{OA}SpecificResource"]
    assert target[f"{OA}hasSource"] == [{"@id": f"{source}/text"}]
    position, wording = target[f"{OA}hasSelector"]
    assert position["@type"] == [f"{OA}TextPositionSelector"]
    assert wording["@type"] == [f"{OA}TextQuoteSelector"]
    text = client.get(f"{source}/text").text
    start, end = (position[f"{OA}{name}"][0]["@value"] for name in ("start", "end"))
    assert text[int(start) : int(end)] == wording[f"{OA}exact"][0]["@value"]


def test_words_are_found_again_where_they_were_published(client: FlaskClient) -> None:
    (listed,) = get(client, "/quotes?q=level")["items"]
    marked = "https://example.org/meeting#:~:text=Our%20relations%20are%20at%20a%20high%20level%2C"
    assert listed["links"]["original"] == marked
    answer = client.get(listed["links"]["self"], headers={"Accept": "application/ld+json"})
    assert json.loads(answer.text)["url"] == marked
    (undated,) = get(client, "/quotes?q=useful")["items"]
    assert "original" not in undated["links"]


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "text/html;q=0.5,*/*;q=0.8", "image/png"]
)
def test_anybody_else_gets_json(client: FlaskClient, accept: str) -> None:
    path = get(client, "/quotes")["items"][0]["links"]["self"]
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.content_type) == (200, "application/json")
