"""Sending: sends the new results of each alert, one message per statement.

Statements found when an alert is added are not new. A failed message is retried by the first call
after its delay; after a failure, this call sends nothing more to that address.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

import orjson

from service.alerts.keeping import Sent, Waiting
from service.alerts.questions import Alert, found_by
from service.alerts.webhooks import TRIED_AFTER, Message, Outcome, post
from service.domain import Hit, Statement
from service.index.port import Snapshot
from service.rendering.prefix import prefixed_statement
from service.rendering.statement_json import STATEMENT_JSON

AT_ONCE = 1000
"""Statements per alert and call; the rest wait for the next call."""

TYPE = "statement.found"


@dataclass(frozen=True, slots=True)
class Sender:
    """``webhooks`` are the addresses allowed; ``url`` is the service's address with its path, or
    empty."""

    webhooks: Sequence[str]
    secrets: Sequence[bytes]
    url: str = ""
    now: Callable[[], float] = time.time


@dataclass
class Report:
    """``failures`` maps each failing address to the reason; ``abandoned`` counts messages given
    up."""

    delivered: int = 0
    waiting: int = 0
    abandoned: int = 0
    failures: dict[str, str] = field(default_factory=dict)


def send(alerts: Iterable[Alert], index: Snapshot, sent: dict[str, Sent], sender: Sender) -> Report:
    """Sends the new results of alerts with a webhook, as far as they are due."""
    report = Report()
    for alert in alerts:
        if not alert.webhook:
            continue
        state = sent.setdefault(alert.id, Sent())
        if alert.webhook not in sender.webhooks:
            report.failures[alert.webhook] = "ONRECORD_WEBHOOKS does not list it"
        elif state.abandoned:
            report.failures[alert.webhook] = (
                "it refuses further messages (410); add the alert again"
            )
        else:
            _send(alert, index, state, sender, report)
        report.waiting += len(state.waiting)
    return report


def _send(alert: Alert, index: Snapshot, state: Sent, sender: Sender, report: Report) -> None:
    found = [statement.id for statement in found_by(alert, index)]
    for gone in state.waiting.keys() - set(found):
        del state.waiting[gone]  # withdrawn since
    now = sender.now()
    for statement_id in reversed(found):  # oldest first
        if statement_id not in state.known:
            state.waiting.setdefault(statement_id, Waiting(now))
    due = [one for one, waiting in state.waiting.items() if waiting.after <= now]
    for statement_id in islice(due, AT_ONCE):
        if alert.webhook in report.failures or state.abandoned:
            return
        waiting = state.waiting[statement_id]
        statement = index.statement(statement_id)
        message = message_of(alert, statement, waiting.found, sender.url)
        outcome = post(alert.webhook, message, int(sender.now()), sender.secrets)
        _note(alert, statement_id, state, outcome, sender.now(), report)


def _note(
    alert: Alert, statement_id: str, state: Sent, outcome: Outcome, now: float, report: Report
) -> None:
    waiting = state.waiting[statement_id]
    waiting.attempts += 1
    if outcome.is_delivered:
        report.delivered += 1
    else:
        report.failures[alert.webhook] = outcome.reason
        state.abandoned = outcome.is_gone
        if waiting.attempts <= len(TRIED_AFTER) and not outcome.is_gone:
            waiting.after = now + TRIED_AFTER[waiting.attempts - 1]
            return
        report.abandoned += 1
    del state.waiting[statement_id]
    state.known.add(statement_id)


def message_of(alert: Alert, statement: Statement, found: float, url: str) -> Message:
    """The message for a statement: identical on each attempt unless the index changes."""
    named = hashlib.sha256(f"{alert.id}\n{statement.id}".encode()).hexdigest()
    path = url.partition("://")[2].partition("/")[2]
    written = STATEMENT_JSON(Hit(statement))
    body = {
        "type": TYPE,
        "timestamp": datetime.fromtimestamp(found, UTC).isoformat(timespec="seconds"),
        "data": {
            "alert": {"id": alert.id, "name": alert.name, "feed": url + alert.feed},
            "statement": orjson.Fragment(
                prefixed_statement(written, f"/{path}") if path else written
            ),
        },
    }
    return Message(f"msg_{named[:32]}", orjson.dumps(body))
