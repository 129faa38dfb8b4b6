"""Wording: the labels of JSON values on pages."""

from collections.abc import Mapping

FORMS: Mapping[str, str] = {
    "direct": "Quotation",
    "mixed": "Partly quoted",
    "indirect": "Reported speech",
}

FORMS_EXPLAINED: Mapping[str, str] = {
    "direct": "All of it is in quotation marks: the words are the speaker's own.",
    "mixed": "The reporter's words with some quoted: only those in quotation marks are the "
    "speaker's own.",
    "indirect": "The reporter's words. Never print them as a quotation.",
}

ACTS: Mapping[str, str] = {
    "speech": "Said, written, or shown by a text or figures",
    "attitude": "What somebody thinks, wants, plans or supports; not said",
}

SOURCE_TYPES: Mapping[str, str] = {
    "named_person": "A named person",
    "named_organisation": "A named organisation",
    "document": "A document",
    "unnamed_person": "An unnamed person",
    "unnamed_group": "An unnamed group",
}

KINDS: Mapping[str, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "document": "Document",
    "group": "Group",
}

FACETS: Mapping[str, str] = {
    "speaker": "Speaker",
    "publisher": "Publisher",
    "form": "Form",
    "act": "Act",
    "language": "Language",
    "year": "Year",
    "month": "Month",
    "source_type": "Kind of source",
}

FILTERS: Mapping[str, str] = {
    "speaker": "Speaker",
    "form": "Form",
    "act": "Act",
    "denied": "Denied",
    "publisher": "Publisher",
    "source": "Source",
    "from": "From",
    "to": "To",
    "language": "Language",
    "source_type": "Kind of source",
    "min_confidence": "Speaker confidence",
}
"""The parameters that filter a list."""


def value_of(facet: str, value: str) -> str:
    """The label of a facet's value.

    >>> value_of("form", "mixed"), value_of("publisher", "TASS"), value_of("year", "unknown")
    ('Partly quoted', 'TASS', 'Not known')
    """
    if value == "unknown":
        return "Not known"
    named = {"form": FORMS, "source_type": SOURCE_TYPES}.get(facet, {})
    return named.get(value, value)
