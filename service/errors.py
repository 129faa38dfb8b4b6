"""Everything that can go wrong, as one tree, with the HTTP status of each.

    OnRecordError                    500
    ├── InvalidInput                 422  the input cannot be used
    │   ├── InvalidParameter         422  one parameter; names it and says what fits
    │   │   └── UnknownParameter     422  there is no such parameter
    │   ├── InvalidParameters        422  several parameters
    │   ├── UnreadableSource         422  a file or body cannot be read
    │   │   └── UnreadableNow        422  for a reason outside the file, such as the disk or time
    │   │       └── MissingLibrary   415  the library that reads the format is not installed
    │   ├── UnsupportedFormat        415  the service does not read this kind of file or body
    │   └── AnswerTooLarge           413  the answer would be too large
    ├── NotFound                     404  no such statement, speaker or source
    ├── DeadlinePassed               503  the work would take too long
    ├── TooBusy                      503  too many requests of this kind are in progress
    ├── Refused                      403  not allowed
    │   ├── UnknownHost              421  the host is not a name of this service
    │   ├── ForeignOrigin            403  a write sent by a page of another site
    │   ├── WritingOff               403  writing is switched off
    │   ├── TokenMissing             401  the call needs a token
    │   ├── TokenUnknown             401  the service does not know the token
    │   ├── TokenTooWeak             403  a write with a token for reading
    │   └── TooManyRequests          429  over the rate limit
    ├── IndexUnavailable             503  the index cannot serve
    │   ├── IndexMissing             503  there is none at this place
    │   ├── IndexCorrupt             503  it is there but cannot be read
    │   ├── IndexOutdated            503  it has another format version
    │   └── IndexBusy                503  another process is writing to it
    ├── PermalinksUnavailable        503  stored checks cannot be read
    └── MisconfiguredService         500  a setting or a declaration file is wrong

``status`` and ``title`` are class attributes that the API answers with. The message, one line, says
what was given and what would have been right; where it names something internal, such as a folder,
the API sends ``public`` instead.
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
"""Characters shown of a made-up name: the service's own have a fifth of it."""

ERRORS_SHOWN = 20
"""Errors listed per request; a request with more usually has one systematic mistake."""


class InvalidParameter(InvalidInput):
    """``parameter`` names the wrong one, shortened if long; ``detail`` says what is wrong with
    it."""

    title = "Invalid parameter"

    def __init__(self, parameter: str, detail: str) -> None:
        if len(parameter) > NAME_SHOWN:
            parameter = parameter[:NAME_SHOWN] + "…"
        super().__init__(f"{parameter}: {detail}")
        self.parameter = parameter
        self.detail = detail


class UnknownParameter(InvalidParameter):
    """``instead`` names the parameter that was probably meant, or lists those that exist.

    >>> str(UnknownParameter("speker", 'did you mean "speaker"?'))
    'unknown parameter "speker"; did you mean "speaker"?'
    """

    def __init__(self, parameter: str, instead: str) -> None:
        super().__init__(parameter, f"unknown parameter; {instead}")
        self.args = (f'unknown parameter "{self.parameter}"; {instead}',)


class InvalidParameters(InvalidInput):
    """``parameters`` holds one error for each of the first wrong ones, out of ``total``.

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


class UnreadableNow(UnreadableSource):
    """The system, memory or time ran out: the same file may be readable next time."""


class MissingLibrary(UnreadableNow):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    title = "The library that reads this format is not installed"


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
    title = "Too many requests of this kind at once"


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
    title = "Unknown token"


class TokenTooWeak(Refused):
    title = "The token is for reading only"


class TooManyRequests(Refused):
    """Over the rate limit; the client may ask again in ``seconds``."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "Too many requests"

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
        "the index is damaged; the operator can locate the damage with onrecord "
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
    title = "Stored checks cannot be read"
    public = "stored checks cannot be read now; the service's log says why"


class MisconfiguredService(OnRecordError):
    title = "Service misconfigured"
    public = "the service is misconfigured; its log says how"
