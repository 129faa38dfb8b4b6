"""Act signs: the evidence that tells speech, attitudes and non-statements apart.

Each sign is a number of about 0 to 3, named and explained where it is computed. Signs describe the
cue, the mention and the content, each by itself, and their positions; the weight of each is learned
(acts.py).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from service.domain import Form, Span
from service.extraction.lexicon.acts import acts
from service.extraction.page.layout import Article
from service.extraction.statements.grammar import DETERMINERS, FINITE, NEGATIONS

Signs = tuple[float, ...]

_WORD = re.compile(r"[a-z][a-z-]*|'[a-z]+")
_BE = frozenset(("am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m")) | {
    "remain", "remains", "remained",
}  # fmt: skip
_HAVE = frozenset(("has", "have", "had", "'ve"))
_MODALS = frozenset(
    ("will", "would", "can", "could", "may", "might", "must", "shall", "should", "'ll", "'d")
)
_NOT = NEGATIONS | {"none", "nothing", "nobody", "without", "hardly", "little"}
_SAYING = frozenset(("say", "says", "said", "saying", "tell", "tells", "told", "telling")) | {
    "according", "add", "adds", "added", "adding", "asked",
}  # fmt: skip
_HEARSAY = frozenset(("reportedly", "allegedly", "supposedly", "apparently"))
_AFTER = (
    "to", "of", "for", "about", "on", "against", "with", "as", "in", "at", "by", "over", "from",
    "into", "that",
)  # fmt: skip
"""Words a cue may end with: "is expected to", "was accused by"."""


class _Cue(NamedTuple):
    """A cue's words in lower case; ``known`` are those that are verbs of a class."""

    words: tuple[str, ...]
    known: tuple[str, ...]

    def has(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)


_CUE: Mapping[str, Callable[[_Cue], float]] = {
    # "Is said", "are worried": a form of "to be".
    "be": lambda cue: cue.has(_BE),
    # "Has said".
    "have": lambda cue: cue.has(_HAVE) and not cue.has(_BE),
    # "Would say", "will allow": perhaps never happened.
    "modal": lambda cue: cue.has(_MODALS),
    # "Did not say", "never thought".
    "negated": lambda cue: cue.has(_NOT),
    # "Was denied", "is thought": done to the subject.
    "passive": lambda cue: any(
        one in _BE and other.endswith(("ed", "wn", "en", "ght"))
        for one, other in pairwise(cue.words)
    ),
    # "Accused".
    "past": lambda cue: any(word.endswith("ed") for word in cue.words),
    # "Saying", "referring to": depends on another clause.
    "participle": lambda cue: cue.words[:1] != () and cue.words[0].endswith("ing"),
    # "To endorse": intended, not done.
    "infinitive": lambda cue: cue.words[:1] == ("to",),
    # "A debate over": a noun, not a verb.
    "noun": lambda cue: cue.words[:1] != () and cue.words[0] in DETERMINERS,
    # Not a word but a colon.
    "mark": lambda cue: not cue.words,
    # "It emerged", "it is not clear": without a subject.
    "it": lambda cue: "it" in cue.words,
    # "There are fears".
    "there": lambda cue: "there" in cue.words,
    # The number of words: longer cues are less typical.
    "words": lambda cue: min(len(cue.words), 8) / 2,
    # None of its words is in a list.
    "unknown": lambda cue: not cue.known and acts().nouns.keys().isdisjoint(cue.words),
    # "Said", "told", "according to".
    "plain": lambda cue: cue.has(_SAYING),
    # "Reportedly": said by an unnamed source.
    "hearsay": lambda cue: cue.has(_HEARSAY),
    # "Continued to argue", "failed to say".
    "several": lambda cue: len(cue.known) > 1,
    # "Voiced opposition to", "issued a denial": a verb with a noun of speech.
    "voiced": lambda cue: _holds(cue, "utter") and any(word in acts().nouns for word in cue.words),
    # "Repeatedly", "strongly".
    "adverb": lambda cue: any(word.endswith("ly") for word in cue.words),
}


def _holds(cue: _Cue, name: str) -> bool:
    return any(name in acts().verbs[word] for word in cue.known)


def _cue(text: str) -> _Cue:
    words = tuple(_WORD.findall(text.replace("n't", " not").replace("cannot", "can not")))
    auxiliaries = _BE | _HAVE | _MODALS
    verbs = acts().verbs
    return _Cue(words, tuple(word for word in words if word in verbs and word not in auxiliaries))


@lru_cache(1 << 12)
def cue_signs(text: str) -> Signs:
    """Signs of a cue; ``text`` is in lower case, with straight apostrophes."""
    lexicon, cue = acts(), _cue(text)
    verbs = [lexicon.verbs[word] for word in cue.known] or [frozenset()]
    first, last = verbs[0], verbs[-1]
    nouns = {name for word in cue.words for name in lexicon.nouns.get(word, ())}
    return (
        # the class of its first and of its last verb: "fears", "refused to", "seem to agree"
        *(float(name in first) for name in lexicon.verb_classes),
        *(float(name in last) for name in lexicon.verb_classes),
        # nouns and adjectives: "in hopes of", "is confident"
        *(float(name in nouns) for name in lexicon.noun_classes),
        # what follows it: "expected to", "denied by"
        *(float(cue.words[-1:] == (word,)) for word in _AFTER),
        *(float(sign(cue)) for sign in _CUE.values()),
    )


_OF_SPEECH = frozenset(("say", "write", "judge", "urge", "promise", "show", "expect"))
"""Classes of verbs that report speech even without a named subject."""


_SAID_OR_SHOWN = frozenset(("say", "write", "judge", "urge", "promise", "show"))


@lru_cache(1 << 12)
def has_verb_of_speech(text: str) -> bool:
    """Whether a word of the cue is a verb or noun of speech: "went on to argue", "according to"."""
    lexicon, cue = acts(), _cue(text)
    if cue.has(_SAYING) or any(not _SAID_OR_SHOWN.isdisjoint(lexicon.verbs[w]) for w in cue.known):
        return True
    return any("speech" in lexicon.nouns.get(word, ()) for word in cue.words)


_DEED = re.compile(
    r"\bcalled off\b|\brespond(?:s|ed|ing)? to (?:(?:an?|the|several|multiple|numerous) )?"
    r"(?:[\w-]+ ){0,2}?(?:(?:calls?|alarms?)(?: about| of)?|reports? of)$"
)
"""Words of speech for what was done: crews respond to a call, a match is called off."""
_UNSAID = re.compile(r"(?:\bnot|n't) (?:yet )?(?:been |be )?(?:\w+ly )?(?!expected)[a-z]+ed$")
"""What nobody did: "was not confirmed", "has not yet been officially identified"."""


@lru_cache(1 << 12)
def tells_nothing(text: str, named: bool) -> bool:
    """Whether the cue alone shows that it reports no statement: "is thought to" and "is believed
    to" of unnamed people, "is charged with", "was convicted by", which are not speech, "was not
    confirmed", "responded to a call" and "it seems".
    """
    cue, lexicon = _cue(text), acts()
    classes = {name for word in cue.known for name in lexicon.verbs[word]}
    if _DEED.search(text) is not None:
        return True
    if not named and _UNSAID.search(text) is not None:
        return True
    if not _CUE["passive"](cue):
        return classes == {"seem"}
    unnamed = not named and cue.words[-1] != "by" and bool(classes)
    untold = classes.isdisjoint(_OF_SPEECH) or "believed" in cue.words
    if not named and "charged" in cue.words:
        return True
    return (unnamed and untold) or not lexicon.done.isdisjoint(cue.words)


class _Mention(NamedTuple):
    text: str
    words: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.words[0] if self.words else ""


_MENTION: Mapping[str, Callable[[_Mention], float]] = {
    # Nobody is named.
    "none": lambda mention: not mention.words,
    # "He", "she": a person.
    "he": lambda mention: mention.first in ("he", "she"),
    # "I", "we", "you": the author, or a speaker in a quotation.
    "i": lambda mention: mention.first in ("i", "we", "you"),
    "they": lambda mention: mention.first == "they",
    "it": lambda mention: mention.first == "it",
    # "Who", "which" alone: in a relative clause.
    "which": lambda mention: mention.words in (("who",), ("which",), ("that",), ("whose",)),
    # "This suggests": what was just reported, not a person.
    "this": lambda mention: mention.first in ("this", "that", "these", "those"),
    # "The survey", "court papers".
    "document": lambda mention: not acts().documents.isdisjoint(mention.words),
    # "Many", "some analysts".
    "anybody": lambda mention: not acts().anybody.isdisjoint(mention.words),
    # Contains a name.
    "capital": lambda mention: any(map(str.isupper, mention.text)) and mention.first != "i",
    "article": lambda mention: mention.first in ("the", "a", "an"),
    "words": lambda mention: min(len(mention.words), 10) / 3,
    "lower": lambda mention: mention.text.islower(),
    # "NATO", "THE MAYOR".
    "upper": lambda mention: mention.text.isupper() and len(mention.text) > 1,
}


@lru_cache(1 << 12)
def mention_signs(text: str) -> Signs:
    """Signs of a mention; ``text`` is as written in the article, or "" without a mention."""
    words = (word.strip(".,'\"()") for word in text.lower().replace("’", "'").split())
    mention = _Mention(text, tuple(words))
    return tuple(float(sign(mention)) for sign in _MENTION.values())


_SUBJECTS = frozenset(("he", "she", "they", "it", "we", "i", "you", "there"))
_QUESTION = frozenset(
    ("whether", "how", "what", "why", "who", "where", "if", "when", "which", "whom")
)
_LOOSE = frozenset(
    ("and", "or", "but", "of", "to", "the", "in", "for", "with", "that", "as", "is", "by")
)
_POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our"))
_PAST = frozenset(("was", "were", "had", "did"))
_CONTRACTED = re.compile(r"\w(?:n't|'(?:s|re|ll|d|ve))\b")
_WITHOUT_MARKS = str.maketrans(dict.fromkeys('.,;:?!()"“”'))
READ = 240
"""Characters of a content that are read: the length of speech says nothing about its act."""


class StatementParts(NamedTuple):
    """The parts of a statement that the signs are computed from."""

    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]
    form: Form
    cue: Span | None
    mention: Span | None


class ContentSigns(NamedTuple):
    """Signs of a statement's content."""

    words: float
    one_word: float
    few_words: float
    short: float
    long: float
    finite: float
    """It has a verb that is surely finite, and so a proposition."""
    that: float
    infinitive: float
    """ "To retire"."""
    question: float
    """ "Whether ...", "how ..."."""
    question_within: float
    article: float
    subject: float
    """It begins with a pronoun."""
    subject_within: float
    capital: float
    begins_as: float
    participle: float
    name: float
    """All of it has capitals, and the cue has none: "Mike Pence"."""
    breaks_off: float
    """ "... and"."""
    number: float
    plural: float
    empty: float
    """ "It", "no such thing"."""
    possessive: float
    modal: float
    past: float
    verb_first: float
    thing: float
    """"A picture taken with a phone": made, not said."""


class PlaceSigns(NamedTuple):
    """Signs of the positions of a statement's parts."""

    before: float
    """The content is before the cue."""
    around: float
    beside: float
    apart: float
    after_comma: float
    after_that: float
    quoted: float
    """The quoted share of it."""
    mixed: float
    pieces: float
    ends_sentence: float
    in_title: float
    in_capitals: float
    title_case: float
    short_sentence: float
    sentence: float
    no_stop: float
    unled: float
    """The cue is capitalised and has no mention."""
    asks: float
    cue_quoted: float
    mention_after: float
    mention_far: float
    opening: float


def content_signs(article: Article, parts: StatementParts) -> ContentSigns:
    """Signs of the content, by its first words and its last."""
    start, end = parts.spans[0].start, parts.spans[-1].end
    text = article.lowered[start : min(end, start + READ)]
    words = text.translate(_WITHOUT_MARKS).split() or [""]
    every, first, count = frozenset(words), words[0], len(words)
    lexicon = acts()
    capital = parts.cue is not None and article.flow[parts.cue.start].isupper()
    return ContentSigns(
        sqrt(min(count, 40)),
        count == 1,
        2 <= count <= 3,
        4 <= count <= 6,
        count > 14,
        not FINITE.isdisjoint(every) or ("'" in text and _CONTRACTED.search(text) is not None),
        first == "that",
        first == "to",
        first in _QUESTION,
        not _QUESTION.isdisjoint(words[1:]),
        first in ("the", "a", "an"),
        first in _SUBJECTS,
        not _SUBJECTS.isdisjoint(words[:-1]),
        article.flow[start].isupper(),
        first == "as",
        first.endswith("ing"),
        count <= NAME and not capital and _is_name(article.flow[start:end]),
        words[-1] in _LOOSE,
        any(map(str.isdigit, text)),
        first.endswith("s"),
        first != "no" and lexicon.empty.issuperset(words),
        first in _POSSESSIVE,
        not _MODALS.isdisjoint(every),
        not _PAST.isdisjoint(every),
        first in FINITE,
        not lexicon.things.isdisjoint(words[:4]),
    )


NAME = 6
"""Longest name in words."""
FAR = 30
"""Characters between a subject and its verb that are more than an adverb."""
BESIDE, APART = 2, 12
"""Characters between the cue and the content: a comma, or more than one word."""
HEADLINE = 90
"""Characters of a sentence that are checked for title case."""


def _is_name(text: str) -> bool:
    return all(word[:1].isupper() or word in ("of", "the", "and") for word in text.split())


def place_signs(article: Article, parts: StatementParts) -> PlaceSigns:
    """Signs of the positions of content, cue and mention."""
    cue, mention, flow = parts.cue, parts.mention, article.flow
    start, end = parts.spans[0].start, parts.spans[-1].end
    anchor = cue or parts.spans[0]
    number = article.sentence_at(anchor.start)
    sentence = article.sentences[number].of(flow) if number >= 0 else ""
    spaces = sentence.count(" ")
    after = -1 if cue is None else start - cue.end
    before = cue is not None and end <= cue.start
    length = max(1, end - start)
    gap = None if cue is None or mention is None else cue.start - mention.end
    return PlaceSigns(
        before,
        cue is not None and start < cue.start and not before,
        0 <= after <= BESIDE,
        after > APART,
        flow.startswith(",", max(0, start - 2)),
        article.lowered.endswith("that ", 0, start),
        sum(span.end - span.start for span in parts.quoted) / length,
        parts.form is Form.MIXED,
        len(parts.spans) > 1,
        flow[end : end + 1] in (".", "\n", ""),
        article.title is not None and article.title.overlaps(anchor),
        sentence.isupper(),
        spaces > 2 and _is_title_case(sentence[:HEADLINE].split()),
        spaces < 7,
        sqrt(min(spaces + 1, 50)),
        sentence[-1:] not in _STOPS,
        cue is not None and mention is None and flow[cue.start].isupper(),
        sentence.endswith("?"),
        cue is not None and article.is_quoted(cue.start),
        gap is not None and gap < 0,
        gap is not None and gap > FAR,
        article.paragraph_at(anchor.start) <= 1,
    )


_STOPS = frozenset(".!?\"”’'")


def _is_title_case(words: Sequence[str]) -> bool:
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def names() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names of the cue's signs, the mention's and the content's, in their order."""
    lexicon = acts()
    return (
        (
            *(f"begins_{name}" for name in lexicon.verb_classes),
            *(f"ends_{name}" for name in lexicon.verb_classes),
            *(f"holds_{name}" for name in lexicon.noun_classes),
            *(f"then_{word}" for word in _AFTER),
            *_CUE,
        ),
        tuple(_MENTION),
        (*ContentSigns._fields, *PlaceSigns._fields),
    )
