"""Everything that can go wrong, as one tree.

OnRecordError ├── InvalidInput what the caller gave cannot be used 422 │ ├── InvalidParameter a
parameter of a query; names it and what fits 422 │ │ └── UnknownParameter there is no such parameter
422 │ ├── InvalidParameters several of them 422 │ ├── UnreadableSource a file or body that cannot be
read 422 │ │ └── MissingLibrary because what reads it is not installed 415 │ ├── UnsupportedFormat a
file or body of a kind nobody here reads 415 │ └── AnswerTooLarge the answer to it would be too
large 413 ├── NotFound no such statement, speaker or source 404 ├── DeadlinePassed the work for it
would take too long 503 ├── TooBusy as many as there may be ask for as much already 503 ├── Refused
not allowed 403 │ ├── UnknownHost for a host that is not this service 421 │ ├── ForeignOrigin for
another site, something but reading 403 │ ├── WritingOff to write, where that is switched off 403 │
├── TokenMissing without a token, what wants one 401 │ ├── TokenUnknown with a token that this
service does not know 401 │ ├── TokenTooWeak to write, with a token for reading 403 │ └──
TooManyRequests more often than is answered 429 ├── IndexUnavailable the index cannot serve 503 │
├── IndexMissing that place has none │ ├── IndexCorrupt it is there and cannot be read │ ├──
IndexOutdated it is of another format version │ └── IndexBusy somebody else is writing to it ├──
PermalinksUnavailable checks that were kept cannot be read 503 └── MisconfiguredService a setting or
a declaration file is wrong 500

``status`` and ``title`` are what the API answers; the message says what was
given and what would have been right, on one line. Where it names what is
nobody's business outside, a folder, the API says ``public`` instead.
"""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import islice


class OnRecordError(Exception):
    status: int = HTTPStatus.INTERNAL_SERVER_ERROR
    title: str = "Something went wrong"
    public: str = ""


class InvalidInput(OnRecordError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Invalid input"


NAME_SHOWN = 100
"""Characters of a name that somebody made up: ours have a fifth of it."""

ERRORS_SHOWN = 20
"""Of a request's; whoever has more of them wrong has one thing wrong."""


class InvalidParameter(InvalidInput):
    """``parameter`` names the one that is wrong, cut where it is long; ``detail`` says what is."""

    title = "Invalid parameter"

    def __init__(self, parameter: str, detail: str) -> None:
        if len(parameter) > NAME_SHOWN:
            parameter = parameter[:NAME_SHOWN] + "…"
        super().__init__(f"{parameter}: {detail}")
        self.parameter = parameter
        self.detail = detail


class UnknownParameter(InvalidParameter):
    """``instead`` says which parameter is meant, or which there are.

    >>> str(UnknownParameter("speker", 'did you mean "speaker"?'))
    'unknown parameter "speker"; did you mean "speaker"?'
    """

    def __init__(self, parameter: str, instead: str) -> None:
        super().__init__(parameter, f"unknown parameter; {instead}")
        self.args = (f'unknown parameter "{self.parameter}"; {instead}',)


class InvalidParameters(InvalidInput):
    """``parameters`` has one error for each of the first that are wrong, of ``total``.

    >>> str(InvalidParameters((InvalidParameter(f"x{n}", "?") for n in range(20)), total=22))[-18:]
    'x19: ?; and 2 more'
    """

    title = "Invalid parameter"

    def __init__(self, parameters: Iterable[InvalidParameter], total: int) -> None:
        self.parameters = tuple(islice(parameters, ERRORS_SHOWN))
        self.total = total
        problems = "; ".join(map(str, self.parameters))
        more = total - len(self.parameters)
        super().__init__(f"{problems}; and {more} more" if more else problems)


class UnreadableSource(InvalidInput):
    title = "Unreadable source"


class MissingLibrary(UnreadableSource):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    title = "What reads this format is not installed"


class UnsupportedFormat(InvalidInput):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    title = "Unsupported format"


class AnswerTooLarge(InvalidInput):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "Answer too large"


class NotFound(OnRecordError):
    status = HTTPStatus.NOT_FOUND
    title = "Not found"


class DeadlinePassed(OnRecordError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Took too long"


class TooBusy(OnRecordError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Too many ask for as much at once"


class Refused(OnRecordError):
    status = HTTPStatus.FORBIDDEN
    title = "Not allowed"


class UnknownHost(Refused):
    status = HTTPStatus.MISDIRECTED_REQUEST
    title = "Unknown host"


class ForeignOrigin(Refused):
    title = "Not allowed from another site"


class WritingOff(Refused):
    title = "Writing is switched off"


class TokenMissing(Refused):
    status = HTTPStatus.UNAUTHORIZED
    title = "Token required"


class TokenUnknown(Refused):
    status = HTTPStatus.UNAUTHORIZED
    title = "The token is not known"


class TokenTooWeak(Refused):
    title = "The token is for reading"


class TooManyRequests(Refused):
    """``seconds`` from now on it may be asked again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "This is asked too often"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class IndexUnavailable(OnRecordError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Index unavailable"
    public = "the index is unavailable; the service's log says why"


class IndexMissing(IndexUnavailable):
    title = "No index"
    public = "there is no index; the operator can make one with: onrecord index PATH..."


class IndexCorrupt(IndexUnavailable):
    title = "Index damaged"
    public = (
        "the index is damaged; the operator can find out where with onrecord "
        "check-index and must index again into a new folder"
    )


class IndexOutdated(IndexUnavailable):
    title = "Index outdated"
    public = "the index has another format version; the operator must rebuild it"


class IndexBusy(IndexUnavailable):
    title = "Index busy"
    public = "another process is writing to the index; try again later"


class PermalinksUnavailable(OnRecordError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Kept checks cannot be used"
    public = "what was kept cannot be read now; the log of the service says why"


class MisconfiguredService(OnRecordError):
    title = "Service misconfigured"
    public = "the service is misconfigured; its log says how"
