"""Acts: whether a statement reports speech or an attitude, or is nobody's statement and left out.

Weighs signs of its cue, mention and content (act_signs.py) and, where the model read the article,
what the network makes of the cue and of where the content begins. The weights are learned by
training/acts from statements that people read. They are linear, so that the sums of a cue's and of
a mention's signs are made once and kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from service.domain import Act, Extractor, Form
from service.extraction.lexicon.acts import acts
from service.extraction.page.layout import Article
from service.extraction.statements.act_signs import (
    StatementParts,
    content_signs,
    cue_signs,
    mention_signs,
    place_signs,
    tells_nothing,
)
from service.extraction.statements.deciding import Decision
from service.extraction.statements.grammar import FINITE
from service.extraction.states import HEADS, Pointed

Floats = npt.NDArray[np.float32]

OUTCOMES: tuple[Act | None, ...] = (Act.SPEECH, Act.ATTITUDE, None)
"""In the order of the chances; None is nobody's statement."""

SPOKEN, NOBODYS = 0.45, 0.5
"""From these chances on a statement is speech, and else nobody's and left out; what is neither is
an attitude. On train, by weights of other articles, .45 has a precision of .921 and a recall of
.952, .55 of .932 and .938."""
QUOTED_NOBODYS = 0.75
"""Of what has quoted words, which are somebody's more often than not."""

SEEN = 1 + 2 * HEADS
"""Numbers of what the model tells of a statement: its confidence, and what the network makes of the
cue and of where the content begins."""
UNSURE = 0.01
"""Added to a confidence of which the logarithm is taken."""

_SAYING = frozenset(("said", "says", "say", "saying", "told", "added", "adds", "according to"))
ENOUGH_WORDS = 4
"""Content of this many words after one of these cues is speech; nothing is weighed."""

_OF_HEARINGS = frozenset(("heard", "hears", "was told", "were told", "been told"))
"""Of a court that hears evidence (hearings.py)."""

_THOUGHT = frozenset(("think", "feel"))
_SAID = frozenset(("say", "write", "judge", "urge", "promise", "show"))
"""Classes of verbs: “...,” he thought, but not he said, and not he worried aloud."""

_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being", "has", "have", "had"))

_UNANSWERED = re.compile(
    r"\bnot (?:\w+ )?(?:respond|repl|answer|return|explain|specify|elaborate|disclose"
    r"|identify(?! with))"
)
"""What nobody answered is not a statement: "did not respond to a request for comment"."""
_REFUSED = re.compile(r"\b(?:declin|refus)(?:e|es|ed|ing)$")
"""To do something: an attitude in all eight of train."""
_AGAIN = re.compile(
    r"(?:it|this) (?:every|each|again|with|twice|like|and|yesterday|aloud|out loud|himself|herself"
    r"|themselves|to (?:the|an?|my|his|her|their|our|me|him|us|them|everyone|anyone))\b"
)
"""What was said already: "she said it every morning"."""
_CLAUSE = re.compile(
    r"\b(?:that|how|why|whether|what|is|are|was|were|has|have|had|will|would|can|could|did|does)\b"
)

SHOWN = 8
"""Words in which a clause that begins with "it" shows its verb: "it again is late"."""

NAME_WORDS = 3
"""Of a name that is all of a content."""


class Weigher:
    """``weights`` by name: "constant" (3,), and of the signs "cue", "mention" and "content", each
    (signs, 3). Where the model's reading is weighed too, "seen" (SEEN, 3)."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self._cue = lru_cache(1 << 12)(self._of_cue)
        self._mention = lru_cache(1 << 12)(self._of_mention)

    def chances(
        self, article: Article, parts: Sequence[StatementParts], seen: Sequence[Floats]
    ) -> Floats:
        """Of OUTCOMES, (statements, 3); ``seen`` is empty where the model did not read."""
        signs = [(*content_signs(article, one), *place_signs(article, one)) for one in parts]
        scores = np.array(signs, np.float32) @ self.weights["content"]
        for row, one in zip(scores, parts, strict=True):
            row += self._cue(cue_of(article, one))
            row += self._mention(mention_of(article, one))
        if seen:
            scores += np.array(seen) @ self.weights["seen"]
        chances: Floats = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        return chances

    def _of_cue(self, text: str) -> Floats:
        signs = np.array(cue_signs(text), np.float32)
        summed: Floats = signs @ self.weights["cue"] + self.weights["constant"]
        return summed

    def _of_mention(self, text: str) -> Floats:
        summed: Floats = np.array(mention_signs(text), np.float32) @ self.weights["mention"]
        return summed


@cache
def open_weigher(extractor: Extractor) -> Weigher:
    """The weights of this package for what this extractor reads, read once."""
    path = resources.files(__package__) / "acts.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        named = (name.partition(".") for name in stored.files)
        return Weigher(
            {name: stored[f"{owner}.{name}"] for owner, _, name in named if owner == extractor}
        )


def tell_acts(
    article: Article, decisions: Sequence[Decision], weigher: Weigher, pointed: Pointed | None
) -> list[Decision]:
    """The decisions, each with its act: None where it is nobody's statement."""
    outcomes = [outcome_at_once(article, decision) for decision in decisions]
    open_at = [at for at, (_, is_settled) in enumerate(outcomes) if not is_settled]
    if open_at:
        weighed = [decisions[at] for at in open_at]
        seen = [] if pointed is None else [seen_of(pointed, one) for one in weighed]
        chances = weigher.chances(article, [parts_of(one) for one in weighed], seen)
        for at, row in zip(open_at, chances.tolist(), strict=True):
            outcomes[at] = likeliest(row, decisions[at].form), True
    return [
        decision if act is Act.SPEECH else replace(decision, act=act)
        for decision, (act, _) in zip(decisions, outcomes, strict=True)
    ]


def likeliest(chances: Sequence[float], form: Form) -> Act | None:
    """Of OUTCOMES."""
    speech, _, nobodys = chances
    if speech >= SPOKEN:
        return Act.SPEECH
    least = QUOTED_NOBODYS if form is Form.MIXED else NOBODYS
    return None if nobodys >= least else Act.ATTITUDE


def outcome_at_once(article: Article, decision: Decision) -> tuple[Act | None, bool]:
    """Its act (None: it is nobody's), and whether that is settled without any weighing."""
    proposal = decision.proposal
    if proposal.block or proposal.settled or proposal.denied or proposal.relay:
        return Act.SPEECH, True
    if decision.form is Form.DIRECT:
        return (Act.ATTITUDE if _is_thought(article, decision) else Act.SPEECH), True
    cue = proposal.cue
    cue_text = "" if cue is None else cue.of(article.lowered)
    if proposal.mention is None and cue_text in _OF_HEARINGS:
        return Act.SPEECH, True
    if decision.form is Form.MIXED:
        return Act.SPEECH, False
    if _says_nothing(article, decision) or tells_nothing(cue_text, proposal.mention is not None):
        return None, True
    if _UNANSWERED.search(cue_text) or _is_of_a_work(article, decision):
        return None, True
    text = decision.spans[0].of(article.flow)
    return Act.SPEECH, cue_text in _SAYING and text.count(" ") >= ENOUGH_WORDS - 1


def _is_thought(article: Article, decision: Decision) -> bool:
    """ "“I must go,” he thought": of a quotation that shares its sentence with the cue."""
    cue = decision.proposal.cue
    if cue is None:
        return False
    verbs = acts().verbs
    classes = {name for word in cue.of(article.lowered).split() for name in verbs.get(word, ())}
    here = article.sentence_at(cue.start) == article.sentence_at(decision.spans[0].start)
    return here and not _THOUGHT.isdisjoint(classes) and _SAID.isdisjoint(classes)


def _says_nothing(article: Article, decision: Decision) -> bool:
    """ "It", "no such thing", "Donald Trump": a content without a proposition."""
    words = " ".join(span.of(article.lowered) for span in decision.spans).split()
    alone = len(decision.spans) == 1 and FINITE.isdisjoint(words[:SHOWN])
    if alone and _AGAIN.match(" ".join(words[:4])):
        return True
    if words != ["no"] and acts().empty.issuperset(word for word in words if word != "no"):
        return True
    if _is_state(article, decision):
        return True
    if len(words) > NAME_WORDS or len(decision.spans) > 1:
        return False
    names = decision.spans[0].of(article.flow).split()
    return all(word[0].isupper() for word in names) and _is_in_lower_case(article, decision)


def _is_state(article: Article, decision: Decision) -> bool:
    """ "Was found guilty", "were reported missing": what became of somebody, with no speaker."""
    cue, last = decision.proposal.cue, decision.spans[-1]
    if cue is None or decision.proposal.mention is not None or last.start < cue.end:
        return False
    cue_words, state = (
        cue.of(article.lowered).split(),
        last.of(article.lowered).split(maxsplit=1)[0],
    )
    passive = cue_words[0] in _BEING and not cue_words[-1].endswith("ing")
    return passive and state.strip(",.;") in acts().states


def _is_of_a_work(article: Article, decision: Decision) -> bool:
    """ "The film tells the story of a miner": what it is about, and no clause that it claims."""
    mention = decision.proposal.mention
    words = [] if mention is None else mention.of(article.lowered).split()
    if not words or words[-1] not in acts().works:
        return False
    return not any(_CLAUSE.search(span.of(article.lowered)) for span in decision.spans)


def _is_in_lower_case(article: Article, decision: Decision) -> bool:
    """The cue has no capital, as it would have in a headline."""
    cue = decision.proposal.cue
    return cue is not None and cue.of(article.flow).islower()


def parts_of(decision: Decision) -> StatementParts:
    proposal = decision.proposal
    return StatementParts(
        decision.spans, decision.quoted, decision.form, proposal.cue, proposal.mention
    )


def cue_of(article: Article, parts: StatementParts) -> str:
    """In lower case."""
    return "" if parts.cue is None else parts.cue.of(article.lowered)


def mention_of(article: Article, parts: StatementParts) -> str:
    return "" if parts.mention is None else parts.mention.of(article.flow)


_UNSEEN = np.zeros(HEADS, np.float16)


def seen_of(pointed: Pointed, decision: Decision) -> Floats:
    """(SEEN,): zeros for what the network did not read as such, which the rules found alone."""
    proposal = decision.proposal
    cue = None if proposal.cue is None else pointed.cues.get(proposal.cue.start)
    content = pointed.contents.get(proposal.spans[0].start)
    sure = np.array([log(proposal.confidence + UNSURE)], np.float32)
    heads = (_UNSEEN if half is None else half for half in (cue, content))
    seen: Floats = np.concatenate([sure, *heads], dtype=np.float32)
    return seen
