"""Alerts, used through the command and sent to a real receiver on this machine."""

import base64
import hashlib
import hmac
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from service.alerts.keeping import Sent
from service.alerts.questions import Alert, read_alerts
from service.alerts.sending import Sender, send
from service.alerts.webhooks import TRIED_AFTER
from service.app import create_app
from service.index.whoosh import open_index
from service.settings import Settings
from tests.conftest import ONRECORD, Run, environment_with, run_in
from tests.index.articles import article
from tests.system_calls import forbidding

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
FORMER = "whsec_" + base64.b64encode(b"fedcba9876543210fedcba98").decode()


class Receiver:
    """A receiver that answers with ``statuses`` in turn, and from then on with the last one."""

    def __init__(self) -> None:
        self.statuses = [204]
        self.messages: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.messages.append((headers, body))
                several = receiver.statuses
                self.send_response(several.pop(0) if len(several) > 1 else several[0])
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook?desk=1"

    @property
    def sent_texts(self) -> list[str]:
        return [json.loads(body)["data"]["statement"]["text"] for _, body in self.messages]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.messages]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def desk(tmp_path: Path, receiver: Receiver) -> Run:
    """The command with an index of one article, and a receiver that it may send to."""
    said(tmp_path, "old", "Peace is near")
    return run_in(
        tmp_path,
        ONRECORD_ALERTS=str(tmp_path / "alerts.toml"),
        ONRECORD_WEBHOOKS=receiver.address,
        ONRECORD_WEBHOOK_SECRETS=f"{SECRET} {FORMER}",
        ONRECORD_URL="https://news.example/onrecord",
    )


def said(folder: Path, source: str, *words: str, speaker: str = "Vladimir Putin") -> None:
    with closing(open_index(folder / "index", create=True)) as index:
        index.add([article(source, *((speaker, one) for one in words))])


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Verifies the signature step by step, as https://www.standardwebhooks.com describes."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


def test_what_is_new_is_sent_once_and_signed(desk: Run, receiver: Receiver, tmp_path: Path) -> None:
    added = desk("alerts", "add", "On peace", "--words", "peace", "--webhook", receiver.address)
    assert added.stdout == (
        "on-peace  https://news.example/onrecord/search.atom?q=peace  1 statements\n"
    )
    assert desk("alerts", "send").stdout.split() == [
        *("delivered", "0", "waiting", "0", "given", "up", "0")
    ]
    said(tmp_path, "new", "Peace is far", "War is near")
    assert "delivered  1" in desk("alerts", "send").stdout
    assert "delivered  0" in desk("alerts", "send").stdout
    ((headers, body),) = receiver.messages
    assert is_signed(headers, body, SECRET)
    assert is_signed(headers, body, FORMER)
    assert not is_signed(headers, body + b" ", SECRET)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    message = json.loads(body)
    assert message["type"] == "statement.found"
    assert message["data"]["alert"]["id"] == "on-peace"
    assert message["data"]["statement"]["text"] == "Peace is far"
    assert message["data"]["statement"]["links"]["self"].startswith("/onrecord/quotes/s-")


def test_message_that_is_lost_on_the_way_has_the_same_id_again(
    desk: Run, receiver: Receiver, tmp_path: Path
) -> None:
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far", "War is near")
    desk("alerts", "send")
    (tmp_path / "alerts.toml.sent.json").unlink()  # as if nothing had been noted
    desk("alerts", "send")
    first, again = receiver.ids[:2], receiver.ids[2:]
    assert len(set(first)) == 2
    assert set(first) < set(again)


def test_failing_receiver_is_tried_again_when_its_time_has_come(
    desk: Run, receiver: Receiver, tmp_path: Path
) -> None:
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far", "War is near", "Nothing is near")
    receiver.statuses = [500, 204]
    failed = desk("alerts", "send")
    assert failed.returncode == 1
    assert failed.stderr == f"onrecord: {receiver.address}: the receiver answered 500\n"
    assert "waiting    3" in failed.stdout
    assert len(receiver.messages) == 1  # nothing more while it fails
    second = desk("alerts", "send")  # those that were not tried yet
    assert (second.returncode, len(receiver.messages)) == (0, 3)
    assert "waiting    1" in desk("alerts", "send").stdout  # its five seconds are not over
    assert "1 waiting" in desk("alerts", "list").stdout


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def sender_to(receiver: Receiver, clock: Clock) -> Sender:
    return Sender([receiver.address], [b"0" * 24], now=clock)


def test_message_is_abandoned_after_three_days(receiver: Receiver, tmp_path: Path) -> None:
    said(tmp_path, "new", "Peace is far")
    clock, sent = Clock(), {"a": Sent()}
    alert = Alert("a", "A", speaker="Putin", webhook=receiver.address)
    receiver.statuses = [503]
    begun = clock.now
    with closing(open_index(tmp_path / "index")) as index:
        for number, seconds in enumerate(TRIED_AFTER, start=1):
            report = send([alert], index.snapshot(), sent, sender_to(receiver, clock))
            assert (report.waiting, report.abandoned, len(receiver.messages)) == (1, 0, number)
            clock.now += seconds - 1
            report = send([alert], index.snapshot(), sent, sender_to(receiver, clock))
            assert (report.waiting, len(receiver.messages)) == (1, number)
            clock.now += 1
        report = send([alert], index.snapshot(), sent, sender_to(receiver, clock))
        assert (report.waiting, report.abandoned) == (0, 1)
        assert clock.now - begun > 3 * 24 * 3600
        receiver.statuses = [204]
        assert send([alert], index.snapshot(), sent, sender_to(receiver, clock)).delivered == 0
    assert len(set(receiver.ids)) == 1


def test_receiver_that_is_gone_is_asked_no_more(
    desk: Run, receiver: Receiver, tmp_path: Path
) -> None:
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far", "War is near")
    receiver.statuses = [410]
    for _ in range(2):
        assert desk("alerts", "send").returncode == 1
    assert len(receiver.messages) == 1


@pytest.mark.parametrize("status", [301, 307, 308])
def test_redirect_is_not_followed(
    desk: Run, receiver: Receiver, tmp_path: Path, status: int
) -> None:
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far")
    receiver.statuses = [status]
    assert f"the receiver answered {status}" in desk("alerts", "send").stderr
    assert len(receiver.messages) == 1


def test_nothing_is_sent_to_an_address_that_is_not_listed(
    desk: Run, receiver: Receiver, tmp_path: Path
) -> None:
    other = receiver.address.replace("hook", "other")
    refused = desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", other)
    assert "ONRECORD_WEBHOOKS does not list" in refused.stderr
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far")
    for listed in ("", "https://other.example/hook"):
        failed = desk("alerts", "send", ONRECORD_WEBHOOKS=listed)
        assert failed.returncode == 1
        assert "ONRECORD_WEBHOOKS does not list it" in failed.stderr
    assert receiver.messages == []


def test_receiver_that_does_not_listen_is_named(
    desk: Run, receiver: Receiver, tmp_path: Path
) -> None:
    silent = "http://127.0.0.1:9/hook"
    settings = {"ONRECORD_WEBHOOKS": f"{silent} {receiver.address}"}
    for name, address in (("One", silent), ("Two", receiver.address)):
        desk("alerts", "add", name, "--speaker", "Putin", "--webhook", address, **settings)
    said(tmp_path, "new", "Peace is far")
    failed = desk("alerts", "send", **settings)
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"onrecord: {silent}: ")
    assert receiver.sent_texts == ["Peace is far"]  # the other one is not held up


def test_withdrawn_statement_is_not_sent(desk: Run, receiver: Receiver, tmp_path: Path) -> None:
    desk("alerts", "add", "Putin", "--speaker", "Putin", "--webhook", receiver.address)
    said(tmp_path, "new", "Peace is far")
    receiver.statuses = [500, 204]
    desk("alerts", "send")
    desk("remove", "new")
    assert "waiting    0" in desk("alerts", "send").stdout
    assert len(receiver.messages) == 1


def test_alerts_are_kept_listed_and_forgotten(desk: Run, tmp_path: Path) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text("# of the desk\n", "utf-8")
    desk("alerts", "add", "Putin", "--speaker", "Putin")
    desk(
        "alerts", "add", "Žižek & Xi", "--speaker", "Xi", "--words", '"new era" -old', "--id", "xi"
    )
    assert [(one.id, one.name) for one in read_alerts(path)] == [
        ("putin", "Putin"),
        ("xi", "Žižek & Xi"),
    ]
    assert path.read_text("utf-8").startswith("# of the desk\n")
    assert path.stat().st_mode & 0o777 == 0o644
    listed = desk("alerts", "list").stdout.splitlines()
    assert [line.partition("  ")[0] for line in listed] == ["putin", "xi"]
    assert "another --id" in desk("alerts", "add", "Putin", "--words", "a").stderr
    assert desk("alerts", "remove", "putin").returncode == 0
    assert desk("alerts", "remove", "putin").returncode == 1
    assert [one.id for one in read_alerts(path)] == ["xi"]


def test_every_alert_is_a_feed_of_the_service(desk: Run, tmp_path: Path) -> None:
    said(tmp_path, "other", "Peace is near", speaker="Xi Jinping")
    client = create_app(Settings(index=tmp_path / "index")).test_client()
    (first,) = client.get("/quotes?speaker=Xi").get_json()["items"]
    asked = (("--speaker", "Xi"), ("--words", "peace"), ("--cluster", first["id"]))
    for number, options in enumerate(asked):
        desk("alerts", "add", f"A {number}", *options)
    counts = []
    for alert in read_alerts(tmp_path / "alerts.toml"):
        feed = client.get(alert.feed)
        assert feed.mimetype == "application/atom+xml"
        counts.append(feed.text.count("<entry>"))
        assert client.get(alert.address).get_json()["total"] == counts[-1]
    assert counts == [1, 2, 2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "A"),
        ("add", "A", "--speaker", "b", "--cluster", "s-1"),
        ("add", " ", "--speaker", "b"),
        ("add", "A", "--speaker", "b", "--id", "a b"),
        ("add", "A", "--words", '"'),
        ("remove", "nobody"),
    ],
)
def test_wrong_alert_is_one_line_and_keeps_nothing(
    desk: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = desk("alerts", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "alerts.toml").exists()


@pytest.mark.parametrize(
    "written",
    [
        *(
            "[[alert]]\nid = 1\nname = 'a'\n",
            "alert = 1\n",
            "[[alert]]\nid = 'a'\n",
            "[",
            "[other]\n",
        ),
        "[[alert]]\nid = 'a'\nname = 'A'\nspeaker = 'x'\nspeker = 'y'\n",
        "[[alert]]\nid = 'a'\nname = 'A'\nspeaker = 'x'\n" * 2,
    ],
)
def test_file_that_is_wrong_is_named(desk: Run, tmp_path: Path, written: str) -> None:
    (tmp_path / "alerts.toml").write_text(written, "utf-8")
    for command in (("list",), ("send",), ("add", "New", "--speaker", "Xi")):
        done = desk("alerts", *command)
        assert done.returncode == 1
        assert "alerts.toml: " in done.stderr
    assert (tmp_path / "alerts.toml").read_text("utf-8") == written


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ONRECORD_WEBHOOKS", "http://desk.example/hook"),
        ("ONRECORD_WEBHOOKS", "file:///etc/passwd"),
        ("ONRECORD_WEBHOOKS", "https://a:b@desk.example/"),
        ("ONRECORD_WEBHOOK_SECRETS", "whsec_short"),
        ("ONRECORD_WEBHOOK_SECRETS", ""),
        ("ONRECORD_ALERTS", ""),
    ],
)
def test_wrong_setting_is_named(desk: Run, setting: str, value: str) -> None:
    done = desk("alerts", "send", **{setting: value})
    assert done.returncode == 1
    assert setting in done.stderr
    assert "short" not in done.stderr


def test_nothing_is_sent_where_no_address_is_listed(tmp_path: Path) -> None:
    """No command opens a socket."""
    said(tmp_path, "old", "Peace is near")
    settings = {
        "ONRECORD_ALERTS": str(tmp_path / "alerts.toml"),
        "ONRECORD_WEBHOOK_SECRETS": SECRET,
    }
    for arguments in (("add", "A", "--speaker", "Putin"), ("list",), ("send",), ("remove", "a")):
        done = subprocess.run(
            [ONRECORD, "alerts", *arguments],
            cwd=tmp_path,
            env=environment_with(settings),
            preexec_fn=forbidding("socket"),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr)
