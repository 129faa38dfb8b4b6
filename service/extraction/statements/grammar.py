"""Grammar: the noun phrase before or after a cue, read off closed word classes.

Uses no parser: phrases end at punctuation, conjunctions and verbs from the lexicon. Word classes
are in lexicon/grammar.toml.
"""

from collections.abc import Sequence

from service.extraction.lexicon import cues, load
from service.extraction.lexicon.people import people, word_class
from service.extraction.statements.tokens import Token

PARENTHESIS_TOKENS = 30
"""Longest apposition between a name and its verb that is skipped."""
PHRASE_TOKENS = 14
INVERTED_TOKENS = 24
NAME_TOKENS = 5
TITLE_TOKENS = 5
"""Lower-case words before a name that describe its bearer."""

_BEFORE_A_CLAUSE = frozenset(("last", "earlier", "speaking", "asked"))
_SENTENCE_MARKS = frozenset('.;:!?“”"—–,()«»„') | {"--", "``", "''"}

_CLASSES = {name: frozenset(listed.split()) for name, listed in load("grammar.toml").items()}

ADVERBS = _CLASSES["adverbs"]
AUXILIARIES = _CLASSES["auxiliaries"]
BREAKERS = _CLASSES["breakers"]
DAYS = _CLASSES["days"]
DEMONSTRATIVES = _CLASSES["demonstratives"]
DETERMINERS = _CLASSES["determiners"]
FINITE = _CLASSES["finite"]
NEGATIONS = _CLASSES["negations"]
NOT_ADVERBS = _CLASSES["not_adverbs"]
OPENERS = _CLASSES["openers"]
PREPOSITIONS = _CLASSES["prepositions"]
PRONOUNS = _CLASSES["pronouns"]
_ADVERBIALS = AUXILIARIES | FINITE | ADVERBS | NEGATIONS
_NO_TITLE = PREPOSITIONS | PRONOUNS | BREAKERS | DETERMINERS | DAYS
_FIELDS = word_class("fields")
_REPORT = cues().report
_SPOKEN = cues().act | _REPORT


def is_adverbial(token: Token) -> bool:
    """Whether the word may come between a subject and its verb: an auxiliary, adverb or
    negation.
    """
    word = token.word
    return word in _ADVERBIALS or (
        word.endswith("ly") and not token.capital and word not in NOT_ADVERBS
    )


def is_verb(token: Token) -> bool:
    """Whether the word is a verb, which a subject's phrase cannot contain."""
    return token.word in FINITE or (
        not token.capital and token.word in _REPORT and not token.word.endswith("ing")
    )


def is_main_verb(token: Token) -> bool:
    """Whether the word, after a name or the comma of an aside, is a verb in the past or finite."""
    verb = token.word in FINITE or token.word in _SPOKEN or token.word.endswith("ed")
    return verb and not token.capital and not token.word.endswith("ing")


def subject_before(tokens: Sequence[Token], cue: int) -> tuple[int, int] | None:
    """Token range of the noun phrase whose verb is at ``cue``, or None."""
    last = cue - 1
    while last >= 0 and is_adverbial(tokens[last]) and tokens[last].quote < 0:
        last -= 1
    if last < 0:
        return None
    if tokens[last].text in (",", "–", "—", ")") or tokens[last].text == "--":
        return _before_parenthesis(tokens, last)
    first = _phrase_start(tokens, last)
    return None if first is None else (_with_name(tokens, first), last + 1)


def _with_name(tokens: Sequence[Token], first: int) -> int:
    """Start of the phrase extended to a name before it: "Karin Holm, a spokeswoman for the port in
    Malmo said", without a comma after the apposition.
    """
    if first < 2 or tokens[first - 1].text != "," or not _describes(tokens[first]):
        return first
    comma = start = first - 1
    while start > 0 and comma - start < NAME_TOKENS and _is_of_name(tokens[start - 1]):
        start -= 1
    if start == comma or not tokens[start].capital:
        return first
    quoted = start > 0 and tokens[start - 1].quote >= 0
    opens = start == 0 or tokens[start - 1].text in ";:—–"
    lexicon = people()
    word = tokens[start].word.strip(".")
    signs = (lexicon.first_names, lexicon.honorifics, lexicon.titles)
    named = comma - start > 1 and any(word in listed for listed in signs)
    return start if quoted or (opens and named) else first


def _describes(token: Token) -> bool:
    lexicon = people()
    word = token.word
    return word in DETERMINERS or word in lexicon.roles or word in lexicon.modifiers


def _is_of_name(token: Token) -> bool:
    return token.quote < 0 and (token.capital or token.word in people().particles)


def _before_parenthesis(tokens: Sequence[Token], close: int) -> tuple[int, int] | None:
    """Token range of the noun phrase before a parenthesis: "X, the Y of Z, said"."""
    mark = "(" if tokens[close].text == ")" else tokens[close].text
    found: tuple[int, int] | None = None
    for at in range(close - 1, max(0, close - PARENTHESIS_TOKENS), -1):
        token = tokens[at]
        if token.quote >= 0 and found is None and _is_short(tokens, at):
            continue
        if token.quote >= 0 or token.text in ".;:!?":
            break
        if token.text != mark or not (tokens[at - 1].is_word or tokens[at - 1].text == ")"):
            continue
        first = _phrase_start(tokens, at - 1)
        if first is None or not (
            tokens[first].capital
            or tokens[first].word in DETERMINERS
            or tokens[first].word in PRONOUNS
        ):
            continue
        apart = _is_aside(tokens[at + 1]) or tokens[close - 1].quote >= 0
        found = (first, at if apart else close + (mark == "("))
        if first == 0 or tokens[first - 1].quote >= 0 or tokens[first - 1].text in ";:":
            break
    return found


def _is_short(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation is a name within the parenthesis: "Roe, known as “the Axe”, said"."""
    return tokens[max(0, at - TITLE_TOKENS)].quote != tokens[at].quote


def _is_aside(token: Token) -> bool:
    """Whether the words are an aside that does not describe the speaker: ", in turn," and ",
    speaking in Moscow,".
    """
    return (
        token.word in PREPOSITIONS
        or token.word.endswith(("ing", "ly"))
        or token.word in OPENERS
        or (token.word in BREAKERS and token.word not in ("who", "whose"))
    )


def _phrase_start(tokens: Sequence[Token], last: int) -> int | None:
    """Start of the noun phrase that ends with token ``last``, or None."""
    token = tokens[last]
    if token.quote >= 0:
        return None
    if token.word in PRONOUNS or token.word in DEMONSTRATIVES:
        return last
    if token.text == ")":
        opening = _opening_bracket(tokens, last)
        return None if opening is None else _phrase_start(tokens, opening - 1)
    if not token.is_word or token.word in BREAKERS or token.word in ("and", "to"):
        return None
    first = last
    while first > 0 and last - first < PHRASE_TOKENS and _joins(tokens, first - 1):
        first -= 1
    return _without_opening(tokens, first, last)


def _opening_bracket(tokens: Sequence[Token], close: int) -> int | None:
    for at in range(close - 1, max(0, close - PHRASE_TOKENS), -1):
        if tokens[at].text == "(":
            return at
    return None


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase extends to the left across this token."""
    token = tokens[at]
    if token.quote >= 0:
        return False
    if token.text in _SENTENCE_MARKS:
        return token.text == "," and at > 0 and _lists_fields(tokens[at - 1], tokens[at + 1])
    if token.word == "and":
        return at > 0 and tokens[at - 1].capital and (tokens[at + 1].capital or at == 1)
    if token.word in PRONOUNS or token.word in BREAKERS:
        return False
    return not is_verb(token)


def _lists_fields(before: Token, after: Token) -> bool:
    """Whether the comma between them is part of a body's name: "Department for Environment, Food
    and Rural Affairs".
    """
    return all(one.capital and one.word in _FIELDS for one in (before, after))


def _without_opening(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Start of the phrase without "And", "Later" or "In a statement" before the name."""
    while first < last and tokens[first].word in OPENERS:
        first += 1
    prepositions, determiners = PREPOSITIONS, DETERMINERS
    if tokens[first].word in prepositions or tokens[first].word in _BEFORE_A_CLAUSE:
        for at in range(last, first, -1):
            before = tokens[at - 1]
            if not (tokens[at].capital or tokens[at].word in determiners):
                continue
            if not (before.capital or before.word in prepositions or before.word in determiners):
                return at
        return None
    return first


def subject_after(tokens: Sequence[Token], cue: int) -> tuple[int, int] | None:
    """Token range of the noun phrase right after the verb, or None: "said X, the Y of Z"."""
    first = cue + 1
    if first >= len(tokens) or tokens[first].quote >= 0:
        return None
    token = tokens[first]
    if token.word in {"he", "she", "they"}:
        return first, first + 1
    named = token.capital or token.word in DETERMINERS or _titles_a_name(tokens, first)
    if token.word == "that" or not named:
        return None
    last = first
    while last < len(tokens) and last - first < INVERTED_TOKENS and _runs_on(tokens, last):
        last = _closing_bracket(tokens, last) if tokens[last].text == "(" else last + 1
    return (first, last) if last > first else None


def _titles_a_name(tokens: Sequence[Token], first: int) -> bool:
    """Whether the words are a title before a name: "lead author Jane Doe", "union leader Fay
    Boyd".
    """
    lexicon = people()
    for at in range(first, min(len(tokens), first + TITLE_TOKENS)):
        token = tokens[at]
        if token.capital:
            before = tokens[at - 1].word
            return at > first and (before in lexicon.roles or before in lexicon.modifiers)
        if not token.is_word or token.word in _NO_TITLE or is_verb(token):
            return False
    return False


def _closing_bracket(tokens: Sequence[Token], opening: int) -> int:
    """Index after the closing bracket; after the opening one if it is never closed."""
    for at in range(opening, min(len(tokens), opening + PHRASE_TOKENS)):
        if tokens[at].text == ")":
            return at + 1
    return opening + 1


def _runs_on(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.quote >= 0 or token.text in (".", ";", ":", "!", "?", "—", "–", "--"):
        return False
    if is_verb(token):
        return False
    if token.text == ",":
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is None or after.quote >= 0:
            return False
        return not (
            after.word in BREAKERS
            or after.word in PRONOUNS
            or after.word in FINITE
            or after.word in ("in", "on", "and")
            or after.word.endswith("ing")
        )
    if token.word in BREAKERS and token.word != "as":
        return False
    return token.word not in DAYS and token.word not in ("in", "on", "during", "at")


def opening_subject(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Token range of the noun phrase that opens a sentence, the subject of a later "..., and
    announced"; None without one.
    """
    first = _after_label(tokens)
    while first < len(tokens) and (tokens[first].word in OPENERS or tokens[first].text == ","):
        first += 1
    while first < len(tokens) and tokens[first].word in PREPOSITIONS:
        comma = next((i for i in range(first, len(tokens)) if tokens[i].text == ","), None)
        if comma is None:
            return None
        first = comma + 1
    last = first
    while last < len(tokens) and last - first < PHRASE_TOKENS and _in_opening(tokens, first, last):
        last += 1
    while last > first and not (
        tokens[last - 1].capital or tokens[first].word in DETERMINERS or last - first == 1
    ):
        last -= 1
    if last == first or not _may_name(tokens[first]):
        return None
    return first, last


def _after_label(tokens: Sequence[Token]) -> int:
    """Index after a place in capitals: "SYDNEY: The bank left rates alone and warned"."""
    for at, token in enumerate(tokens[:NAME_TOKENS]):
        if token.text == ":":
            return at + 1
        if not token.text.isupper():
            break
    return 0


def _may_name(token: Token) -> bool:
    word = token.word
    return not (
        word in OPENERS
        or (word in BREAKERS and word != "who")
        or word in PREPOSITIONS
        or word in ADVERBS
        or word.endswith("ing")
    )


def _in_opening(tokens: Sequence[Token], first: int, at: int) -> bool:
    token = tokens[at]
    if at == first:
        return token.is_word and token.quote < 0
    if tokens[first].word in PRONOUNS:
        return False
    if token.quote >= 0 or not token.is_word or is_verb(token) or is_adverbial(token):
        return False
    if token.capital or token.word in {"and", "of", "the", "for"} or token.word in people().roles:
        return True
    return tokens[first].word in DETERMINERS and not _is_finite(token)


def _is_finite(token: Token) -> bool:
    return token.word.endswith("ed") or token.word in _SPOKEN
