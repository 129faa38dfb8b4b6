"""Settings: the ``ONRECORD_*`` environment variables, read once, here."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from service.access import Access, Tokens, is_written_token
from service.alerts.addresses import is_webhook, secret_of
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.paths import shown
from service.permalinks import Permalinks
from service.reach import Reach, name_of

PREFIX = "ONRECORD_"
ANYWHERE = ("0.0.0.0", "[::]")
"""Bind addresses that mean every interface; neither is a name that clients use."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field per ``ONRECORD_*`` variable.

    ``index`` is the index folder, ``bind`` the listening address as HOST:PORT, ``extractor`` how
    statements are found, ``speakers`` the optional file of known speakers (speakers.toml),
    ``deadline`` the seconds allowed per request. ``url`` is the service's address with its path
    prefix, without a trailing slash; ``hosts`` are names it answers to besides those of this
    machine; ``origins`` are sites whose pages may read from it; ``trusted_proxies`` may say in
    headers where a request comes from. ``checks`` is the optional folder for stored checks, kept
    for ``checks_days`` days and in at most ``checks_megabytes`` megabytes. ``write_tokens`` and
    ``read_tokens`` are bearer tokens, or @ and the name of a file of them; ``rate`` is the rate
    limit per client. ``alerts`` is the file of stored questions, ``webhooks`` lists the addresses
    that may receive their new results, and ``webhook_secrets`` are the keys that sign those
    messages.
    """

    index: Path = Path("index")
    bind: str = "127.0.0.1:8000"
    extractor: Extractor = Extractor.MODEL
    speakers: Path | None = None
    deadline: float = 30.0
    url: str = ""
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    checks: Path | None = None
    checks_days: int = 30
    checks_megabytes: int = 1000
    write_tokens: str = field(default="", repr=False)
    read_tokens: str = field(default="", repr=False)
    rate: str = ""
    alerts: Path | None = None
    webhooks: tuple[str, ...] = ()
    webhook_secrets: str = field(default="", repr=False)

    def permalinks(self) -> Permalinks | None:
        """The store of checks; None if checks are not stored. Raises MisconfiguredService."""
        if self.checks is None:
            return None
        return Permalinks(self.checks, self.checks_days, self.checks_megabytes)

    @property
    def access(self) -> Access:
        """The tokens, read from their files if any. Raises MisconfiguredService."""
        return Access(
            _tokens("WRITE_TOKENS", self.write_tokens), _tokens("READ_TOKENS", self.read_tokens)
        )

    @property
    def signing(self) -> tuple[bytes, ...]:
        """The webhook signing keys, decoded. Raises MisconfiguredService."""
        written = _written("WEBHOOK_SECRETS", self.webhook_secrets)
        secrets = tuple(filter(None, map(secret_of, written)))
        if len(secrets) < len(written) or not secrets:
            raise MisconfiguredService(
                f"{PREFIX}WEBHOOK_SECRETS: a secret is whsec_ and 24 to 64 bytes in Base64, as"
                " printf whsec_; openssl rand -base64 24 prints one"
            )
        return secrets

    @property
    def reach(self) -> Reach:
        """The bind host and the host of ``url`` need not be listed in ``hosts``."""
        listed = (self.bind.rpartition(":")[0], urlsplit(self.url).netloc, *self.hosts)
        named = (name_of(one) for one in listed)
        return Reach(
            url=self.url,
            hosts=frozenset(name for name in named if name and name not in ANYWHERE),
            origins=frozenset(self.origins),
            proxies=tuple(ip_network(one) for one in self.trusted_proxies),
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Settings from the environment; an unknown ONRECORD_* variable raises
        MisconfiguredService."""
        values = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(PREFIX) and value
        }
        unknown = sorted(set(values) - set(cls.__dataclass_fields__))
        if unknown:
            known = ", ".join(PREFIX + name.upper() for name in cls.__dataclass_fields__)
            raise MisconfiguredService(
                f"unknown setting {PREFIX}{unknown[0].upper()}; the settings are {known}"
            )
        return cls(
            index=Path(values.get("index", cls().index)),
            bind=values.get("bind", cls().bind),
            extractor=_extractor(values.get("extractor", cls().extractor)),
            speakers=Path(values["speakers"]) if "speakers" in values else None,
            deadline=_seconds(values["deadline"]) if "deadline" in values else cls().deadline,
            url=_url(values.get("url", "")),
            hosts=_several("HOSTS", values, _is_host, "a name such as news.example"),
            origins=_several(
                "ORIGINS", values, _is_origin, "an origin such as https://news.example"
            ),
            trusted_proxies=_several(
                "TRUSTED_PROXIES", values, _is_network, "an address such as 127.0.0.1 or 10.0.0.0/8"
            ),
            checks=Path(values["checks"]) if "checks" in values else None,
            checks_days=_whole("CHECKS_DAYS", values, cls().checks_days, LONGEST_KEPT),
            checks_megabytes=_whole("CHECKS_MEGABYTES", values, cls().checks_megabytes, MOST_KEPT),
            write_tokens=values.get("write_tokens", ""),
            read_tokens=values.get("read_tokens", ""),
            rate=values.get("rate", ""),
            alerts=Path(values["alerts"]) if "alerts" in values else None,
            webhooks=_several(
                "WEBHOOKS", values, is_webhook, "an address such as https://desk.example/hook"
            ),
            webhook_secrets=values.get("webhook_secrets", ""),
        )


def _extractor(name: str) -> Extractor:
    if name not in set(Extractor):
        known = " and ".join(Extractor)
        raise MisconfiguredService(
            f"{PREFIX}EXTRACTOR: {name!r} is not an extractor; expected {known}"
        )
    return Extractor(name)


LONGEST_DEADLINE = 3600
"""Seconds: nobody waits an hour for an answer, and a stopping worker is waited for this long."""


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_DEADLINE:
        raise MisconfiguredService(
            f"{PREFIX}DEADLINE: {value!r} is not a number of seconds above 0 up to "
            f"{LONGEST_DEADLINE}"
        )
    return seconds


LONGEST_KEPT = 3650
"""Days: anything to be kept for decades belongs in an archive."""
MOST_KEPT = 1_000_000
"""Megabytes: one terabyte."""


def _whole(setting: str, values: Mapping[str, str], default: int, most: int) -> int:
    number = values.get(setting.lower(), str(default))
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:20]) <= most):
        raise MisconfiguredService(
            f"{PREFIX}{setting}: {number!r} is not a whole number from 1 to {most}"
        )
    return int(number)


_ORIGIN = r"https?://(?:\[[0-9A-Fa-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?"
_URL = re.compile(_ORIGIN + r"(?:/[A-Za-z0-9_.~-]+)*/?")


def _url(value: str) -> str:
    if value and not (_URL.fullmatch(value) and _has_host(value)):
        raise MisconfiguredService(
            f"{PREFIX}URL: {value!r} is not a URL such as https://news.example/onrecord, "
            "with a lower-case host and a path of letters, digits and -._~"
        )
    return value.rstrip("/")


def _several(
    setting: str, values: Mapping[str, str], is_one: Callable[[str], bool], wanted: str
) -> tuple[str, ...]:
    """The parts of a setting, separated by commas or white space."""
    several = tuple(values.get(setting.lower(), "").replace(",", " ").split())
    for one in several:
        if not is_one(one):
            raise MisconfiguredService(f"{PREFIX}{setting}: {one!r} is not {wanted}")
    return several


IN_FILE = "@"
"""Prefix of a file name: the value is in that file, which only the service need be able to read."""


def _tokens(setting: str, value: str) -> Tokens:
    """The tokens of a setting; an error gives the number of the token, never the token."""
    written = _written(setting, value)
    for number, one in enumerate(written, start=1):
        if not is_written_token(one):
            raise MisconfiguredService(
                f"{PREFIX}{setting}: token {number} is not 16 to 200 letters, digits and -._~+/, or"
                " sha256: and the checksum of one"
            )
    if value and not written:
        raise MisconfiguredService(f"{PREFIX}{setting}: contains no token")
    return Tokens.of(written)


def _written(setting: str, value: str) -> list[str]:
    """The parts of a secret setting, or of the file it names."""
    written = _lines_of(setting, value) if value.startswith(IN_FILE) else value.replace(",", " ")
    return written.split()


def _lines_of(setting: str, value: str) -> str:
    """The lines of a file, one value per line; # starts a comment."""
    path = Path(value.removeprefix(IN_FILE))
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise MisconfiguredService(f"{PREFIX}{setting}: {shown(path)}: {reason}") from error
    return "\n".join(line.partition("#")[0] for line in lines)


def _is_host(name: str) -> bool:
    return name_of(name) is not None


def _is_origin(origin: str) -> bool:
    return re.fullmatch(_ORIGIN, origin) is not None and _has_host(origin)


def _has_host(address: str) -> bool:
    """
    >>> _has_host("https://[::1]:8000"), _has_host("https://[1.2]"), _has_host("https://a:99999")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_network(address: str) -> bool:
    try:
        ip_network(address)
    except ValueError:
        return False
    return True
