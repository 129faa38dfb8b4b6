"""Keeping: stores alerts in their file, and what was sent in a second file beside it."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson
import tomlkit

from service.alerts.questions import TABLE, Alert, read_alerts
from service.errors import InvalidInput, MisconfiguredService, NotFound
from service.paths import shown


@dataclass
class Waiting:
    """A statement still to be sent: found at ``found``, tried ``attempts`` times, and not again
    before ``after`` (both in time.time() seconds)."""

    found: float
    attempts: int = 0
    after: float = 0.0


@dataclass
class Sent:
    """The state of one alert: ``known`` statements need not be sent any more; ``abandoned`` means
    the receiver refused further messages (410)."""

    known: set[str] = field(default_factory=set)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    abandoned: bool = False


def add_alert(path: Path, alert: Alert) -> None:
    """Raises InvalidInput if the id exists already, and MisconfiguredService."""
    if any(one.id == alert.id for one in read_alerts(path)):
        raise InvalidInput(f"alert {alert.id!r} already exists; choose another --id")
    document = _read(path)
    tables = document.setdefault(TABLE, tomlkit.aot())
    entry = tomlkit.table()
    entry.update({key: value for key, value in asdict(alert).items() if value})
    tables.append(entry)
    _write(path, tomlkit.dumps(document).encode())


def remove_alert(path: Path, alert_id: str) -> None:
    """Also deletes its sending state. Raises NotFound, MisconfiguredService."""
    if all(one.id != alert_id for one in read_alerts(path)):
        raise NotFound(f"no alert has the id {alert_id!r}; onrecord alerts list shows all")
    document = _read(path)
    kept = tomlkit.aot()
    tables: Any = document[TABLE]
    for table in tables:
        if table["id"] != alert_id:
            kept.append(table)
    document[TABLE] = kept
    _write(path, tomlkit.dumps(document).encode())
    with sending(path) as sent:
        sent.pop(alert_id, None)


@contextmanager
def sending(path: Path) -> Iterator[dict[str, Sent]]:
    """The sending state by alert id, under a lock; changes are saved at the end, even after an
    error.

    Raises MisconfiguredService if another process is sending.
    """
    beside = sent_file(path)
    try:
        lock = beside.with_name(f"{beside.name}.lock").open("a")
    except OSError as error:
        raise MisconfiguredService(f"{shown(beside)}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise MisconfiguredService("alerts are being sent; try again later") from error
        sent = read_sent(path)
        try:
            yield sent
        finally:
            _write(beside, orjson.dumps({key: _as_json(one) for key, one in sent.items()}))


def read_sent(path: Path) -> dict[str, Sent]:
    """The sending state by alert id. Raises MisconfiguredService."""
    beside = sent_file(path)
    if not beside.exists():
        return {}
    try:
        held = orjson.loads(beside.read_bytes())
        return {key: _from_json(one) for key, one in held.items()}
    except OSError as error:
        raise MisconfiguredService(f"{shown(beside)}: {error.strerror}") from error
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise MisconfiguredService(
            f"{shown(beside)}: the file is damaged; without it everything that an alert "
            "finds now is sent again, with the same ids"
        ) from error


def sent_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sent.json")


def _as_json(sent: Sent) -> dict[str, Any]:
    waiting = {key: asdict(one) for key, one in sent.waiting.items()}
    return {"known": sorted(sent.known), "waiting": waiting, "given_up": sent.abandoned}


def _from_json(held: dict[str, Any]) -> Sent:
    waiting = {key: Waiting(**one) for key, one in held["waiting"].items()}
    return Sent(set(held["known"]), waiting, held["given_up"])


def _read(path: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()


def _write(path: Path, content: bytes) -> None:
    """Replaces the file atomically."""
    try:
        number, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise MisconfiguredService(f"{shown(path)}: {error.strerror}") from error
    fresh = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        fresh.chmod(path.stat().st_mode if path.exists() else 0o600)
        fresh.replace(path.resolve())
    except OSError as error:
        raise MisconfiguredService(f"{shown(path)}: {error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)
