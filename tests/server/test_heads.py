"""Requests that no honest client sends are refused with a reason, never with a 500."""

from pathlib import Path

import pytest

from tests.server.wire import Address, connect, receive, say

HOST = b"Host: localhost\r\n"
POST = b"POST /extract HTTP/1.1\r\n" + HOST + b"Content-Type: text/plain\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
SAID = "“We will stay,” said Mayor Jane Doe.".encode()


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


HEADS = {
    "no HTTP version": (b"GET /healthz\r\n\r\n", 400),
    "HTTP/0.9": (b"GET /healthz HTTP/0.9\r\n" + HOST + b"\r\n", 400),
    "HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "nonsense": (b"\x00\x01\x02\r\n\r\n", 400),
    "lower-case method": (b"get / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "method of odd characters": (b"G@T / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "unknown method": (b"BREW /quotes HTTP/1.1\r\n" + HOST + b"\r\n", 405),
    "TRACE": (b"TRACE /quotes HTTP/1.1\r\n" + HOST + b"\r\n", 405),
    "CONNECT": (b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n", 405),
    "target of another scheme": (b"GET ftp://localhost/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "target without a slash": (b"GET quotes HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "target with a space": (b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "target with a tab": (b"GET /a\tb HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "target of bare bytes": (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "target with a user": (b"GET http://a@localhost/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "asterisk for GET": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
    "two lengths": (POST + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
    "list of lengths": (POST + b"Content-Length: 1, 1\r\n\r\na", 400),
    "signed length": (POST + b"Content-Length: +1\r\n\r\na", 400),
    "negative length": (POST + b"Content-Length: -1\r\n\r\na", 400),
    "length in no digits": (POST + b"Content-Length: \xb2\r\n\r\na", 400),
    "length and chunks": (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    "two codings": (POST + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n", 400),
    "unknown coding": (POST + b"Transfer-Encoding: xchunked\r\n\r\n", 501),
    "gzip, then chunked": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    "chunked, then identity": (POST + b"Transfer-Encoding: chunked, identity\r\n\r\n", 400),
    "space before the colon": (POST + b"Transfer-Encoding : chunked\r\n\r\n", 400),
    "tab before the coding": (POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n", 400),
    "chunks in HTTP/1.0": (CHUNKED.replace(b"/1.1", b"/1.0"), 400),
    "folded line": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\r\n b\r\n\r\n", 400),
    "NUL": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\x00b\r\n\r\n", 400),
    "bare CR": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\rX-B: b\r\n\r\n", 400),
    "lines end with LF": (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    "one line ends with LF": (b"GET / HTTP/1.1\r\nHost: localhost\nX-A: a\r\n\r\n", 400),
    "no colon": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A\r\n\r\n", 400),
    "long line": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 9000 + b"\r\n\r\n", 431),
    "many lines": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\r\n" * 101 + b"\r\n", 431),
    "endless head": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\r\n" * 10_000, 431),
    "long target": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "endless target": (b"GET /" + b"a" * 9000, 414),
    "unknown expectation": (POST + b"Expect: wonders\r\nContent-Length: 1\r\n\r\na", 417),
}

BODIES = {
    "size that is no number": (CHUNKED + b"xyz\r\n", 400),
    "no size": (CHUNKED + b"\r\n", 400),
    "negative size": (CHUNKED + b"-1\r\n", 400),
    "size in 0x": (CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n", 400),
    "size with a space": (CHUNKED + b"5 \r\nhello\r\n0\r\n\r\n", 400),
    "size that ends with LF": (CHUNKED + b"5\nhello\r\n0\r\n\r\n", 400),
    "chunk longer than its size": (CHUNKED + b"3\r\nhello\r\n0\r\n\r\n", 400),
    "chunk shorter than its size": (CHUNKED + b"9\r\nhello\r\n0\r\n\r\n", 400),
    "endless line": (CHUNKED + b"5;" + b"a" * 5000, 400),
    "NUL in an extension": (CHUNKED + b"5;a=\x00\r\nhello\r\n0\r\n\r\n", 400),
    "trailer that is none": (CHUNKED + b"0\r\nno trailer\r\n\r\n", 400),
    "chunk's size ends with LF": (CHUNKED + b"5\nhello\n0\n\n", 400),
    "chunk ends with LF": (CHUNKED + b"5\r\nhello\n0\r\n\r\n", 400),
    "last chunk ends with LF": (CHUNKED + chunk(b"hello") + b"0\r\n\n", 400),
    "chunks of a byte": (CHUNKED + b"1\r\na\r\n" * 100_000 + b"0\r\n\r\n", 400),
    "size beyond all bounds": (CHUNKED + b"F" * 30 + b"\r\n", 413),
    "chunks beyond what is taken": (CHUNKED + chunk(b"a" * 700_000) * 4, 413),
    "length beyond what is taken": (POST + b"Content-Length: 99999999999\r\n\r\na", 413),
    "length beyond the call": (POST + b"Content-Length: 1500000\r\n\r\n" + b"a" * 1_500_000, 413),
    "body in gzip": (POST + b"Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na", 415),
    "body in what nobody knows": (
        POST + b"Content-Encoding: a b\r\nContent-Length: 1\r\n\r\na",
        415,
    ),
}

CRAFTED = HEADS | BODIES


@pytest.mark.parametrize("name", CRAFTED)
def test_crafted_request_is_refused_for_what_is_wrong(address: Address, name: str) -> None:
    sent, status = CRAFTED[name]
    reply = say(address, sent)
    assert reply.status == status, reply
    assert reply.problem()["detail"]


CUT = {
    "head": POST,
    "first line": b"GET /quo",
    "body": POST + b"Content-Length: 100\r\n\r\n" + SAID,
    "body, nothing of it": POST + b"Content-Length: 100\r\n\r\n",
    "chunk": CHUNKED + b"100\r\n" + SAID,
    "chunks without the last": CHUNKED + chunk(SAID),
    "last chunk without its end": CHUNKED + chunk(SAID) + b"0\r\n",
    "body of a GET": b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nab",
}


@pytest.mark.parametrize("name", CUT)
def test_request_that_is_cut_off_is_refused(address: Address, name: str) -> None:
    reply = say(address, CUT[name], end=True)
    assert reply.status == 400
    assert reply.problem()["detail"] == "the request is cut off"


@pytest.mark.parametrize(
    "sent",
    [
        POST + b"Content-Length: %d\r\n\r\n" % len(SAID) + SAID,
        CHUNKED + chunk(SAID) + b"0\r\n\r\n",
        CHUNKED + chunk(SAID[:9]) + b"%X;a=b\r\n%s\r\n" % (len(SAID[9:]), SAID[9:]) + b"00\r\n\r\n",
        CHUNKED + chunk(SAID) + b"0\r\nX-Sum: 1\r\n\r\n",
        b"\r\n" + POST + b"Content-Length: %d\r\n\r\n" % len(SAID) + SAID,
    ],
)
def test_whole_body_is_read_however_it_is_framed(address: Address, sent: bytes) -> None:
    with connect(address) as client:
        for piece in (sent[:40], sent[40:-3], sent[-3:]):
            client.sendall(piece)
        reply = receive(client)
    assert reply.status == 200
    assert b'"Jane Doe"' in reply.body


def test_requests_sent_at_once_are_answered_in_turn(address: Address) -> None:
    one = b"GET /quotes?limit=%d HTTP/1.1\r\n" + HOST + b"Connection: %s\r\n\r\n"
    with connect(address) as client, client.makefile("rb") as file:
        client.sendall(one % (1, b"keep-alive") + POST + b"Content-Length: 1\r\n\r\na")
        client.sendall(one % (2, b"close"))
        replies = file.read().split(b"HTTP/1.1 200 OK\r\n")[1:]
    assert [reply.count(b'"id":"s-') for reply in replies] == [1, 0, 2]


def test_client_that_expects_continue_gets_it(address: Address) -> None:
    with connect(address) as client:
        client.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        assert receive(client).status == 200


def test_client_that_would_send_too_much_gets_no_continue(address: Address) -> None:
    expecting = POST + b"Expect: 100-continue\r\nContent-Length: 9000000\r\n\r\n"
    assert say(address, expecting).status == 413


def test_address_as_target_is_its_path(address: Address) -> None:
    target = b"GET http://localhost/quotes?limit=1 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"
    assert say(address, target).status == 200
    target = b"GET http://elsewhere.example/quotes HTTP/1.1\r\n" + HOST + b"\r\n"
    assert say(address, target).status == 421


def test_server_is_asked_for_its_options(address: Address) -> None:
    assert say(address, b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n").status < 500


@pytest.mark.parametrize(
    "header",
    [
        b"SCRIPT_NAME: /elsewhere",
        b"Script-Name: /elsewhere",
        b"PATH_INFO: /elsewhere",
        b"REMOTE_USER: editor",
        b"X-Forwarded-Prefix: /elsewhere",
        b"X-Forwarded-Host: elsewhere.example",
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-Ssl: on",
        b"X-Script-Name: /elsewhere",
        b"Forwarded: host=elsewhere.example;proto=https",
    ],
)
@pytest.mark.parametrize("path", [b"/quotes?limit=1", b"/docs", b"/openapi.yaml", b"/qoutes"])
def test_header_for_proxies_does_nothing(address: Address, path: bytes, header: bytes) -> None:
    request = b"GET " + path + b" HTTP/1.1\r\n" + HOST
    expected = say(address, request + b"\r\n")
    reply = say(address, request + header + b"\r\n\r\n")
    assert (reply.status, reply.body) == (expected.status, expected.body)


@pytest.mark.parametrize(
    "line", ["GET /verify?quote=secret\u2019s HTTP/1.1", "GET /verify?quote=secret\u00e9 HTTP/1.1"]
)
def test_words_of_what_is_refused_are_not_in_the_log(
    address: Address, log: Path, line: str
) -> None:
    before = log.read_text().count(" 400 InvalidRequestLine")
    refused = say(address, line.encode() + b"\r\n" + HOST + b"\r\n")
    assert (refused.status, "secret" in str(refused.problem()["detail"])) == (400, True)
    assert "secret" not in log.read_text()
    assert log.read_text().count(" 400 InvalidRequestLine") == before + 1


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        (b"Connection: Upgrade, close\r\nUpgrade: websocket", False),
        (b"Connection: Upgrade\r\nUpgrade: WebSocket", True),
        (b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk", True),
        (b"Connection: TE, Close\r\nTE: trailers", False),
        (b"Connection: keep-alive\r\nConnection: close", False),
        (b"Connection: keep-alive, foo", True),
    ],
)
def test_what_a_connection_might_become_is_passed_over(
    address: Address, said: bytes, goes_on: bool
) -> None:
    with connect(address) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + said + b"\r\n\r\n")
        answer = receive(client)
        assert answer.status == 200
        assert answer.headers["connection"] == ("keep-alive" if goes_on else "close")
