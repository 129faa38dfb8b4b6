"""Values: the types of single query parameters and body keys.

Every error message repeats the value and says what would be right. Which parameters there are is in
parameters.py.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from marshmallow import ValidationError, fields, missing

from service.api.answered.problems import did_you_mean
from service.api.context.limits import NAME_MAXIMUM
from service.domain import FileFormat, PartialDate
from service.rendering.fields import described

SHOWN_MAXIMUM = 60
"""Characters of a wrong value that a message repeats."""

T = TypeVar("T")


def shown(value: object) -> str:
    """A wrong value for a message: quoted, and shortened if long."""
    text = str(value)
    return repr(text if len(text) <= SHOWN_MAXIMUM else text[:SHOWN_MAXIMUM] + "…")


def choose(value: object, choices: Mapping[str, T]) -> T:
    """The choice named ``value``. Raises ValidationError that suggests the nearest one."""
    if not isinstance(value, str) or value not in choices:
        known = list(choices)
        raise ValidationError(
            f"{shown(value)} is not one of {', '.join(known)}{did_you_mean(str(value), known)}"
        )
    return choices[value]


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A body that is not text, which JSON cannot contain."""

    content: bytes
    written: FileFormat


class Words(fields.Field[str]):
    """Text of at most ``maximum`` characters that matches ``pattern``; ``wanted`` describes it."""

    def __init__(
        self,
        description: str,
        example: str | None = None,
        maximum: int | None = NAME_MAXIMUM,
        pattern: str = r"\S",
        wanted: str = "text with words in it",
        **options: Any,
    ):
        super().__init__(
            error_messages={"required": "missing; required"},
            metadata=described(
                description,
                example,
                type="string",
                minLength=1,
                **({} if maximum is None else {"maxLength": maximum}),
                pattern=pattern,
            ),
            **options,
        )
        self.maximum, self.pattern, self.wanted = maximum, re.compile(pattern), wanted

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("not a string")
        if not value.strip():
            raise ValidationError("empty; give a value or omit it")
        if self.maximum is not None and len(value) > self.maximum:
            raise ValidationError(f"{len(value)} characters; the limit is {self.maximum}")
        if not self.pattern.search(value):
            raise ValidationError(f"{shown(value)} is not {self.wanted}")
        return value


class TextOrFile(Words):
    """Text, or a file instead."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if isinstance(value, PostedFile):
            return value
        return super()._deserialize(value, attr, data, **more)


class Choice(fields.Field[StrEnum]):
    """One value of a closed set."""

    def __init__(self, choices: Iterable[StrEnum], description: str, **options: Any):
        self.choices = {choice.value: choice for choice in choices}
        super().__init__(
            metadata=described(description, type="string", enum=list(self.choices)), **options
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> StrEnum:
        return choose(value, self.choices)


class Asked(fields.Field[bool | None]):
    """Whether a quality is asked for: true, false, or `any`, which becomes None."""

    answers: ClassVar[Mapping[str, bool | None]] = {"false": False, "true": True, "any": None}

    def __init__(self, description: str, **options: Any):
        super().__init__(
            metadata=described(
                description, type="string", enum=list(self.answers), default="false"
            ),
            **options,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> bool | None:
        return choose(value, self.answers)


class Choices(fields.Field[tuple[StrEnum, ...]]):
    """Several values of a closed set, separated by commas."""

    def __init__(self, choices: type[StrEnum], description: str, example: str, **options: Any):
        self.choices = {choice.value: choice for choice in choices}
        one = "|".join(self.choices)
        super().__init__(
            metadata=described(
                description, example, type="string", pattern=f"^({one})(,({one}))*$"
            ),
            **options,
        )

    def _deserialize(
        self, value: Any, attr: str | None, data: Any, **_: Any
    ) -> tuple[StrEnum, ...]:
        return tuple(dict.fromkeys(choose(one, self.choices) for one in value.split(",")))


class Number(fields.Field[int]):
    """A whole number in decimal digits."""

    def __init__(
        self,
        description: str,
        default: int | None,
        maximum: int,
        minimum: int = 1,
        **options: Any,
    ):
        defaults = {} if default is None else {"default": default}
        bounds = {"minimum": minimum, "maximum": maximum}
        super().__init__(
            load_default=missing if default is None else default,
            metadata=described(description, type="integer", **bounds, **defaults),
            **options,
        )
        self.minimum, self.maximum = minimum, maximum

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        whole = re.fullmatch(r"[0-9]{1,9}", value)
        if not whole or not self.minimum <= int(value) <= self.maximum:
            raise ValidationError(
                f"{shown(value)} is not a whole number from {self.minimum} to {self.maximum}"
            )
        return int(value)


class Share(fields.Field[float]):
    """A number from 0 to 1, in decimals."""

    def __init__(self, description: str, example: float, **options: Any):
        kind = {"type": "number", "minimum": 0, "maximum": 1}
        super().__init__(metadata=described(description, example, **kind), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> float:
        if not re.fullmatch(r"[0-9]{0,2}\.?[0-9]{1,9}", value) or not 0 <= float(value) <= 1:
            raise ValidationError(f"{shown(value)} is not a number from 0 to 1, such as 0.8")
        return float(value)


_WHOLE_DATE = {"type": "string", "format": "date"}
_MONTH = {"type": "string", "pattern": "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"}
_YEAR = {"type": "string", "pattern": "^[1-9][0-9]{3}$"}
_DAY_WITHOUT_YEAR = {
    "type": "string",
    "pattern": "^--(02-(0[1-9]|[12][0-9])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))$",
}


PUBLISHED = (_WHOLE_DATE, _MONTH, _YEAR, _DAY_WITHOUT_YEAR)


class Day(fields.Field[date]):
    """A day; of a year or month the first day, with ``last`` the last one."""

    def __init__(self, description: str, example: str, last: bool = False, **options: Any):
        kinds = [_WHOLE_DATE, _MONTH, _YEAR]
        super().__init__(metadata=described(description, example, anyOf=kinds), **options)
        self.last = last

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> date:
        wanted = "2022-02-03, 2022-02 or 2022"
        day = _parse(value, wanted)
        if day.year is None or day.earliest is None:
            raise _no_date(value, wanted)
        return latest_day(day.year, day.month, day.day) if self.last else day.earliest


class Published(fields.Field[str]):
    """A date, as precisely as known."""

    def __init__(self, description: str, example: str):
        super().__init__(metadata=described(description, example, anyOf=list(PUBLISHED)))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        return str(_parse(value, "2022-02-03, 2022-02, 2022 or --02-03"))


def _parse(value: object, wanted: str) -> PartialDate:
    try:
        return PartialDate.parse(str(value))
    except ValueError as error:
        raise _no_date(value, wanted) from error


def _no_date(value: object, wanted: str) -> ValidationError:
    return ValidationError(f"{shown(value)} is not a date; expected {wanted}")


def latest_day(year: int, month: int | None, day: int | None) -> date:
    """The last day that a date can mean.

    >>> latest_day(2024, 2, None)
    datetime.date(2024, 2, 29)
    """
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])
