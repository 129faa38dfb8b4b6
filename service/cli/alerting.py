"""Alerting: the commands that manage alerts and send new results."""

from contextlib import closing
from pathlib import Path

import click

from service.alerts.keeping import Sent, add_alert, read_sent, remove_alert, sending
from service.alerts.questions import Alert, found_by, read_alerts
from service.alerts.sending import Report, Sender, send
from service.cli.command import Failure, index_option
from service.cli.printing import print_counts
from service.domain import slug
from service.errors import IndexMissing, InvalidInput
from service.index.port import Index
from service.index.whoosh import open_index
from service.paths import escaped, shown
from service.reading import read_known_speakers
from service.settings import Settings


@click.group()
def alerts() -> None:
    """Save queries as alerts, and send their new results.

    Alerts are saved in the file that ONRECORD_ALERTS names, such as alerts.toml. The service also
    offers each as an Atom feed. Messages are sent only by "onrecord alerts send".

    \b
    onrecord alerts add 'Putin on friendship' --speaker Putin --words friendship
    onrecord alerts list
    onrecord alerts send
    """


@alerts.command()
@click.argument("name")
@click.option("--speaker", default="", help="Only statements of this speaker, an id or a name.")
@click.option("--words", default="", help="Only statements with these words, as in a search.")
@click.option(
    "--cluster",
    default="",
    metavar="ID",
    help="Statements in other sources of the same quotation as this statement id.",
)
@click.option("--webhook", default="", metavar="URL", help="Where to send new results.")
@click.option(
    "--id", "alert_id", default="", metavar="ID", help="Id of the alert.  [default: made from NAME]"
)
@index_option
@click.pass_obj
def add(
    settings: Settings,
    name: str,
    speaker: str,
    words: str,
    cluster: str,
    webhook: str,
    alert_id: str,
) -> None:
    """Add an alert called NAME, and print the path of its feed.

    Only statements indexed from now on are sent. URL must be one of those in ONRECORD_WEBHOOKS.

    \b
    onrecord alerts add Patrushev --speaker Patrushev
    onrecord alerts add 'No limits' --cluster s-339d0ed7ac92 --webhook https://desk.example/hook
    """
    alert = Alert(alert_id or slug(name), name, speaker, words, cluster, webhook)
    alert.check("the alert")
    if webhook and webhook not in settings.webhooks:
        raise InvalidInput(f"ONRECORD_WEBHOOKS does not list {webhook!r}")
    path = _file_of(settings)
    known = _known_now(alert, settings)
    add_alert(path, alert)
    with sending(path) as sent:
        sent[alert.id] = Sent(known)
    click.echo(escaped(f"{alert.id}  {settings.url}{alert.feed}  {len(known)} statements"))


@alerts.command(name="list")
@click.pass_obj
def show(settings: Settings) -> None:
    """List the alerts, their feeds, and how many messages wait to be sent.

    \b
    onrecord alerts list
    """
    path = _file_of(settings)
    sent = read_sent(path)
    for alert in read_alerts(path):
        waiting = len(sent[alert.id].waiting) if alert.id in sent else 0
        destination = f"  {alert.webhook}  {waiting} waiting" if alert.webhook else ""
        click.echo(escaped(f"{alert.id}  {alert.name}  {settings.url}{alert.feed}{destination}"))


@alerts.command()
@click.argument("alert_id", metavar="ID")
@click.pass_obj
def remove(settings: Settings, alert_id: str) -> None:
    """Remove an alert.

    \b
    onrecord alerts remove putin-on-friendship
    """
    remove_alert(_file_of(settings), alert_id)


@alerts.command(name="send")
@index_option
@click.pass_obj
def send_new(settings: Settings) -> None:
    """Send the new results of each alert to its webhook.

    Run it after onrecord index, and every few minutes. A failed delivery is retried 5 seconds, 5
    minutes, half an hour and so on later, nine times in three days, by the first run after that.
    Messages follow Standard Webhooks and are signed with ONRECORD_WEBHOOK_SECRETS. A message
    delivered twice has the same id. The exit code is 1 if a receiver fails.

    \b
    onrecord index news && onrecord alerts send
    """
    path = _file_of(settings)
    kept = read_alerts(path)
    sender = Sender(settings.webhooks, settings.signing, settings.url)
    with closing(_opened(settings)) as opened, sending(path) as sent:
        report = send(kept, opened.snapshot(), sent, sender)
    _print(report)


def _print(report: Report) -> None:
    print_counts(
        {
            "delivered": report.delivered,
            "waiting": report.waiting,
            "given up": report.abandoned,
        }
    )
    if report.failures:
        failures = "; ".join(f"{address}: {reason}" for address, reason in report.failures.items())
        raise Failure(failures)


def _known_now(alert: Alert, settings: Settings) -> set[str]:
    """Ids of the statements that it finds now; empty if there is no index yet."""
    try:
        with closing(_opened(settings)) as opened:
            return {statement.id for statement in found_by(alert, opened.snapshot())}
    except IndexMissing:
        return set()


def _opened(settings: Settings) -> Index:
    return open_index(settings.index, known=read_known_speakers(settings.speakers))


def _file_of(settings: Settings) -> Path:
    if settings.alerts is None:
        raise InvalidInput("ONRECORD_ALERTS is not set; set it to a file such as alerts.toml")
    if not settings.alerts.resolve().parent.is_dir():
        raise InvalidInput(f"{shown(settings.alerts)}: no such folder")
    return settings.alerts
