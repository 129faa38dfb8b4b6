"""Flags: changes of words that a reader must look at.

Each changed stretch is judged by itself, so that a "not" that moves from one clause to another is
flagged as well as one that is added. A flag asks for a look; whether the meaning changed is not
decided here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from service.verification.comparing.alignment import Step
from service.verification.findings import DiffOp, Flag
from service.verification.texts import lexicon
from service.verification.texts.opposites import are_opposites
from service.verification.texts.tenses import differ_in_tense
from service.verification.texts.words import Folded

_NEGATIVE = lexicon.NEGATIONS | lexicon.NEGATIVE_VERBS


def flags_of(
    claimed: Folded, text: Folded, steps: Sequence[Step], names: frozenset[str]
) -> set[Flag]:
    """Flags of all changes; ``names`` are folded words known as names, for those that begin a
    sentence.
    """
    flags: set[Flag] = set()
    for step in steps:
        if step.op is not DiffOp.EQUAL:
            flags |= _flags_of_step(claimed, text, step, names)
    return flags | _of_places(claimed, text, steps)


def bearing(words: Iterable[str]) -> set[Flag]:
    """Flags of omitted words: a negation, a condition, a number."""
    units = _units(words)
    found = {
        Flag.NEGATION: _count(units, _NEGATIVE) > 0,
        Flag.CONDITION: any(unit in lexicon.CONDITIONS for unit in units),
        Flag.NUMBER: bool(_numbers(units)),
    }
    return {flag for flag, there in found.items() if there}


def is_negation(word: str) -> bool:
    """Whether it is a negation, also in a contraction."""
    return any(unit in lexicon.NEGATIONS for unit in _units([word]))


def _flags_of_step(claimed: Folded, text: Folded, step: Step, names: frozenset[str]) -> set[Flag]:
    ours = claimed.words[step.i1 : step.i2]
    theirs = text.words[step.j1 : step.j2]
    if step.elided:
        return bearing(theirs) if step.op is DiffOp.DELETE else set()
    left, right = _units(ours), _units(theirs)
    found = {
        Flag.NEGATION: _count(left, _NEGATIVE) != _count(right, _NEGATIVE)
        or _opposites(ours, theirs),
        Flag.CONDITION: _those(left, lexicon.CONDITIONS) != _those(right, lexicon.CONDITIONS),
        Flag.NUMBER: _numbers(left) != _numbers(right),
        Flag.MODAL: _those(left, lexicon.MODALS) != _those(right, lexicon.MODALS),
        Flag.NAME: _names(claimed, step.i1, step.i2, names)
        != _names(text, step.j1, step.j2, names),
    }
    flags = {flag for flag, there in found.items() if there}
    called = {*_names(claimed, step.i1, step.i2, names), *_names(text, step.j1, step.j2, names)}
    return flags | _of_words(left, right, called)


def _of_words(left: Sequence[str], right: Sequence[str], names: set[str]) -> set[Flag]:
    """Flag of a replacement, apart from negations, numbers and names."""
    ours, theirs = Counter(left) - Counter(right), Counter(right) - Counter(left)
    pairs = [(one, other) for one in ours for other in theirs]
    if any(are_opposites(one, other) for one, other in pairs):
        return {Flag.OPPOSITE}
    if any(differ_in_tense(one, other) for one, other in pairs):
        return {Flag.TENSE}
    telling = {word for pair in pairs for word in pair if _tells(word)}
    return {Flag.WORD} if telling - names else set()


def _tells(word: str) -> bool:
    if word in lexicon.FUNCTION_WORDS or word in lexicon.GRAMMAR_WORDS or word in _NEGATIVE:
        return False
    return _value(word) is None and not _counts(word)


def _of_places(claimed: Folded, text: Folded, steps: Sequence[Step]) -> set[Flag]:
    """Flags of words moved, omitted and added."""
    changed = [step for step in steps if step.op is not DiffOp.EQUAL and not step.elided]
    put_in = Counter(word for step in changed for word in claimed.words[step.i1 : step.i2])
    left_out = Counter(word for step in changed for word in text.words[step.j1 : step.j2])
    moved = put_in & left_out
    flags: set[Flag] = set()
    if 2 * moved.total() > min(put_in.total(), left_out.total()):
        flags.add(Flag.ORDER)
        put_in, left_out = put_in - moved, left_out - moved
    if any(_more(left_out, text.words[s.j1 : s.j2], s.i2 - s.i1) for s in changed):
        flags.add(Flag.OMISSION)
    if any(_more(put_in, claimed.words[s.i1 : s.i2], s.j2 - s.j1) for s in changed):
        flags.add(Flag.ADDITION)
    return flags


def _more(gone: Counter[str], words: Sequence[str], instead: int) -> bool:
    """Whether words are missing without others for them; one for two is another wording."""
    return len(words) > instead + bool(instead) and any(gone[word] for word in words)


_SHORT = {"ll": "will", "d": "would", "re": "are", "ve": "have", "m": "am"}
_FULL = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}


def _units(words: Iterable[str]) -> list[str]:
    """The words with contractions expanded.

    >>> _units(["won't", "cannot", "we'll"])
    ['will', 'not', 'can', 'not', 'we', 'will']
    """
    return [unit for word in words for unit in _apart(word)]


def _apart(word: str) -> Iterator[str]:
    start, apostrophe, end = word.rpartition("'")
    if word == "cannot":
        yield from ("can", "not")
    elif word in lexicon.WITHOUT_APOSTROPHE:
        yield from (_FULL.get(word[:-2], word[:-2]), "not")
    elif apostrophe and end == "t" and start.endswith("n"):
        yield from (_FULL.get(start[:-1], start[:-1]), "not")
    elif apostrophe and end in _SHORT:
        yield from (start, _SHORT[end])
    elif apostrophe and start in ("n", "d", "l", "c", "j", "qu"):
        yield from ("ne" if start == "n" else start, end)  # French: n'est
    else:
        yield word


def _count(units: Iterable[str], lexical: frozenset[str]) -> int:
    return sum(unit in lexical for unit in units)


def _those(units: Iterable[str], lexical: frozenset[str]) -> Counter[str]:
    return Counter(unit for unit in units if unit in lexical)


def _opposites(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a word of one side is a negated one of the other.

    >>> _opposites(["unlikely"], ["likely"]), _opposites(["hopeful"], ["hopeless"])
    (True, True)
    """
    return _negate(ours, frozenset(theirs)) or _negate(theirs, frozenset(ours))


def _negate(words: Iterable[str], others: frozenset[str]) -> bool:
    for word in words:
        if word.endswith("less") and not others.isdisjoint((word[:-4], word[:-4] + "ful")):
            return True
        for prefix in lexicon.NEGATING_PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 2 and rest in others:
                return True
    return False


_DIGITS = re.compile(r"\d")


def _numbers(units: Sequence[str]) -> Counter[str]:
    """Numbers by value, however they are written.

    >>> _numbers(["five", "million"]) == _numbers(["5000000"])
    True
    """
    found: Counter[str] = Counter()
    value: float | None = None
    for unit in units:
        step = _value(unit)
        if step is None:
            if unit in lexicon.SCALES:
                value = (1 if value is None else value) * lexicon.SCALES[unit]
                continue
            found.update(_reckoned(value))
            value = None
            if _counts(unit):
                found[unit] += 1
        elif value is not None and 0 < step < 100 and (value % 100 == 0 or value % 100 > 19):
            value += step
        else:
            found.update(_reckoned(value))
            value = step
    found.update(_reckoned(value))
    return found


def _counts(unit: str) -> bool:
    """Whether it is a number without a value here, or part of one."""
    listed = (lexicon.QUANTITIES, lexicon.ORDINALS, lexicon.SCALES)
    return any(unit in words for words in listed) or _DIGITS.search(unit) is not None


def _value(unit: str) -> float | None:
    if unit in lexicon.VALUES:
        return lexicon.VALUES[unit]
    return float(unit) if re.fullmatch(r"-?\d{1,15}(?:\.\d+)?", unit) and unit.isascii() else None


def _reckoned(value: float | None) -> tuple[str, ...]:
    return () if value is None else (f"{value:.10g}",)


_I = frozenset({"i", "i'm", "i'd", "i'll", "i've"})
_SENTENCE_END = re.compile(r"[.!?:;\n\"“]")


def _names(text: Folded, start: int, end: int, known: frozenset[str]) -> Counter[str]:
    return Counter(word for k in range(start, end) if (word := _name(text, k, known)))


def _name(text: Folded, k: int, known: frozenset[str]) -> str | None:
    word = text.words[k]
    if word in known:
        return word
    capital = text.surface(k)[:1].isupper() and word not in _I
    opens = k == 0 or _SENTENCE_END.search(text.gap(k))
    return word if capital and not opens else None


def names_in(text: Folded) -> frozenset[str]:
    """Folded words capitalised within a sentence; none if the text is all upper or lower case."""
    if text.text.isupper() or text.text.islower():
        return frozenset()
    return frozenset(word for k in range(len(text.words)) if (word := _name(text, k, frozenset())))
