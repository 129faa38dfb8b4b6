"""Resolving: decides whom each proposal's mention means.

Goes through the mentions in reading order, so that each is resolved with the earlier speakers
known. The other modules handle names (cast.py), descriptions, pronouns, groups, documents and
organisations. Which words are a mention is decided by the taggers.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from service.deadline import in_time
from service.domain import Candidate, Extractor, KnownSpeaker, SourceType, Span, Speaker
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.words import Words, read_words
from service.extraction.proposal import Proposal
from service.extraction.speakers import pronouns
from service.extraction.speakers.appositions import (
    apposition,
    described,
    name_at_end,
    names_himself,
)
from service.extraction.speakers.by_rule import ByRule
from service.extraction.speakers.cast import gather_cast
from service.extraction.speakers.certainty import (
    Asked,
    Estimate,
    candidates_of,
    is_sure_enough,
    open_certainty,
)
from service.extraction.speakers.choices import asks_for_person, choice_of, may_be_person
from service.extraction.speakers.descriptions import (
    is_relative,
    latest_speaker,
    nameless_again,
    relative_meant,
)
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.echoes import find_echoes
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.introductions import (
    introduction_by,
    introduction_in,
    introduction_of,
)
from service.extraction.speakers.lone_names import by_title
from service.extraction.speakers.mentions import Mention, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.pairs import find_pairs
from service.extraction.speakers.ranker import Chance, likeliest
from service.extraction.speakers.relatives import has_plural_verb, nameless_before
from service.extraction.speakers.roles import by_role
from service.extraction.speakers.runs import HEALTH_BODY
from service.extraction.speakers.signs import Choice
from service.extraction.speakers.source_types import type_of_mention, type_of_speaker
from service.extraction.speakers.staff import is_mentioned_again, represented
from service.extraction.speakers.undecided import is_doubtful, is_undecided, stays_unnamed
from service.names.folding import name_key

Weigh = Callable[[Choice], Sequence[Chance] | None]
"""Ranks the candidates; None if the mention has no state to rank by."""


class Resolution(Struct, frozen=True, gc=False):
    """The resolved speaker of a proposal.

    ``via`` leads from the mention over its antecedent to the fullest name in the article.
    ``confidence`` is that of the speaker, 0 if ``speaker`` is None.
    """

    speaker: Speaker | None
    confidence: float
    via: tuple[str, ...] = ()
    on_behalf_of: Speaker | None = None
    relayed_by: Speaker | None = None
    candidates: tuple[Candidate, ...] = ()
    source_type: SourceType | None = None
    title: Span | None = None


UNKNOWN = Resolution(None, 0.0)
UNNAMED = (SourceType.UNNAMED_PERSON, SourceType.UNNAMED_GROUP)
FOLLOWING_DISCOUNT = 0.9
"""Factor on the confidence for each quotation that continues the one before: somebody else may have
begun to speak. Set by hand; certainty.py calibrates what is answered in the end.
"""


def resolve_speakers(
    article: Article,
    proposals: Sequence[Proposal],
    known: Iterable[KnownSpeaker] = (),
    persons: Sequence[Span] | None = None,
    weigh: Weigh | None = None,
    estimate: Estimate | None = None,
) -> list[Resolution]:
    """Returns one resolution per proposal, in their order.

    ``persons`` are the spans that the model marks as persons, in reading order, None without a
    model. ``weigh`` ranks the persons that a pronoun or a description may mean; without it the
    rules decide. ``estimate`` gives the confidence in each answer; the default is the estimate
    learned for this package.
    """
    declared = tuple(known)
    words = read_words(article)
    cast = gather_cast(article, words, declared, persons)
    mentions = sorted(p.mention for p in proposals if p.mention is not None)
    discourse = Discourse(article, cast, find_pairs(article.flow, cast), mentions)
    estimate = estimate or open_certainty(Extractor.RULES if weigh is None else Extractor.MODEL)
    resolver = _Resolver(discourse, words, declared, Judging(weigh, estimate))
    del words  # the resolver has taken what it needs; the words take as much memory as all the rest
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
    """The ranking of persons, if there is one, and the estimate of confidence."""

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
        self._served: dict[str, Figure | None] = {}
        self._rules = ByRule(discourse, words)
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
        """Prepares a transcript's labels: a person with turns under a name has none under
        "Interviewer", and a figure that takes turns with others is a person even if capitals
        look like a body's name.
        """
        self._labels = frozenset(labels)
        named = (read_mention(self._discourse.text, one, self._discourse.cast) for one in labels)
        self._labelled = [mention.named for mention in named if mention.named is not None]
        taking_turns = len(set(map(id, self._labelled))) > 1
        for figure in self._labelled:
            if taking_turns and figure.kind is NameKind.UNKNOWN:
                figure.kind = NameKind.PERSON

    def _has_other_label(self, mention: Mention, figure: Figure) -> bool:
        unnamed = mention.named is None and mention.span in self._labels
        return unnamed and any(figure is one for one in self._labelled)

    def remember_content(self, spans: Sequence[Span], resolution: Resolution) -> None:
        self._contents = [*self._contents[-20:], (Span(spans[0].start, spans[-1].end), resolution)]

    def resolve(self, span: Span, content: Sequence[Span], sure: float) -> Resolution:
        """Resolves the mention at ``span``; ``sure`` is the confidence that somebody speaks
        there.
        """
        self._hear_echoes(span.start)
        mention = read_mention(self._discourse.text, span, self._discourse.cast)
        bare = mention.text.strip(" ,.:")
        bare = bare if bare in HEALTH_BODY else pronouns.unstyled(bare.lower())
        if bare in pronouns.FIRST_PERSON:
            return self._first_person(span, bare)
        answer = self._declared(mention, bare)
        chances: Sequence[Chance] = ()
        if answer is None:
            by_rule = self._rules.answer(mention, bare, content)
            answer, chances = self._likeliest(mention, bare, content, by_rule)
        other = answer is not None and self._has_other_label(mention, answer.figure)
        if other or (answer is not None and stays_unnamed(self._discourse, mention, answer.figure)):
            answer, chances = None, ()
        asked = Asked(self._discourse, mention, bare, answer, chances, sure)
        if answer is not None and answer.figure.undecided:
            answer = None
        figure = answer.figure if answer else None
        plural = _is_plural(mention, bare, figure)
        sentence = self._discourse.sentence_number(span.start)
        titled = figure is not None and name_at_end(mention) is figure
        noun = "" if titled else mention.noun
        confidence = 0.0 if answer is None else self._estimate(asked)
        # the rules alone were tuned with every answer given, together with its confidence
        unsure = self._weigh is not None and not (
            answer is not None and is_sure_enough(asked, answer, confidence)
        )
        self._discourse.turns.append(
            Turn(span.start, sentence, figure, plural, mention.text, noun, unsure)
        )
        if figure is not None and mention.determiner:
            self._echo(span, figure)
        if answer is None or unsure:
            return self._nameless(asked, confidence)
        self._learn(mention, answer.figure)
        return self._resolution(asked, answer, confidence)

    def _nameless(self, asked: Asked, confidence: float) -> Resolution:
        """Resolution without a speaker; ``confidence`` is that of an answer withheld as
        doubtful.
        """
        mention, article = asked.mention, self._discourse.article
        body = self._represented(mention)
        source_type = self._type_of_nameless(asked)
        return replace(
            UNKNOWN,
            on_behalf_of=None if body is None else body.speaker_of(article.source_id),
            candidates=candidates_of(asked, article.source_id, confidence),
            source_type=source_type,
            title=introduction_in(article.flow, mention) if source_type in UNNAMED else None,
        )

    def _represented(self, mention: Mention) -> Figure | None:
        """Whom the mention's unnamed spokesman represents; "the spokesman" represents whom the last
        one did.
        """
        again = is_mentioned_again(mention)
        body = represented(self._discourse, mention)
        body = self._served.get(mention.noun) if body is None and again else body
        self._served[mention.noun] = body
        return body

    def _type_of_nameless(self, asked: Asked) -> SourceType:
        if asked.answer is None:
            flow = self._discourse.article.flow
            chances = None if self._weigh is None else asked.chances
            return type_of_mention(flow, asked.mention, asked.bare, chances)
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
        if self._introduced[figure] is None and is_person(figure):
            self._introduced[figure] = introduction_by(article.flow, asked.mention)
        return Resolution(
            speaker,
            confidence,
            via,
            candidates=candidates_of(asked, article.source_id, confidence),
            source_type=type_of_speaker(asked.mention, figure, speaker),
            title=self._introduced[figure],
        )

    def _likeliest(
        self, mention: Mention, bare: str, content: Sequence[Span], by_rule: Answer | None
    ) -> tuple[Answer | None, Sequence[Chance]]:
        """Returns the answer, from the ranker if it handles such mentions, and the candidates'
        probabilities, empty otherwise.
        """
        thing = by_rule is not None and not may_be_person(by_rule.figure)
        if self._weigh is None or thing or not asks_for_person(mention, bare):
            return by_rule, ()
        if apposition(mention) is not None or name_at_end(mention) is not None:
            return by_rule, ()
        label = bare not in pronouns.SINGULAR and mention.text.isupper()  # "THE PRESIDENT:"
        beside = (names_himself, described, by_title)
        if label or any(named(self._discourse, mention) for named in beside):
            return by_rule, ()
        gender = pronouns.SINGULAR.get(bare)
        start = mention.span.start
        if bare in pronouns.RELATIVE and has_plural_verb(self._discourse, start):
            return by_rule, ()
        if bare in pronouns.RELATIVE and nameless_before(self._discourse, start):
            return None, ()
        if gender and not by_rule and pronouns.nameless_introduced(self._discourse, start, gender):
            return None, ()
        if gender and is_undecided(self._discourse, start, gender, content):
            return None, ()
        if is_relative(mention):
            return relative_meant(mention, by_rule), ()
        if not (gender or by_rule) and nameless_again(self._discourse, mention):
            return None, ()
        going_on = self._going_on(content) if gender else None
        if going_on is not None and going_on.gender in (None, gender):
            return Answer(going_on, 0.95, going_on.name), ()
        choice = choice_of(self._discourse, mention, bare, content, by_rule)
        chances = self._weigh(choice)
        if chances is None:
            return by_rule, ()
        introduced = mention.text in pronouns.SINGULAR and pronouns.newly_introduced(
            self._discourse, mention.span.start
        )
        if by_rule is not None and introduced is by_rule.figure:
            return by_rule, chances
        best = likeliest(choice, chances)
        if best is None or is_doubtful(self._discourse, choice, bare, content, best):
            return None, chances
        if by_rule is not None and best.by_rule:
            return Answer(best.figure, best.chance, by_rule.antecedent), chances
        antecedent = best.antecedent.of(self._discourse.text) if best.antecedent else None
        return Answer(best.figure, best.chance, antecedent or best.figure.name), chances

    @named_rule("quotation-goes-on", None)
    def _going_on(self, content: Sequence[Span]) -> Figure | None:
        """The last speaker, whose quotation no mark has closed before its next paragraph: "Roe
        said: “No. / “Never,” he said".
        """
        last, turn = self._contents[-1:], self._discourse.turns[-1:]
        if not (last and turn and content):
            return None
        text, begun, figure = self._discourse.text, last[0][0], turn[0].figure
        marked = not _OPENING.isdisjoint(text[max(0, begun.start - 1) : begun.start + 1])
        opened = _REOPENED.match(text, begun.end, content[0].start + 1)
        closed = text[begun.end - 1] in '”"'
        open_still = marked and opened and not closed
        return figure if open_still and figure is not None and is_person(figure) else None

    @named_rule("echoes", None)
    def _hear_echoes(self, position: int) -> None:
        """Resolves the pronouns and descriptions between the last mention and this one."""
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
        """Records a description of a person as if it named that person."""
        named = any(
            f is figure and self._discourse.is_subject(name)
            for name, f in self._discourse.cast.between(span.start, span.end)
        )
        if is_person(figure) and not named:
            name = Name((span.of(self._discourse.text),), NameKind.PERSON, span, span)
            self._discourse.hear(name, figure)

    @named_rule("learned-from-description", None)
    def _learn(self, mention: Mention, figure: Figure) -> None:
        """Records what a description says: "the star" is whom "the “Copper Hill” star" meant."""
        noun = mention.noun
        role = noun in people().roles and noun not in people().relations
        if role and mention.modifiers and is_person(figure) and noun not in figure.roles:
            figure.learn(noun)
            self._discourse.cast.by_role.setdefault(noun, []).append(figure)

    @named_rule("first-person", UNKNOWN)
    def _first_person(self, span: Span, bare: str) -> Resolution:
        """Resolves "I" inside a quotation to its speaker; elsewhere it is the article's author,
        unnamed.
        """
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


_OPENING = frozenset('“"')
_REOPENED = re.compile(r'[. ]*\n\s*[“"]')
"""Between paragraphs of one quotation, which is not closed in between."""


def _is_plural(mention: Mention, bare: str, figure: Figure | None) -> bool:
    if figure is not None:
        return bool(figure.members)
    noun = mention.noun
    joined = any(piece.lower == "and" for piece in mention.head)  # "the union and airline"
    return bare in pronouns.PLURAL or noun in people().anonymous or noun.endswith("s") or joined
