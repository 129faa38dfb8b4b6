"""By rule: resolves a mention by its own words and by who has spoken before.

The kind of mention decides which module answers: pronouns.py, descriptions.py, groups.py,
documents.py or organisations.py. Whether the ranker overrides the answer, and how sure it is, is
decided in resolving.py.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people, places
from service.extraction.page.words import Words
from service.extraction.speakers import pronouns
from service.extraction.speakers.appositions import (
    apposition,
    described,
    name_at_end,
    names_himself,
    one_of_them,
)
from service.extraction.speakers.businesses import business_before
from service.extraction.speakers.campaigns import campaigns
from service.extraction.speakers.descriptions import (
    alone_before,
    compatriot,
    describe,
    nameless_again,
    parent,
)
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.document_names import kind_of, of_document, work
from service.extraction.speakers.documents import CLEAR, document, document_before
from service.extraction.speakers.fitting_bodies import headed_so
from service.extraction.speakers.groups import (
    COUNTRY_NOUNS,
    PERSON_NOUNS,
    ROW,
    family,
    family_of,
    make_group,
    spoken_again,
)
from service.extraction.speakers.lone_names import (
    by_initials,
    by_surname,
    by_title,
    is_plural_form,
    lone_name,
)
from service.extraction.speakers.mentions import Mention, is_plural_office
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import BODIES, INSTITUTIONS, PANELS, SOLE
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.organisations import each_of, organisation, two_bodies
from service.extraction.speakers.pairs import several
from service.extraction.speakers.papers import Papers
from service.extraction.speakers.relatives import relative
from service.extraction.speakers.roles import by_role
from service.extraction.speakers.rows import listed_before, named_together, persons_together

_COUNTED_LETTERS = re.compile(r"(?:(?!(?:of|for) )\S+ )*[A-Z]{2,4}s")
"""Abbreviated plurals: "MPs", "DJs", and those of a party: "Labour MPs"."""
_OF_LETTERS = re.compile(r" \([A-Z]{2,6}\) ([a-z]{4,}|[A-Z]{2,4}s)\b")
"""Whose people are meant: "the Air Line Pilots Association (ALPA) pilots"."""
_OTHERS = re.compile(
    r" and (?:(?:several |many |some )?others? ?\w*|(?:his|her|its) (?:[\w-]+ ){0,2}\w+(?<!s)s\b)"
)
_WITH_PRONOUN = re.compile(r"(?:he|she) and (?!(?:\w+ )?others?\b)", re.IGNORECASE)
_QUESTION = re.compile(r"^\W*Q\b", re.MULTILINE)
_BESIDE_UNNAMED = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[a-z-]+ ){1,3}and the [A-Z]")
_YEAR_OLD = re.compile(r"\d{1,3}-year-old")
_UNIDENTIFIED = re.compile(
    r"un(?:identified|known) \w+(?: \w+)?|(?:speaker|voice|participant|witness) (?:\d{1,2}|[A-Z])"
    r"|(?-i:THE (?:COURT|DEFENDANT|WITNESS|CLERK|BAILIFF|INTERPRETER|REPORTER|FOREPERSON))",
    re.IGNORECASE,
)
"""Labels of unnamed speakers in transcripts: "UNIDENTIFIED MALE", "Speaker 2", and the judge's."""


class ByRule:
    """Answers mentions by rule. They must be asked in the article's order: each uses those
    before.
    """

    def __init__(self, discourse: Discourse, words: Words) -> None:
        self._discourse = discourse
        self._papers = Papers(discourse, words)

    def answer(self, mention: Mention, bare: str, content: Sequence[Span]) -> Answer | None:
        start = mention.span.start
        if mention.text == "A":
            return self._interviewed()
        if _UNIDENTIFIED.fullmatch(mention.text):
            return None
        if bare in pronouns.SINGULAR:
            return pronouns.singular(self._discourse, start, pronouns.SINGULAR[bare], content)
        if bare in pronouns.PLURAL:
            return pronouns.plural(self._discourse, start)
        if bare in pronouns.NEUTER:
            written = document_before(self._discourse, self._papers, start, content)
            return written or pronouns.neuter(self._discourse, start, content)
        if bare in pronouns.RELATIVE:
            return relative(self._discourse, start, bare)
        if _WITH_PRONOUN.match(mention.text) and any(p.figure for p in mention.head):
            return self._with_pronoun(mention)
        named = by_initials(self._discourse, mention) or name_at_end(mention)
        named = named or by_title(self._discourse, mention) or by_surname(self._discourse, mention)
        if named is not None:
            return Answer(named, 0.93, named.name)
        return self._together(mention) or self._headed(mention)

    @named_rule("he-and-another", None)
    def _with_pronoun(self, mention: Mention) -> Answer | None:
        """Answers "she and Tom Roe" with both; None if it is not known who she is."""
        start, first = mention.span.start, mention.text.split(maxsplit=1)[0].lower()
        meant = pronouns.singular(self._discourse, start, pronouns.SINGULAR[first])
        if meant is None:
            return None
        named = [p.figure for p in mention.head if p.figure and not p.possessive]
        named = list(filter(is_person, named)) or named
        return Answer(make_group((meant.figure, *named)), ROW)

    def _together(self, mention: Mention) -> Answer | None:
        """Answers with a group named in a row or heard together before, or None."""
        text = self._discourse.text
        members = persons_together(mention, text) or named_together(mention, text)
        if members:
            return Answer(make_group((*listed_before(self._discourse, mention), *members)), 0.9)
        return (
            family(self._discourse, mention)
            or spoken_again(self._discourse, mention)
            or _and_others(mention)
        )

    def _headed(self, mention: Mention) -> Answer | None:
        if is_plural_office(mention) or self._people_of_a_body(mention):
            return None
        beside = (
            work(self._discourse, mention)
            or one_of_them(mention)
            or names_himself(self._discourse, mention)
            or described(self._discourse, mention)
            or campaigns(self._discourse, mention)
        )
        if beside is not None:
            return beside
        if kind_of(of_document(self._discourse, mention)):
            return self._written(mention)
        if mention.named is not None and not _any_of_its_kind(mention):
            # "the Rusks", of whom one is named; "the union and the Met"
            several = family_of(self._discourse, mention) or _BESIDE_UNNAMED.match(mention.text)
            return None if several else Answer(mention.named, 0.95)
        return self._unnamed(mention)

    @named_rule("people-of-a-body", False)
    def _people_of_a_body(self, mention: Mention) -> bool:
        """Whether people of a body are meant: "Labour MPs", "Labour (LAB) councillors"."""
        if not mention.head:
            return False
        last, text = mention.head[-1], self._discourse.text
        if _COUNTED_LETTERS.fullmatch(last.text):
            return True
        theirs = _OF_LETTERS.match(text, last.end, mention.span.end)
        noun = theirs.group(1) if theirs is not None else ""
        return noun.endswith("s") or noun in people().roles

    def _written(self, mention: Mention) -> Answer | None:
        """Answers a mention whose head is a kind of document; a paper or a website may also be a
        body.
        """
        if mention.noun in people().organisations_also:
            body = organisation(self._discourse, mention)
            if body is not None:
                return body
        personal = mention.noun in people().personal_documents
        again = self._same_noun(mention) if personal else None
        if again is not None and again.figure.kind is NameKind.DOCUMENT:
            written = document(self._discourse, self._papers, mention)
            same = written is not None and written.figure.name == again.figure.name
            return written if same else replace(again, confidence=CLEAR)
        return again or document(self._discourse, self._papers, mention)

    def _unnamed(self, mention: Mention) -> Answer | None:
        """Answers a mention whose head is a common noun."""
        noun = mention.noun
        lexicon = people()
        nouns = two_bodies(mention)
        if nouns:
            return each_of(self._discourse, nouns)
        beside = apposition(mention)
        if beside is not None:
            return None if is_plural_form(noun) else Answer(beside, 0.9, beside.name)
        again = business_before(self._discourse, mention) or self._said_before(mention)
        if again is not None:
            return again
        if nameless_again(self._discourse, mention):
            return None
        if noun in places().nationalities or noun in places().demonyms:
            return compatriot(self._discourse, mention)
        if noun in COUNTRY_NOUNS or noun in PERSON_NOUNS:
            return several(self._discourse, mention) if _counted(mention) else None
        role = lexicon.short_roles.get(noun, noun)
        aged = _by_age(self._discourse, mention) or parent(self._discourse, mention)
        if aged is not None:
            return aged
        if role in lexicon.roles and noun not in ("party", "side"):
            described = describe(self._discourse, mention)
            body = noun in lexicon.organisations_also  # for example "the brewer"
            return described or (organisation(self._discourse, mention) if body else None)
        kinds = (lexicon.organisations_also, BODIES, INSTITUTIONS, PANELS, {"side"})
        bodily = noun in lexicon.organisation_heads or any(noun in words for words in kinds)
        found = (organisation if bodily else lone_name)(self._discourse, mention)
        return found or headed_so(self._discourse, mention)

    @named_rule("interviewed", None)
    def _interviewed(self) -> Answer | None:
        """Answers "A: ..." in an interview with the person named most often before the first
        question; people named only in questions and answers are others.
        """
        asked = _QUESTION.search(self._discourse.text)
        begin = 0 if asked is None else asked.start()
        persons = filter(is_person, self._discourse.cast.figures)
        people_named = [one for one in persons if any(n.span.start < begin for n in one.names)]
        most = max(people_named, key=lambda figure: len(figure.names), default=None)
        return None if most is None else Answer(most, 0.6, most.name)

    @named_rule("said-before", None)
    def _said_before(self, mention: Mention) -> Answer | None:
        """Answers "the ad" with the ad that was quoted a few sentences before."""
        if mention.noun in people().roles:
            return None
        return self._same_noun(mention)

    @named_rule("same-noun", None)
    def _same_noun(self, mention: Mention) -> Answer | None:
        """Answers "the ad" with the latest speaker mentioned by the same noun."""
        if mention.determiner not in ("the", "that", "this") or len(mention.head) != 1:
            return None
        for turn in self._discourse.recent_turns(mention.span.start, 8):
            if turn.noun == mention.noun and turn.figure and not turn.figure.members:
                start = self._discourse.paragraph_start(mention.span.start)
                sure = SOLE if turn is self._discourse.turns[-1] and turn.position >= start else 0.8
                return Answer(turn.figure, sure, turn.figure.name)
        return None


@named_rule("and-others", None)
def _and_others(mention: Mention) -> Answer | None:
    """Answers with the first one named: "Jane Doe and several others", "Jane Doe and her aides"."""
    if mention.named is not None or not _OTHERS.search(mention.text):
        return None
    first = mention.head[0]
    return Answer(first.figure, 0.6) if first.figure and not first.possessive else None


@named_rule("by-age", None)
def _by_age(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the 34-year-old" or "the 34-year-old nurse" with the person said to be of that age,
    or else the only person recently mentioned for whom the article gives no other age or role.
    """
    said = next((p.lower for p in mention.head if _YEAR_OLD.fullmatch(p.lower)), "")
    if not said or mention.indefinite:
        return None
    age, noun = said.partition("-")[0], "" if mention.noun == said else mention.noun
    aged = by_role(discourse, mention)
    figure = alone_before(discourse, mention.span.start, noun)
    nameless = re.compile(rf"\b{age}\b").search(
        discourse.text, discourse.sentences_from(0, 0), mention.span.start
    )
    other = figure is not None and noun and noun not in figure.roles and figure.roles
    if figure is None or other or figure.age not in ("", age) or (nameless and not aged):
        return aged
    return Answer(figure, 0.7, figure.name)


@named_rule("any-of-its-kind", False)
def _any_of_its_kind(mention: Mention) -> bool:
    """Whether the mention is any member of an abbreviated kind: "a super PAC", "an MP"."""
    last = mention.head[-1]
    lower_case = len(mention.head) > 1 and mention.head[-2].text[0].islower()
    return mention.indefinite and last.text.isupper() and lower_case


def _counted(mention: Mention) -> bool:
    words = {mention.determiner, *(piece.lower for piece in mention.modifiers)}
    both = bool(words & {"two", "both"})
    return both or (mention.noun in ("sides", "parties") and not words - {"the", ""})
