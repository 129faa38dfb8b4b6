"""Certainty: how likely the resolved speaker is right, independent of the wording's certainty.

For a choice by the ranker it is the ranker's probability. For all others it is a logistic
regression on named signs, calibrated by a table; both are learned by training/certainty.py from
hand-labelled mentions. The speaker has been chosen before; nothing here changes it.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log, log1p
from typing import NamedTuple

from service.domain import Candidate, Extractor
from service.extraction.speakers import pronouns
from service.extraction.speakers.appositions import apposition
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.documents import ALONE, CLEAR
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import ROW
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.nameless_bodies import SOLE
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.ranker import Chance
from service.names.persons import may_be_one

DOUBTFUL = 0.8
"""Below this the model's answer is withheld unless the speaker is named outright, and candidates
are listed. Of 1,271 mentions of 80 articles that nothing was learned from, .869 are right so and
.038 wrong, of .880 and .052 without it; with .66 it was .872 and .047, with .85 .861 and .035.
"""
DOUBTFUL_DOCUMENT = 0.7
"""The same for a document, which is seldom taken for another. Of 44 answers in 400 articles between
.6 and .8, 36 are right, but of the 12 in 80 articles that nothing was learned from only half. Of
these articles' mentions of documents .500 are right and .125 wrong with .8, .552 and .146 with .7,
.562 and .188 with .6; of all mentions .883 and .030, .886 and .033, .887 and .037.
"""
SHOWN = 3
LEAST_CHANCE = 0.05
"""Anybody less likely is not listed as a candidate."""
ONE_OF_THEM = 0.9
"""Share of right answers among bearers of a surname that nothing decides between."""
TURNS_BACK = 12
"""Sentences searched for earlier turns, for speakers mentioned without a name; as in the ranker."""
SUREST = 0.99
"""Upper limit: of 4,630 answers by rule even those that look best are not all right."""
NAMES_SEEN = 12
"""Mentions by name that are searched for one within a sentence."""
_NEARLY = 0.01
"""Chances are kept this far from 0 and 1 before taking log-odds."""


CertaintySigns = dict[str, float]
"""Signs of an answer, numbers of about -5 to 5, by name."""


class Asked(NamedTuple):
    """A mention and its answer; ``chances`` are the ranker's, empty if it did not rank."""

    discourse: Discourse
    mention: Mention
    bare: str
    answer: Answer | None
    chances: Sequence[Chance]
    words: float

    @property
    def is_weighed(self) -> bool:
        """Whether the ranker chose, so that ``answer.confidence`` is its probability."""
        return self.answer is not None and bool(self.chances)


Estimate = Callable[[Asked], float]
"""Estimates the probability that an answer is right, 0 to 1."""


def signs_of(asked: Asked, answer: Answer) -> CertaintySigns:
    """The signs of an answer, from which its probability is estimated. ``by_rule`` is the
    confidence of the rule that answered and ``words`` that of the statement's wording, both as
    log-odds.
    """
    mention, figure = asked.mention, answer.figure
    position, name = mention.span.start, figure.words
    full, named = _is_full(asked, figure), _is_named(asked, figure)
    alone = asked.bare in _PRONOUNS or asked.bare in pronouns.RELATIVE
    group = bool(figure.members)
    kind = None if group else figure.kind
    spoke = None if named else _turns_since(asked, figure)
    return {
        "words": _odds(asked.words),
        "by_rule": _odds(answer.confidence),
        "pronoun": asked.bare in _PRONOUNS,
        "relative": asked.bare in pronouns.RELATIVE,
        "described": not named and not alone,
        "in_full": full,
        "in_part": named and not full,
        "single_word": len(name) == 1,
        "capitals": figure.name.isupper(),
        "person": not group and is_person(figure),
        "organisation": kind is NameKind.ORGANISATION,
        "place": kind is NameKind.PLACE,
        "group": group,
        "unsettled_kind": kind is NameKind.UNKNOWN,
        "nameless": figure.nameless,
        "declared": figure.known is not None,
        "namesakes": log1p(len(_namesakes(asked.discourse, figure))),
        "times_named": log1p(len(figure.names)),
        "not_named_before": not figure.names or figure.names[0].span.start > position,
        "titled": any(one.titles for one in figure.names[:3]),
        "indefinite": mention.indefinite,
        "definite": mention.determiner == "the",
        "goes_on": bool(mention.rest),
        "length": log1p(len(mention.text) / 10),
        "plural_noun": mention.noun.endswith("s"),
        "quoted": asked.discourse.quoted(position),
        "they": asked.bare in pronouns.PLURAL,
        "pronoun_of_speaker": alone and spoke is not None,
        "pronoun_of_latest": alone and spoke == 0,
        "spoke_before": not alone and spoke is not None,
        **_document_signs(asked, answer, alone),
    }


def _document_signs(asked: Asked, answer: Answer, alone: bool) -> CertaintySigns:
    name = answer.figure.words
    document = not answer.figure.members and answer.figure.kind is NameKind.DOCUMENT
    bare = document and len(name) == 1
    nameless = document and not bare and not any(word[0].isupper() for word in name)
    named = nameless and _is_named(asked, answer.figure)
    return {
        "document": document,
        "bare_document": bare,
        "definite_bare_document": bare and asked.mention.determiner in _DEFINITE,
        "nameless_document": nameless,
        "other_document": nameless and not named and not alone,
        "document_of_its_kind": document and not alone and answer.confidence >= CLEAR,
        "only_document": document and not alone and answer.confidence >= ALONE,
    }


_PRONOUNS = pronouns.SINGULAR.keys() | pronouns.PLURAL | pronouns.NEUTER


def _turns_since(asked: Asked, figure: Figure) -> int | None:
    """Number of turns by others since the figure last spoke; None if it has not spoken recently."""
    turns = asked.discourse.recent_turns(asked.mention.span.start, TURNS_BACK)
    return next((at for at, turn in enumerate(turns) if turn.figure is figure), None)


def _odds(chance: float) -> float:
    kept = min(1 - _NEARLY, max(_NEARLY, chance))
    return log(kept / (1 - kept))


def _namesakes(discourse: Discourse, figure: Figure) -> Sequence[Figure]:
    """Others in the article with the person's surname."""
    if figure.kind is not NameKind.PERSON:
        return ()
    bearers = discourse.cast.by_surname.get(figure.last_word, ())
    return [one for one in bearers if one is not figure and not one.undecided]


@dataclass(frozen=True, slots=True)
class Certainty:
    """A learned estimate: ``weights`` of the signs, and ``bias``; ``shares[i]`` is the share of
    right answers at ``scores[i]``. Scores ascend.
    """

    bias: float
    weights: Mapping[str, float]
    scores: Sequence[float]
    shares: Sequence[float]

    def __call__(self, asked: Asked) -> float:
        if asked.answer is None:
            return 0.0
        if asked.is_weighed:
            return min(SUREST, asked.answer.confidence)
        return min(SUREST, self.of(signs_of(asked, asked.answer)))

    def of(self, signs: CertaintySigns) -> float:
        """Probability for these signs, interpolated between the table's scores."""
        score = self.score(signs)
        at = bisect_left(self.scores, score)
        if at == 0 or at == len(self.scores):
            return self.shares[min(at, len(self.shares) - 1)]
        low, high = self.scores[at - 1 : at + 1]
        part = (score - low) / (high - low)
        return self.shares[at - 1] + part * (self.shares[at] - self.shares[at - 1])

    def score(self, signs: CertaintySigns) -> float:
        return 1 / (1 + exp(-self.bias - sum(w * signs[name] for name, w in self.weights.items())))


@cache
def open_certainty(extractor: Extractor) -> Certainty:
    """Returns the estimate learned for this extractor, read once from certainty.json."""
    path = resources.files(__package__) / "certainty.json"
    table = json.loads(path.read_text(encoding="utf-8"))[extractor]
    return Certainty(**table)


def is_sure_enough(asked: Asked, answer: Answer, confidence: float) -> bool:
    """Whether to give the answer as the speaker, since a wrong name is worse than none.

    A speaker named outright is given. "The report" alone does not say which report, and a
    capitalised word that nothing shows to be a name may not be one ("Mourners"), so neither counts
    as named. A description resolved by the ranker is given as well, as the ranker has its own
    threshold (ranker.py; .8 would lose two that are right for one that is wrong).
    """
    weighed_description = asked.is_weighed and asked.bare not in pronouns.SINGULAR
    figure, definite = answer.figure, asked.mention.determiner in _DEFINITE
    document = figure.kind is NameKind.DOCUMENT and not figure.members
    least = DOUBTFUL_DOCUMENT if document else DOUBTFUL
    if confidence >= least or weighed_description or _alone_fits(asked, answer):
        return True
    which = figure.kind is not NameKind.DOCUMENT or len(figure.words) > 1 or not definite
    return which and _is_surely_a_name(asked.discourse.text, figure) and _is_named(asked, figure)


def _alone_fits(asked: Asked, answer: Answer) -> bool:
    """Whether the answer is the only body, document or row of names that fits."""
    figure, bare = answer.figure, asked.bare
    if figure.members:
        return answer.confidence >= ROW
    if asked.chances or is_person(figure):
        return False
    if bare in pronouns.NEUTER or bare in pronouns.PLURAL:
        return answer.confidence >= pronouns.GOES_ON
    if not asked.mention.noun or bare in _PRONOUNS:
        return False
    return answer.confidence >= (ALONE if figure.kind is NameKind.DOCUMENT else SOLE)


def _is_surely_a_name(text: str, figure: Figure) -> bool:
    """Whether the kind is known, or the spelling can only be a name's: "AFL-CIO", "slate.com", or
    capitals within a sentence.
    """
    if any(_is_inner(text, name.span.start) for name in figure.names[:NAMES_SEEN]):
        return True
    if figure.kind is not NameKind.UNKNOWN or figure.roles:
        return True
    inner = figure.name[1:]
    return " " not in inner and (inner != inner.lower() or "." in inner)


def _is_inner(text: str, start: int) -> bool:
    """Whether a word in lower case precedes, which leaves no reason for a capital but a name."""
    return text[start - 1 : start] == " " and text[max(0, start - 2) : start - 1].islower()


def _is_named(asked: Asked, figure: Figure) -> bool:
    beside = apposition(asked.mention)  # "his sister, Orla"
    return figure in (asked.mention.named, beside) or _is_full(asked, figure)


def _is_full(asked: Asked, figure: Figure) -> bool:
    """Whether the mention contains all of the name; a document's words may be apart ("the report by
    the accountants Roe Hart").
    """
    text = asked.mention.text
    if figure.name in text or figure.name.upper() in text:
        return True
    return figure.kind is NameKind.DOCUMENT and set(figure.words) <= _bare_words(text)


def _bare_words(text: str) -> set[str]:
    return {word.strip(",;:()“”\"’'") for word in text.split()}


_DEFINITE = frozenset(("the", "this", "that"))


def candidates_of(asked: Asked, source_id: str, confidence: float) -> tuple[Candidate, ...]:
    """Returns possible speakers of a mention without an answer or with a doubtful one, the
    likeliest first.
    """
    answer = asked.answer
    if answer is not None and answer.figure.undecided:
        found = _one_of_them(asked, answer.figure)
    elif answer is None:
        found = [(one.figure, one.chance) for one in asked.chances]
    elif confidence < DOUBTFUL and asked.chances:
        found = _beside(asked, answer.figure, confidence)
    elif not is_sure_enough(asked, answer, confidence):
        found = [(answer.figure, confidence)]
    else:
        return ()
    return tuple(
        Candidate(figure.speaker_of(source_id), round(chance, 2))
        for figure, chance in sorted(found, key=lambda pair: -pair[1])[:SHOWN]
        if chance >= LEAST_CHANCE
    )


def _one_of_them(asked: Asked, undecided: Figure) -> list[tuple[Figure, float]]:
    bearers = _namesakes(asked.discourse, undecided)
    fitting = [one for one in bearers if may_be_one(one.words, undecided.words)]
    return [(one, ONE_OF_THEM / len(fitting)) for one in fitting]


def _beside(asked: Asked, chosen: Figure, confidence: float) -> list[tuple[Figure, float]]:
    """Splits the remaining probability among the ranker's other candidates, in proportion."""
    others = [one for one in asked.chances if one.figure is not chosen]
    left = 1 - sum(one.chance for one in asked.chances if one.figure is chosen)
    share = (1 - confidence) / left if left > _NEARLY else 0.0
    return [(chosen, confidence), *((one.figure, one.chance * share) for one in others)]
