"""Acts: decides whether a statement is speech, an attitude, or not a statement.

Weighs signs of its cue, mention and content (act_signs.py) and, if the model read the article, the
network's states of the cue and of the content's beginning. The weights are learned by training/acts
from hand-labelled statements. They are linear, so that the sums over a cue's and over a mention's
signs can be cached.
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
    has_verb_of_speech,
    mention_signs,
    place_signs,
    tells_nothing,
)
from service.extraction.statements.deciding import Decision
from service.extraction.statements.grammar import FINITE, PREPOSITIONS
from service.extraction.statements.topics import ANONYMOUS, CLAUSE, is_topic
from service.extraction.states import HEADS, Pointed

Floats = npt.NDArray[np.float32]

OUTCOMES: tuple[Act | None, ...] = (Act.SPEECH, Act.ATTITUDE, None)
"""Outcomes in the order of the probabilities; None is not a statement."""

SPOKEN, SPOKEN_OTHERWISE, NOBODYS = 0.25, 0.7, 0.5
"""Least probabilities at which a statement is speech, with and without a word of speech in its cue,
and otherwise not a statement and dropped; all else is an attitude. On 400 articles of PolNeAR's
train .908 of the indirect ones given are annotated as speech, and .934 of the sentences of speech
found; .35 and .6 have .899 and .928. On hand-labelled statements, F1 of speech by weights of
other articles is .937, and .941.
"""
SPOKEN_QUOTED = 0.45
"""The same threshold for content with quoted words."""
QUOTED_NOBODYS = 0.75
"""The same threshold for content with quoted words, which is a statement more often than not."""

SEEN = 1 + 2 * HEADS
"""Length of the model's evidence on a statement: its confidence, and the network's states of the
cue and of the content's beginning.
"""
UNSURE = 0.01
"""Added to a confidence before taking its logarithm."""

_SAYING = frozenset(("said", "says", "say", "saying", "told", "added", "adds", "according to"))
ENOUGH_WORDS = 4
"""Content of at least this many words after one of these cues is speech without weighing."""

_OF_HEARINGS = frozenset(("heard", "hears", "was told", "were told", "been told"))
"""Said of a court that hears evidence (hearings.py)."""

_THOUGHT = frozenset(("think", "thinks", "thought", "thinking"))
"""“...,” he thought. Words in marks that somebody wondered, recalled or put like this were said."""
_OF_MIND = frozenset(("think", "feel"))
_SAID = frozenset(("say", "write", "judge", "urge", "promise", "show"))
"""Classes of verbs whose object may be in marks: "He considers “smart”" what others do not."""
OBJECT_WORDS = 4
"""Longest such object."""

_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being", "has", "have", "had"))

_UNANSWERED = re.compile(
    r"\bnot (?:\w+ )?(?:respond|repl|answer|return|explain|specify|elaborate|disclose"
    r"|identify(?! with))"
)
"""A missing answer is not a statement: "did not respond to a request for comment"."""
_REQUEST = re.compile(
    r"(?:to )?(?:[\w'’.-]+ ){0,6}(?:requests?|inquiry|inquiries|enquiries|calls|emails|messages)"
    r" (?:\w+ ){0,4}(?:comment|comments|interview|interviews)\b"
)
"""What a newsroom asked for: "Neither of them responded to a request for comment"."""
_QUESTION = re.compile(
    r"\bquestions? (?:now |then )?(?:is|are|was|were|remains?|becomes?|became)\b"
)
"""The author's question: "the question is whether the bridge will hold"."""
_WHATEVER = re.compile(
    r"(?:\b(?:everything|anything|nothing)|^(?:all|what))(?: that)? (?:[\w'.-]+ ){0,3}[\w'.-]+$"
)
"""Object of a verb of speech that is the subject of another: "everything Doe says is a lie"."""
_ABOUT = re.compile(r"\b(?:said|says?|saying) (?:of|about)$")
_APPROACHED = re.compile(r"\b(?:asked|contacted|approached|reached|pressed)$")
_FOR_COMMENT = re.compile(r"(?:.* )?for (?:an? |further )?(?:comments?|response|interview)$")
"""What a newsroom asked somebody for: "Acme was asked for comment"."""
_NONE_REPORTED = re.compile(r"no [a-z]")
"""Starts a report that there is nothing to report: "No injuries were reported"."""
_AT_FIGURE = re.compile(
    r" at (?:[a-z]+ ){0,2}(?:[£$€]?\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dozens|hundreds|thousands)"
)
"""Estimates: "put the number of dead at nine"."""
_REPORTING = frozenset(("put", "insistence", "asked", "asks", "wondered", "wonders", "warned"))
_UNREAL = re.compile(
    r"\b(?:not|never|nor|neither|to|would|could|may|might|can|should|will|is|are|was|were|be|been)\b"
    r"|n't"
)
"""In a cue: perhaps nobody said so, or nobody is named who did."""
_REFUSED = re.compile(r"\b(?:declin|refus)(?:e|es|ed|ing)$")
"""A refusal to do something is an attitude, in all eight of train."""
_AGAIN = re.compile(
    r"(?:it|this) (?:every|each|again|with|twice|like|and|yesterday|aloud|out loud|himself|herself"
    r"|themselves|to (?:the|an?|my|his|her|their|our|me|him|us|them|everyone|anyone))\b"
)
"""Refers to words said before: "she said it every morning"."""
SHOWN = 8
"""Words within which a clause that begins with "it" shows its verb: "it again is late"."""

NAME_WORDS = 3
"""Longest content in words that may be only a name."""
_FUNCTIONS = acts().empty | PREPOSITIONS
"""Words that alone say nothing: "it", "that, in"."""


class Weigher:
    """Computes the probabilities of OUTCOMES from a statement's parts.

    ``weights`` by name: "constant" (3,), and those of the signs "cue", "mention" and "content",
    each (signs, 3). If the model's evidence is weighed too, "seen" (SEEN, 3).
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self._cue = lru_cache(1 << 12)(self._of_cue)
        self._mention = lru_cache(1 << 12)(self._of_mention)

    def chances(
        self, article: Article, parts: Sequence[StatementParts], seen: Sequence[Floats]
    ) -> Floats:
        """Probabilities of OUTCOMES, (statements, 3); ``seen`` has a (SEEN,) row per statement, or
        is empty if the model did not read the article.
        """
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
    """Returns this package's weights for the extractor, read once."""
    path = resources.files(__package__) / "acts.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        named = (name.partition(".") for name in stored.files)
        return Weigher(
            {name: stored[f"{owner}.{name}"] for owner, _, name in named if owner == extractor}
        )


def tell_acts(
    article: Article, decisions: Sequence[Decision], weigher: Weigher, pointed: Pointed | None
) -> list[Decision]:
    """Returns the decisions with their acts; None means not a statement."""
    outcomes = [outcome_at_once(article, decision) for decision in decisions]
    open_at = [at for at, (_, is_settled) in enumerate(outcomes) if not is_settled]
    if open_at:
        weighed = [decisions[at] for at in open_at]
        seen = [] if pointed is None else [seen_of(pointed, one) for one in weighed]
        chances = weigher.chances(article, [parts_of(one) for one in weighed], seen)
        for at, row in zip(open_at, chances.tolist(), strict=True):
            says = has_verb_of_speech(cue_of(article, parts_of(decisions[at])))
            outcomes[at] = likeliest(row, decisions[at].form, says), True
    return [
        decision if act is Act.SPEECH else replace(decision, act=act)
        for decision, (act, _) in zip(decisions, outcomes, strict=True)
    ]


def likeliest(chances: Sequence[float], form: Form, says: bool) -> Act | None:
    """Outcome for one row of probabilities of OUTCOMES; ``says`` if the cue has a word of
    speech.
    """
    speech, _, nobodys = chances
    least_spoken = SPOKEN if says else SPOKEN_OTHERWISE
    if speech >= (SPOKEN_QUOTED if form is Form.MIXED else least_spoken):
        return Act.SPEECH
    least = QUOTED_NOBODYS if form is Form.MIXED else NOBODYS
    return None if nobodys >= least else Act.ATTITUDE


def outcome_at_once(article: Article, decision: Decision) -> tuple[Act | None, bool]:
    """The act (None: not a statement), and whether it is final without weighing."""
    proposal = decision.proposal
    if proposal.denied and _REQUEST.match(decision.spans[0].of(article.lowered)):
        return None, True
    if proposal.block or proposal.settled or proposal.denied or proposal.relay:
        return Act.SPEECH, True
    if _is_supposed(article, decision):
        return None, True
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
    if _QUESTION.search(cue_text) or _is_object_of(article, decision, cue_text):
        return None, True
    if _UNANSWERED.search(cue_text) or _is_of_a_work(article, decision):
        return None, True
    if is_topic(article, decision, cue_text):
        return None, True
    if cue_text in _SUPPOSED and _TO_BE.match(article.lowered, decision.spans[-1].start):
        return None, True
    text = decision.spans[0].of(article.flow)
    if cue_text in ("put", "puts") and _AT_FIGURE.search(text):
        return Act.SPEECH, True
    reported = text.startswith("that ") or _is_interrupted(decision, article)
    if reported and _reports(cue_text) and proposal.mention is not None:
        return Act.SPEECH, True
    return Act.SPEECH, cue_text in _SAYING and text.count(" ") >= ENOUGH_WORDS - 1


def _is_supposed(article: Article, decision: Decision) -> bool:
    """Whether the words are only supposed: "If Roe says “no”, the deal is dead", "Did Roe say
    “no”?".
    """
    mention, cue = decision.proposal.mention, decision.proposal.cue
    if mention is None or cue is None or not mention.start < cue.start < decision.spans[0].start:
        return False
    sentence = article.sentences[max(0, article.sentence_at(cue.start))]
    asks = _DID.search(article.lowered, max(0, mention.start - IF), mention.start)
    if asks or mention.of(article.lowered).startswith(("did ", "does ")):
        return sentence.of(article.flow).endswith("?")
    had = "had " if mention.of(article.lowered).startswith("had ") else ""
    before = article.lowered[max(0, mention.start - IF) : mention.start] + had
    return _IF.search(before) is not None and article.first_quotation(decision.spans[0]) is not None


IF = 12
"""Characters before a subject in which "even if" begins."""
_DID = re.compile(r"(?:^|[.!?:] |[“\"\n])(?:did|does|has|have) $")
_IF = re.compile(
    r"(?:^|[,.!?;–—-] |[“\"\n])(?:even )?(?:if|unless|should) $|(?:^|[.!?] |[“\"\n])had $"
)
_SUPPOSED = frozenset(("said", "believed", "thought", "reported", "rumoured", "rumored", "alleged"))
_TO_BE = re.compile(
    r"to (?:have|be (?!careful|there|ready|patient|quiet|home|back|on|kind|sure))\b"
)
"""Nobody says "a package said to be worth $9", but somebody "to be careful"."""


def _is_interrupted(decision: Decision, article: Article) -> bool:
    """Whether the clause is in commas within what is said: "Why, he asked, was it shut?"."""
    cue, spans = decision.proposal.cue, decision.spans
    if cue is None or len(spans) != 2 or not spans[0].end < cue.start < spans[1].start:
        return False
    return article.flow.startswith(", ", spans[0].end) and article.flow.endswith(
        ", ", 0, spans[1].start
    )


def _reports(cue: str) -> bool:
    """Whether "that" after the cue begins reported speech: "openly admitted", "put it to her", in
    all 106 of train with such a verb.
    """
    words = cue.split()
    verbs = (acts().verbs.get(word, ()) for word in words)
    says = any("say" in classes for classes in verbs) or not _REPORTING.isdisjoint(words)
    return says and _UNREAL.search(cue) is None


def _is_thought(article: Article, decision: Decision) -> bool:
    """Whether the cue is the verb of thinking in the quotation's sentence: "“I must go,” he
    thought".
    """
    cue, quoted = decision.proposal.cue, decision.spans[0]
    if cue is None or article.sentence_at(cue.start) != article.sentence_at(quoted.start):
        return False
    words = cue.of(article.lowered).split()
    if not _THOUGHT.isdisjoint(words):
        return "aloud" not in words and not article.lowered.startswith(" aloud", cue.end)
    if cue.start > quoted.start or len(quoted.of(article.flow).split()) > OBJECT_WORDS:
        return False
    verbs = acts().verbs
    classes = {name for word in words for name in verbs.get(word, ())}
    return not _OF_MIND.isdisjoint(classes) and _SAID.isdisjoint(classes)


def _says_nothing(article: Article, decision: Decision) -> bool:
    """Whether the content has no proposition: "It", "no such thing", "Donald Trump"."""
    words = " ".join(span.of(article.lowered) for span in decision.spans).split()
    alone = len(decision.spans) == 1 and FINITE.isdisjoint(words[:SHOWN])
    if alone and _AGAIN.match(" ".join(words[:4])):
        return True
    bare = [word.strip(",;") for word in words if word != "no"]
    if words != ["no"] and _FUNCTIONS.issuperset(bare):
        return True
    joined = " ".join(words)
    request = _REQUEST.match(joined)
    if request and FINITE.isdisjoint(joined[request.end() :].split()):
        return True
    if ANONYMOUS.match(joined) or _is_state(article, decision):
        return True
    cue = decision.proposal.cue
    asked = cue is not None and _APPROACHED.search(article.lowered, cue.start, cue.end)
    if asked and _FOR_COMMENT.fullmatch(joined):
        return True
    if len(words) > NAME_WORDS or len(decision.spans) > 1:
        return False
    names = decision.spans[0].of(article.flow).split()
    return all(word[0].isupper() for word in names) and _is_in_lower_case(article, decision)


def _is_state(article: Article, decision: Decision) -> bool:
    """Whether it is a state after a passive verb, without a speaker: "Was found guilty", "were
    reported missing", and "No injuries were reported".
    """
    cue, last = decision.proposal.cue, decision.spans[-1]
    if cue is None or decision.proposal.mention is not None:
        return False
    if cue.of(article.lowered).endswith("reported"):
        first = decision.spans[0]
        if first.end <= cue.start and _NONE_REPORTED.match(article.lowered, first.start):
            return True
    if last.start < cue.end:
        return False
    cue_words, state = (
        cue.of(article.lowered).split(),
        last.of(article.lowered).split(maxsplit=1)[0],
    )
    passive = cue_words[0] in _BEING and not cue_words[-1].endswith("ing")
    return passive and state.strip(",.;") in acts().states


def _is_object_of(article: Article, decision: Decision, cue: str) -> bool:
    """Whether the content is a verb whose subject was said, "everything Doe says is a lie", or only
    what was spoken about: "said of the ferry".
    """
    mention, first = decision.proposal.mention, decision.spans[0]
    words = first.of(article.lowered).split()
    if _ABOUT.search(cue):
        return FINITE.isdisjoint(words)
    if mention is None or words[0] not in _BEING or cue not in _SAYING:
        return False
    sentence = article.sentences[max(0, article.sentence_at(mention.start))]
    return _WHATEVER.search(article.lowered[sentence.start : mention.end]) is not None


def _is_of_a_work(article: Article, decision: Decision) -> bool:
    """Whether it describes a work's subject and makes no claim: "The film tells the story of a
    miner".
    """
    mention, cue = decision.proposal.mention, decision.proposal.cue
    words = [] if mention is None else mention.of(article.lowered).split()
    if not words or words[-1] not in acts().works:
        return False
    if cue is not None and cue.of(article.lowered) == "according to":
        return False
    return not any(CLAUSE.search(span.of(article.lowered)) for span in decision.spans)


def _is_in_lower_case(article: Article, decision: Decision) -> bool:
    """Whether the cue has no capital, as it would have in a headline."""
    cue = decision.proposal.cue
    return cue is not None and cue.of(article.flow).islower()


def parts_of(decision: Decision) -> StatementParts:
    """The parts of a decision that its signs are computed from."""
    proposal = decision.proposal
    return StatementParts(
        decision.spans, decision.quoted, decision.form, proposal.cue, proposal.mention
    )


def cue_of(article: Article, parts: StatementParts) -> str:
    """The cue's text in lower case, or ""."""
    return "" if parts.cue is None else parts.cue.of(article.lowered)


def mention_of(article: Article, parts: StatementParts) -> str:
    """The mention's text as written, or an empty string."""
    return "" if parts.mention is None else parts.mention.of(article.flow)


_UNSEEN = np.zeros(HEADS, np.float16)


def seen_of(pointed: Pointed, decision: Decision) -> Floats:
    """The model's evidence, (SEEN,); zeros for a cue or content that the network did not find."""
    proposal = decision.proposal
    cue = None if proposal.cue is None else pointed.cues.get(proposal.cue.start)
    content = pointed.contents.get(proposal.spans[0].start)
    sure = np.array([log(proposal.confidence + UNSURE)], np.float32)
    heads = (_UNSEEN if half is None else half for half in (cue, content))
    seen: Floats = np.concatenate([sure, *heads], dtype=np.float32)
    return seen
