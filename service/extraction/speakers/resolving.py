"""Resolving: whom each proposal's mention means, in the words of the article.

Goes through the mentions in reading order, so that each one knows who spoke before. The modules
beside this one know names (cast.py), descriptions, pronouns, groups, documents and organisations.
Which words are a mention is decided by the taggers.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from service.deadline import in_time
from service.domain import Candidate, Extractor, KnownSpeaker, SourceType, Span, Speaker
from service.extraction.lexicon.people import people, places
from service.extraction.page.layout import Article
from service.extraction.page.words import Words, read_words
from service.extraction.proposal import Proposal
from service.extraction.speakers import pronouns
from service.extraction.speakers.appositions import apposition, described, one_of_them
from service.extraction.speakers.cast import gather_cast
from service.extraction.speakers.certainty import (
    Asked,
    Estimate,
    candidates_of,
    is_sure_enough,
    open_certainty,
)
from service.extraction.speakers.descriptions import (
    alone_before,
    by_role,
    compatriot,
    describe,
    latest_speaker,
    parent,
)
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.document_names import kind_of, of_document
from service.extraction.speakers.documents import CLEAR, Papers, document
from service.extraction.speakers.echoes import find_echoes
from service.extraction.speakers.endings import name_at_end
from service.extraction.speakers.figures import Figure, gender_after
from service.extraction.speakers.groups import (
    COUNTRY_NOUNS,
    PERSON_NOUNS,
    find_pairs,
    make_group,
    named_together,
    persons_together,
    several,
    spoken_again,
)
from service.extraction.speakers.introductions import introduction_in, introduction_of
from service.extraction.speakers.labels import is_kicker, is_label, is_titled
from service.extraction.speakers.mentions import Mention, Piece, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.organisations import (
    BODIES,
    INSTITUTIONS,
    PANELS,
    campaigns,
    organisation,
)
from service.extraction.speakers.ranker import Chance, likeliest
from service.extraction.speakers.signs import Choice, asks_for_person, choice_of, may_be_person
from service.extraction.speakers.source_types import type_of_mention, type_of_speaker
from service.extraction.speakers.staff import represented
from service.extraction.speakers.works import work
from service.names.folding import name_key

Weigh = Callable[[Choice], Sequence[Chance] | None]
"""None: what it would decide by is not there."""


class Resolution(Struct, frozen=True, gc=False):
    """``via`` leads from the mention over its antecedent to the fullest name in the article;
    ``confidence`` is that of the speaker, 0 where that is nobody."""

    speaker: Speaker | None
    confidence: float
    via: tuple[str, ...] = ()
    on_behalf_of: Speaker | None = None
    relayed_by: Speaker | None = None
    candidates: tuple[Candidate, ...] = ()
    source_type: SourceType | None = None
    title: Span | None = None


_COUNTED_LETTERS = re.compile(r"[A-Z]{2,4}s")
"""Several of a kind: "MPs", "DJs"."""
_OTHERS = re.compile(
    r" and (?:(?:several |many |some )?others? ?\w*|(?:his|her|its) (?:[\w-]+ ){0,2}\w+(?<!s)s\b)"
)
_QUESTION = re.compile(r"^\W*Q\b", re.MULTILINE)
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_YEAR_OLD = re.compile(r"\d{1,3}-year-old")
_UNIDENTIFIED = re.compile(
    r"un(?:identified|known) \w+(?: \w+)?|(?:speaker|voice|participant|witness) (?:\d{1,2}|[A-Z])",
    re.IGNORECASE,
)
"""Whom a transcript does not name: "UNIDENTIFIED MALE", "Speaker 2"."""
UNKNOWN = Resolution(None, 0.0)
UNNAMED = (SourceType.UNNAMED_PERSON, SourceType.UNNAMED_GROUP)
FOLLOWING_DISCOUNT = 0.9
"""Of the confidence, for each quotation that goes on from the one before: somebody else may have
begun to speak. Set by hand; certainty.py calibrates what is answered in the end."""


def resolve_speakers(
    article: Article,
    proposals: Sequence[Proposal],
    known: Iterable[KnownSpeaker] = (),
    persons: Sequence[Span] | None = None,
    weigh: Weigh | None = None,
    estimate: Estimate | None = None,
) -> list[Resolution]:
    """One resolution a proposal, in the proposals' order; ``persons``: where the model sees people
    named, in reading order, None without it. ``weigh`` decides between the persons that a pronoun
    or a description may mean; without it the rules do. ``estimate`` says how sure each answer is;
    without it what this package has learned does."""
    declared = tuple(known)
    words = read_words(article)
    cast = gather_cast(article, words, declared, persons)
    mentions = sorted(p.mention for p in proposals if p.mention is not None)
    discourse = Discourse(article, cast, find_pairs(article.flow, cast), mentions)
    estimate = estimate or open_certainty(Extractor.RULES if weigh is None else Extractor.MODEL)
    resolver = _Resolver(discourse, words, declared, Judging(weigh, estimate))
    del words  # it has found in them what it looks for; they take as much as all that follows
    found: dict[int, Resolution] = {}
    labels = {one.mention for one in proposals if one.settled and one.block and one.mention}
    resolver.tell_apart(labels)
    order = sorted(range(len(proposals)), key=lambda at: _position(proposals[at]))
    for at in in_time(order):
        proposal = proposals[at]
        if proposal.mention is not None:
            found[at] = resolver.resolve(proposal.mention, proposal.spans, proposal.confidence)
            resolver.remember_content(proposal.spans, found[at])
    before = UNKNOWN
    for at in sorted(range(len(proposals)), key=lambda at: proposals[at].spans[0].start):
        if at in found:
            before = found[at]
        elif proposals[at].follows:
            before = replace(before, confidence=before.confidence * FOLLOWING_DISCOUNT)
            found[at] = before
        else:
            found[at] = UNKNOWN
    return [found[at] for at in range(len(proposals))]


def _position(proposal: Proposal) -> int:
    return proposal.mention.start if proposal.mention else proposal.spans[0].start


class Judging(NamedTuple):
    """Decides between persons, if there is anything that can, and says how sure answers are."""

    weigh: Weigh | None
    estimate: Estimate


class _Resolver:
    def __init__(
        self,
        discourse: Discourse,
        words: Words,
        known: Sequence[KnownSpeaker],
        judging: Judging,
    ) -> None:
        self._discourse = discourse
        self._weigh, self._estimate = judging
        self._introduced: dict[Figure, Span | None] = {}
        self._papers = Papers(discourse, words)
        self._described = {
            name_key(text): speaker for speaker in known for text in speaker.descriptions
        }
        self._named = {
            name_key(text): speaker
            for speaker in known
            for text in (speaker.name, *speaker.aliases)
        }
        self._labels: frozenset[Span] = frozenset()
        self._labelled: list[Figure] = []
        self._contents: list[tuple[Span, Resolution]] = []
        self._echoes = deque(find_echoes(discourse, words))

    def tell_apart(self, labels: Iterable[Span]) -> None:
        """Of a transcript: whoever has a turn under a name has none under "Interviewer"."""
        self._labels = frozenset(labels)
        named = (read_mention(self._discourse.text, one, self._discourse.cast) for one in labels)
        self._labelled = [mention.named for mention in named if mention.named is not None]

    def _has_other_label(self, mention: Mention, figure: Figure) -> bool:
        unnamed = mention.named is None and mention.span in self._labels
        return unnamed and any(figure is one for one in self._labelled)

    def remember_content(self, spans: Sequence[Span], resolution: Resolution) -> None:
        self._contents = [*self._contents[-20:], (Span(spans[0].start, spans[-1].end), resolution)]

    def resolve(self, span: Span, own: Sequence[Span], sure: float) -> Resolution:
        """``sure`` is how sure it is that somebody speaks there."""
        self._hear_echoes(span.start)
        mention = read_mention(self._discourse.text, span, self._discourse.cast)
        bare = mention.text.strip(" ,.:").lower()
        if bare in pronouns.FIRST_PERSON:
            return self._first_person(span, bare)
        answer = self._declared(mention, bare)
        chances: Sequence[Chance] = ()
        if answer is None:
            by_rule = self._answer(mention, bare, own)
            answer, chances = self._likeliest(mention, bare, own, by_rule)
        if answer is not None and self._has_other_label(mention, answer.figure):
            answer = None
        asked = Asked(self._discourse, mention, bare, answer, chances, sure)
        if answer is not None and answer.figure.undecided:
            answer = None
        figure = answer.figure if answer else None
        plural = _is_plural(mention, bare, figure)
        sentence = self._discourse.sentence_number(span.start)
        titled = figure is not None and name_at_end(mention) is figure
        noun = "" if titled else mention.noun
        self._discourse.turns.append(Turn(span.start, sentence, figure, plural, mention.text, noun))
        if figure is not None and mention.determiner:
            self._echo(span, figure)
        if answer is None:
            return self._nameless(asked, 0.0)
        confidence = self._estimate(asked)
        # by rules alone whoever is likeliest is told: they were tuned so, and say how sure it is
        if self._weigh is not None and not is_sure_enough(asked, answer, confidence):
            return self._nameless(asked, confidence)
        return self._resolution(asked, answer, confidence)

    def _nameless(self, asked: Asked, confidence: float) -> Resolution:
        """``confidence``: of an answer that is too doubtful to be told."""
        mention, article = asked.mention, self._discourse.article
        body = represented(self._discourse, mention)
        source_type = self._type_of_nameless(asked)
        return replace(
            UNKNOWN,
            on_behalf_of=None if body is None else body.speaker_of(article.source_id),
            candidates=candidates_of(asked, article.source_id, confidence),
            source_type=source_type,
            title=introduction_in(article.flow, mention) if source_type in UNNAMED else None,
        )

    def _type_of_nameless(self, asked: Asked) -> SourceType:
        if asked.answer is None:
            flow = self._discourse.article.flow
            return type_of_mention(flow, asked.mention, asked.bare, asked.chances)
        figure = asked.answer.figure
        if figure.undecided:
            return SourceType.NAMED_PERSON  # one of several who bear the name
        return type_of_speaker(asked.mention, figure, figure.speaker())

    def _resolution(self, asked: Asked, answer: Answer, confidence: float) -> Resolution:
        article, figure = self._discourse.article, answer.figure
        full = figure.full.of(article.flow) if figure.full is not None else figure.name
        steps = [asked.mention.text.strip(" ,"), answer.antecedent or "", full]
        via = tuple(dict.fromkeys(" ".join(step.split()) for step in steps if step))
        speaker = figure.speaker_of(article.source_id)
        if figure not in self._introduced:
            self._introduced[figure] = introduction_of(article.flow, figure)
        return Resolution(
            speaker,
            confidence,
            via,
            candidates=candidates_of(asked, article.source_id, confidence),
            source_type=type_of_speaker(asked.mention, figure, speaker),
            title=self._introduced[figure],
        )

    def _likeliest(
        self, mention: Mention, bare: str, own: Sequence[Span], by_rule: Answer | None
    ) -> tuple[Answer | None, Sequence[Chance]]:
        """Of the persons that the mention may mean, where it is for the ranker to say; and how
        likely each of them is."""
        thing = by_rule is not None and not may_be_person(by_rule.figure)
        if self._weigh is None or thing or not asks_for_person(mention, bare):
            return by_rule, ()
        if apposition(mention) is not None or name_at_end(mention) is not None:
            return by_rule, ()
        choice = choice_of(self._discourse, mention, bare, own, by_rule)
        chances = self._weigh(choice)
        if chances is None:
            return by_rule, ()
        introduced = mention.text in pronouns.SINGULAR and pronouns.newly_introduced(
            self._discourse, mention.span.start
        )
        if by_rule is not None and introduced is by_rule.figure:
            return by_rule, chances
        best = likeliest(choice, chances)
        if best is None:
            return None, chances
        if by_rule is not None and best.by_rule:
            return Answer(best.figure, best.chance, by_rule.antecedent), chances
        antecedent = best.antecedent.of(self._discourse.text) if best.antecedent else None
        return Answer(best.figure, best.chance, antecedent or best.figure.name), chances

    @named_rule("echoes", None)
    def _hear_echoes(self, position: int) -> None:
        """Settles what the article says of people between the last mention and this one."""
        discourse = self._discourse
        while self._echoes and self._echoes[0].span.start < position:
            echo = self._echoes.popleft()
            words = echo.span.of(discourse.text)
            if echo.pronoun:
                gender = pronouns.SINGULAR[words.lower()]
                answer = pronouns.singular(discourse, echo.span.start, gender)
            else:
                mention = read_mention(discourse.text, echo.span, discourse.cast)
                answer = by_role(discourse, mention) or latest_speaker(discourse, mention)
            if answer is not None:
                discourse.hear(echo.name(discourse.text), answer.figure)

    @named_rule("described-again", None)
    def _echo(self, span: Span, figure: Figure) -> None:
        """A description that means somebody counts as if it named him."""
        named = any(f is figure for _, f in self._discourse.cast.between(span.start, span.end))
        if is_person(figure) and not named:
            name = Name((span.of(self._discourse.text),), NameKind.PERSON, span, span)
            self._discourse.hear(name, figure)

    @named_rule("first-person", UNKNOWN)
    def _first_person(self, span: Span, bare: str) -> Resolution:
        """ "I" inside somebody's words is that somebody; elsewhere it is the article's author."""
        alone = bare in ("i", "me", "my", "mine", "myself")
        for content, resolution in reversed(self._contents):
            if content.covers(span) and alone:
                return resolution
        several = SourceType.UNNAMED_GROUP
        return replace(UNKNOWN, source_type=SourceType.UNNAMED_PERSON if alone else several)

    def _declared(self, mention: Mention, bare: str) -> Answer | None:
        key = name_key(bare)
        speaker = self._named.get(key) or self._described.get(key)
        if speaker is None or (mention.named and mention.named.known):
            return None
        figure = next((f for f in self._discourse.cast.figures if f.known is speaker), None)
        figure = figure or Figure(speaker.name, NameKind.PERSON, known=speaker)
        return Answer(figure, 0.9, figure.name)

    def _answer(self, mention: Mention, bare: str, own: Sequence[Span]) -> Answer | None:
        start = mention.span.start
        if mention.text == "A":
            return self._interviewed()
        if _UNIDENTIFIED.fullmatch(mention.text):
            return None
        if bare in pronouns.SINGULAR:
            return pronouns.singular(self._discourse, start, pronouns.SINGULAR[bare], own)
        if bare in pronouns.PLURAL:
            return pronouns.plural(self._discourse, start)
        if bare in pronouns.NEUTER:
            return pronouns.neuter(self._discourse, start, own)
        if bare in pronouns.RELATIVE:
            return pronouns.relative(self._discourse, start, bare)
        named = name_at_end(mention)
        if named is not None:
            return Answer(named, 0.93, named.name)
        return self._together(mention) or self._headed(mention)

    def _together(self, mention: Mention) -> Answer | None:
        """Several who are named in a row, or speak again."""
        text = self._discourse.text
        members = persons_together(mention, text) or named_together(mention, text)
        if members:
            return Answer(make_group(members), 0.9)
        return spoken_again(self._discourse, mention) or _and_others(mention)

    def _headed(self, mention: Mention) -> Answer | None:
        if mention.head and _COUNTED_LETTERS.fullmatch(mention.head[-1].text):
            return None
        beside = (
            work(self._discourse, mention)
            or one_of_them(mention)
            or described(self._discourse, mention)
            or campaigns(self._discourse, mention)
        )
        if beside is not None:
            return beside
        if kind_of(of_document(self._discourse, mention)):
            return self._written(mention)
        if mention.named is not None and not _any_of_its_kind(mention):
            kicker = mention.text.isupper() and is_kicker(mention, self._discourse.text)
            return None if kicker else Answer(mention.named, 0.95)
        return self._unnamed(mention)

    def _written(self, mention: Mention) -> Answer | None:
        """A mention whose head is a kind of document; a paper or a website may be a body, too."""
        if mention.noun in people().organisations_also:
            body = organisation(self._discourse, mention)
            if body is not None:
                return body
        personal = mention.noun in people().personal_documents
        again = self._same_noun(mention) if personal else None
        if again is not None and again.figure.kind is NameKind.DOCUMENT:
            return replace(again, confidence=CLEAR)
        return again or document(self._discourse, self._papers, mention)

    def _unnamed(self, mention: Mention) -> Answer | None:
        """A mention whose head is a common noun."""
        noun = mention.noun
        lexicon = people()
        beside = apposition(mention)
        if beside is not None and _looks_plural(noun):
            return self._several_named(mention)
        if beside is not None:
            return Answer(beside, 0.9, beside.name)
        again = self._said_before(mention)
        if again is not None:
            return again
        if noun in places().nationalities or noun in places().demonyms:
            return compatriot(self._discourse, mention)
        if noun in COUNTRY_NOUNS or noun in PERSON_NOUNS:
            return several(self._discourse, mention) if _counted(mention) else None
        role = lexicon.short_roles.get(noun, noun)
        aged = _by_age(self._discourse, mention) or parent(self._discourse, mention)
        if aged is not None:
            return aged
        if role in lexicon.roles and noun not in ("party", "side"):
            return describe(self._discourse, mention) or self._same_noun(mention)
        bodies = (
            lexicon.organisations_also,
            BODIES,
            INSTITUTIONS,
            PANELS,
            lexicon.organisation_heads,
        )
        if any(noun in words for words in bodies) or noun == "side":
            return organisation(self._discourse, mention)
        return self._own_name(mention)

    @named_rule("interviewed", None)
    def _interviewed(self) -> Answer | None:
        """ "A: ...": who answers is whom the article names most of those it names before it asks;
        who is spoken of in questions and answers alone is somebody else."""
        asked = _QUESTION.search(self._discourse.text)
        begin = 0 if asked is None else asked.start()
        people_named = [
            figure
            for figure in self._discourse.cast.figures
            if is_person(figure) and any(name.span.start < begin for name in figure.names)
        ]
        most = max(people_named, key=lambda figure: len(figure.names), default=None)
        return None if most is None else Answer(most, 0.6, most.name)

    @named_rule("several-in-apposition", None)
    def _several_named(self, mention: Mention) -> Answer | None:
        """ "her opponents, Bernie Sanders and Martin O'Malley"."""
        named = Mention(mention.text, mention.span, "", mention.rest[1:], ())
        members = named_together(named, self._discourse.text)
        return Answer(make_group(members), 0.7) if members else None

    @named_rule("said-before", None)
    def _said_before(self, mention: Mention) -> Answer | None:
        """ "The ad", when an ad of somebody's has spoken a few sentences before."""
        if mention.noun in people().roles:
            return None
        return self._same_noun(mention)

    @named_rule("same-noun", None)
    def _same_noun(self, mention: Mention) -> Answer | None:
        """ "The ad" is whatever the article let speak under that noun before."""
        if mention.determiner not in ("the", "that", "this") or len(mention.head) != 1:
            return None
        for turn in self._discourse.recent_turns(mention.span.start, 8):
            if turn.noun == mention.noun and turn.figure is not None:
                return Answer(turn.figure, 0.8, turn.figure.name)
        return None

    @named_rule("own-name", None)
    def _own_name(self, mention: Mention) -> Answer | None:
        """A capitalised word that the article names nowhere else: "Politifact says"."""
        handle = _handle(mention)
        if handle is not None:
            return handle
        words = [p for p in mention.head if p.text[0].isalnum()]
        if not any(map(_has_letters, words)) or mention.determiner not in ("", "the"):
            return None
        if is_kicker(mention, self._discourse.text):
            return None
        if is_label(mention, self._discourse.text) and is_titled(words):
            return Answer(Figure(mention.core.partition(" ")[2], NameKind.PERSON), 0.7)
        last = words[-1].lower
        plain = last in people().common or last in people().anonymous
        if plain or (len(words) == 1 and _looks_plural(last)):
            return None
        if all(p.text[0].isupper() or not _cased(p.text) for p in words):
            span = Span(words[0].start, words[-1].end)
            name = Name((mention.core,), NameKind.UNKNOWN, span, span)
            gender = gender_after(self._discourse.text, name)
            return Answer(Figure(mention.core, NameKind.UNKNOWN, gender), 0.7)
        return None


@named_rule("and-others", None)
def _and_others(mention: Mention) -> Answer | None:
    """ "Jane Doe and several others", "Jane Doe and her aides"."""
    if mention.named is not None or not _OTHERS.search(mention.text):
        return None
    first = mention.head[0]
    if first.figure and not first.possessive:
        return Answer(first.figure, 0.6)
    return None


@named_rule("by-age", None)
def _by_age(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The 34-year-old" is who is said to be of that age, or is spoken of and of no other age."""
    if not _YEAR_OLD.fullmatch(mention.noun) or mention.indefinite:
        return None
    age = mention.noun.partition("-")[0]
    aged = by_role(discourse, mention)
    figure = alone_before(discourse, mention.span.start)
    nameless = re.compile(rf"\b{age}\b").search(
        discourse.text, discourse.sentences_from(0, 0), mention.span.start
    )
    if figure is None or figure.age not in ("", age) or (nameless and not aged):
        return aged
    return Answer(figure, 0.7, figure.name)


@named_rule("handle", None)
def _handle(mention: Mention) -> Answer | None:
    """ "@janedoe" names an account."""
    handle = _HANDLE.search(mention.text)
    return None if handle is None else Answer(Figure(handle.group(), NameKind.UNKNOWN), 0.8)


def _has_letters(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.text))


def _cased(text: str) -> bool:
    return text.lower() != text.upper()


def _looks_plural(word: str) -> bool:
    return word.endswith(
        ("ers", "ors", "ists", "ants", "ents", "ians", "ates", "lls", "ies", "als", "men", "ees")
    )


@named_rule("any-of-its-kind", False)
def _any_of_its_kind(mention: Mention) -> bool:
    """ "a super PAC", "an MP"."""
    last = mention.head[-1]
    plain = len(mention.head) > 1 and mention.head[-2].text[0].islower()
    return mention.indefinite and last.text.isupper() and plain


def _counted(mention: Mention) -> bool:
    words = {mention.determiner, *(piece.lower for piece in mention.modifiers)}
    both = bool(words & {"two", "both"})
    return both or (mention.noun in ("sides", "parties") and not words - {"the", ""})


def _is_plural(mention: Mention, bare: str, figure: Figure | None) -> bool:
    if figure is not None:
        return bool(figure.members)
    noun = mention.noun
    return bare in pronouns.PLURAL or noun in people().anonymous or noun.endswith("s")
