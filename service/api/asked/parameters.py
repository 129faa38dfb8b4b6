"""Parameters: what query strings and bodies may contain, and the domain queries they become.

Types of single values are in values.py; unknown and repeated parameters are detected in parsing.py.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, missing, post_load, validates_schema
from marshmallow.fields import Field

from service.api.asked.parsing import Body
from service.api.asked.values import (
    Asked,
    Choice,
    Choices,
    Day,
    Number,
    Published,
    Share,
    TextOrFile,
    Words,
)
from service.api.context.limits import (
    ADDRESS_MAXIMUM,
    CURSOR_MAXIMUM,
    DRAFT_MAXIMUM,
    LIMIT_DEFAULT,
    LIMIT_MAXIMUM,
    QUOTE_MAXIMUM,
    SUGGESTIONS_DEFAULT,
    TEXT_MAXIMUM,
    WORDS_MAXIMUM,
)
from service.domain import (
    CLAIM_FORMS,
    QUOTATION_FORMS,
    DraftFormat,
    Facet,
    FileFormat,
    Form,
    Query,
    Sort,
    SourceType,
    WantedAct,
)


def _limit(default: int = LIMIT_DEFAULT) -> Number:
    return Number(f"Items per page: 1 to {LIMIT_MAXIMUM}", default, LIMIT_MAXIMUM)


def _cursor() -> Words:
    return Words(
        "Continues a list; take it from `next` of the previous page", maximum=CURSOR_MAXIMUM
    )


def _words(**options: Any) -> Words:
    return Words(
        'Words to find, all of them: `"an exact phrase"`, `-without`, `this OR that`',
        '"Russian-Chinese relations"',
        WORDS_MAXIMUM,
        attribute="words",
        **options,
    )


def _denied() -> Asked:
    return Asked(
        'Words that the source says were never uttered ("she denied saying ..."): '
        "excluded by default; `true`: only these; `any`: these too"
    )


class StatementParameters(Schema):
    """Parameters of a list of statements."""

    forms: ClassVar[frozenset[Form]] = QUOTATION_FORMS | CLAIM_FORMS

    speaker = Words(
        (
            "Id or name of the speaker, the name in full or in part; if it matches several, all "
            "of them, listed in `speakers` of the answer"
        ),
        "Putin",
    )
    q = _words()
    form = Choice(Form, "Only statements of this form")
    act = Choice(
        WantedAct,
        (
            "What statements report: `speech` (default); `attitude`: what somebody thinks, "
            "wants, plans, supports or refuses; or `any`"
        ),
        load_default=WantedAct.SPEECH,
    )
    denied = _denied()
    publisher = Words("Name of the publisher", "TASS")
    source = Words("Id of the source")
    published_from = Day(
        "Published on or after this day: 2022-02-03, 2022-02 or 2022", "2022-02-01", data_key="from"
    )
    published_to = Day(
        "Published on or before this day: 2022-02-03, 2022-02 or 2022",
        "2024",
        last=True,
        data_key="to",
    )
    language = Words("BCP 47 code of the source's language", "en")
    source_type = Choice(SourceType, "Only statements of sources of this kind")
    min_confidence = Share(
        (
            "Only statements with at least this `speaker_confidence`; it is 0 if the speaker is "
            "unknown"
        ),
        0.8,
    )
    sort = Choice(
        Sort,
        (
            "`-date`: newest first; `date`: oldest first; `relevance`: best first, the default "
            "with `q`, which it requires"
        ),
    )
    facet = Choices(
        Facet,
        (
            "What to count over all pages: any of `speaker`, `publisher`, `form`, `act`, "
            "`language`, `year`, `month`, `source_type`, separated by commas; missing "
            "values count as `unknown`"
        ),
        "publisher,form",
        attribute="facets",
    )
    limit = _limit()
    cursor = _cursor()

    @validates_schema
    def check_period(self, parameters: dict[str, Any], **_: Any) -> None:
        first, last = parameters.get("published_from"), parameters.get("published_to")
        if first and last and first > last:
            raise ValidationError(f"{first} is later than to, {last}; swap them", "from")

    @validates_schema
    def check_sort(self, parameters: dict[str, Any], **_: Any) -> None:
        if parameters.get("sort") is Sort.RELEVANCE and "words" not in parameters:
            raise ValidationError("'relevance' needs q; without one use -date or date", "sort")

    def read(self, parameters: Mapping[str, str]) -> Query | None:
        """The query that ``load`` would make of these parameters, in a fifth of the time.

        None if anything is wrong or missing; ``load`` then says what.
        """
        read = dict(self._defaults)
        try:
            for name, value in parameters.items():
                attribute, field = self._taken[name]
                # deserialize() calls validators and hooks; these fields have none
                read[attribute] = field._deserialize(value, name, parameters)
            self.check_period(read)
            self.check_sort(read)
        except (KeyError, ValidationError):
            return None
        return self.ask(read) if read.keys() >= self._required else None

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all accepted parameters."""
        return frozenset(self._taken)

    @cached_property
    def _taken(self) -> dict[str, tuple[str, Field[Any]]]:
        """By parameter name: the attribute it sets, and its field."""
        return {
            field.data_key or name: (field.attribute or name, field)
            for name, field in self.load_fields.items()
        }

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return {
            attribute: field.load_default
            for attribute, field in self._taken.values()
            if field.load_default is not missing
        }

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(name for name, field in self._taken.values() if field.required)

    @post_load
    def ask(self, parameters: dict[str, Any], **_: Any) -> Query:
        form = parameters.pop("form", None)
        acts = parameters.pop("act").acts
        return Query(forms=frozenset({form}) if form else self.forms, acts=acts, **parameters)


class SearchParameters(StatementParameters):
    q = _words(required=True)


class QuoteParameters(StatementParameters):
    forms = QUOTATION_FORMS
    form = Choice([Form.DIRECT, Form.MIXED], "Only quotations of this form")


class ClaimParameters(StatementParameters):
    forms = CLAIM_FORMS

    class Meta:
        exclude = ("form",)


class SpeakerQuoteParameters(QuoteParameters):
    class Meta:
        exclude = ("speaker",)


class SpeakerClaimParameters(ClaimParameters):
    class Meta:
        exclude = ("form", "speaker")


class SourceQuoteParameters(QuoteParameters):
    class Meta:
        exclude = ("source", "publisher", "language", "published_from", "published_to")


class SpeakersParameters(Schema):
    """Parameters of the list of speakers."""

    q = Words("Name, in full or in part", "Putin", data_key="q", attribute="name")
    limit = _limit()
    cursor = _cursor()


class SourcesParameters(Schema):
    """Parameters of the list of sources."""

    publisher = Words("Name of the publisher", "TASS")
    limit = _limit()
    cursor = _cursor()


def exported(parameters: type[Schema]) -> type[Schema]:
    """The parameters of the same list when exported complete: only a feed has pages."""
    excluded = getattr(parameters.Meta, "exclude", ())
    facet = {"facet"} & parameters._declared_fields.keys()
    known = {
        "Meta": type("Meta", (), {"exclude": (*excluded, *facet)}),
        "limit": Number(
            f"Only for `.atom`: the maximum of entries per page of the feed, 1 to "
            f"{LIMIT_MAXIMUM}; without it the feed is complete",
            None,
            LIMIT_MAXIMUM,
        ),
        "cursor": Words(
            "Only for `.atom`: continues a feed in pages; take it from the feed's `next` link",
            maximum=CURSOR_MAXIMUM,
        ),
    }
    return type(f"Exported{parameters.__name__}", (parameters,), known)


class SourcePageParameters(Schema):
    """Which part of a long text a page shows; `/sources/{id}/text` is always complete."""

    start = Number(
        "Offset in the text at which the part begins", 0, TEXT_MAXIMUM, 0, data_key="from"
    )
    statement = Words("Id of a statement that the part must contain")


class ClusterParameters(Schema):
    """Parameters of a cluster, whose mentions are a list."""

    limit = _limit()
    cursor = _cursor()


class SuggestParameters(Schema):
    """Parameters of suggestions."""

    q = Words("The beginning of a name or word", "Put", required=True, attribute="start")
    limit = _limit(SUGGESTIONS_DEFAULT)


class ExtractionParameters(Schema):
    """Which statements of a text to return."""

    denied = _denied()


_URL: dict[str, Any] = {
    "maximum": ADDRESS_MAXIMUM,
    "pattern": r"^https?://[\w.-]+(:[0-9]{1,5})?([/?#]\S*)?$",
    "wanted": "a full URL starting with https:// or http://",
}
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$"
SOURCE_ID = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$"

_LANGUAGE: dict[str, Any] = {
    "pattern": LANGUAGE,
    "wanted": "a language tag such as en",
}


class DeclarationParameters(Schema):
    """Metadata that applies to all submitted texts."""

    id = Words(
        "Id of the source; by default derived from its `url`, or from its text",
        "a-1",
        100,
        pattern=SOURCE_ID,
        wanted="an id of letters, digits and . _ ~ -",
    )
    title = Words("Headline")
    publisher = Words("Who published it", "TASS")
    published = Published("When it was published, as precisely as known", "2022-02-03")
    authors = Words("Who wrote it; for several authors send JSON", "Jane Doe")
    url = Words("Where it was published", "https://example.org/article", **_URL)
    language = Words("BCP 47 code", "en", **_LANGUAGE)


class TextBody(Body):
    """A text, and what is known about it."""

    text_types: ClassVar[Mapping[str, Mapping[str, str]]] = {"text/plain": {}}

    text = Words("The full text", maximum=None, required=True)
    title = Words("Headline")
    publisher = Words("Who published it", "TASS")
    published = Published("When it was published, as precisely as known", "2022-02-03")
    url = Words("Where it was published", "https://example.org/article", **_URL)
    language = Words("BCP 47 code", "en", **_LANGUAGE)


def _claimed_words(maximum: int) -> Words:
    return Words(
        "The words allegedly said; `...` marks omitted words",
        "a new era of cooperation",
        maximum,
        required=True,
    )


def _claimed_speaker() -> Words:
    return Words("Who allegedly said it: an id, or a name in full or in part", "Putin")


class VerifyParameters(Schema):
    """A claimed quotation, as a query string."""

    quote = _claimed_words(WORDS_MAXIMUM)
    speaker = _claimed_speaker()


class VerifyBody(Body):
    """A claimed quotation and its alleged speaker."""

    quote = _claimed_words(QUOTE_MAXIMUM)
    speaker = _claimed_speaker()


class WithdrawalParameters(Schema):
    """Proof that the caller may withdraw a check."""

    key = Words("The `key` that was returned with the check", required=True)


class DraftBody(Body):
    """A draft and its format."""

    text_types: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "text/plain": {"format": DraftFormat.TEXT},
        "text/html": {"format": DraftFormat.HTML},
        "text/markdown": {"format": DraftFormat.MARKDOWN},
    }
    files: ClassVar[Mapping[str, FileFormat]] = {
        "application/pdf": FileFormat.PDF,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileFormat.DOCX,
        "message/rfc822": FileFormat.EML,
    }
    maximum = DRAFT_MAXIMUM

    text = TextOrFile("The full draft", maximum=None, required=True, attribute="document")
    format = Choice(
        DraftFormat,
        "Its format; `text` by default",
        attribute="written",
        load_default=DraftFormat.TEXT,
    )
