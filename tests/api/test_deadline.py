"""No request is worked on beyond the deadline, whatever it asks for."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings

AT_ONCE = 1e-9
"""Seconds: over before any work begins."""

TEXT = "“We will stay at a high level,” Vladimir Putin said."


@pytest.fixture(scope="module")
def hurried(seeds_index: Path) -> FlaskClient:
    return create_app(Settings(index=seeds_index, deadline=AT_ONCE)).test_client()


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=nuclear",
        "/search?q=%22new+era%22",
        "/quotes?q=era+-nuclear",
        "/quotes?q=nucleer",
        "/suggest?q=nu",
        "/speakers",
        "/verify?quote=close+neighbors+bound+by+centuries-old+traditions",
    ],
)
def test_long_work_stops_and_is_reported(hurried: FlaskClient, path: str) -> None:
    response = hurried.get(path)
    assert response.status_code == 503
    problem = response.get_json(force=True)
    assert problem["type"] == "/docs#deadline-passed"
    assert "stopped after 1e-09 seconds" in problem["detail"]


@pytest.mark.parametrize("path", ["/extract", "/verify/document"])
def test_long_texts_stop_at_the_deadline(hurried: FlaskClient, path: str) -> None:
    response = hurried.post(path, json={"text": TEXT})
    assert (response.status_code, response.content_type) == (503, "application/problem+json")


def test_cluster_stops_at_the_deadline(hurried: FlaskClient, seeds_index: Path) -> None:
    patient = create_app(Settings(index=seeds_index)).test_client()
    links = patient.get("/quotes?limit=1").get_json()["items"][0]["links"]
    assert hurried.get(links["cluster"]).status_code == 503
    assert patient.get(links["cluster"]).status_code == 200


def test_what_takes_no_time_is_answered(hurried: FlaskClient) -> None:
    assert hurried.get("/healthz").status_code == 200


def test_worker_is_not_killed_before_the_deadline() -> None:
    code = "from service import gunicorn_settings as g; print(g.timeout, g.graceful_timeout)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"ONRECORD_DEADLINE": "75"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert min(map(float, done.stdout.split())) > 75
