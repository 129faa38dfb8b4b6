"""Candidates: the statements of an index that may hold the claimed words, compared with them.

The index is asked for statements that share most of the words, then, if none of them matches, for
those that share fewer; a quotation of a few words is also searched for as a phrase.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from service.deadline import in_time
from service.domain import ANY_ACT, Act, Query, Sort, Statement
from service.index.port import Snapshot
from service.verification.comparing.alignment import is_dear, shared_at_most
from service.verification.comparing.chance import by_chance, is_doubtful, is_found
from service.verification.comparing.comparison import Comparison, compare_with
from service.verification.comparing.matches import Claim
from service.verification.comparing.stretches import is_long, lines_of
from service.verification.findings import Lookup, Wording
from service.verification.texts.folding import INVISIBLE
from service.verification.texts.text_cache import Kept
from service.verification.texts.words import simple_words

# The figures below were set on PolNeAR with bench/verify.py, seeds 11 to 81.
MOST_SHARE, LEAST_SHARE = 0.75, 0.4
"""Shares of the claimed words, in any order: the first is queried first, the second if that finds
nothing good.
"""
FIRST_LIMIT, LIMIT = 24, 24
MANY, MOST_MENTIONS = 20, 1000
"""If the first query finds this many, there may be more, and so many are queried."""
COMPARED, SURELY = 6, 80
"""Statements compared word by word, and the partial ratio at which more are compared."""
FEW_WORDS, PHRASE_LENGTH = 4, 500
"""A claim of at most this many words and characters is searched for as a phrase too."""
BESIDE_SHARE = 0.2
"""Share of the claimed words in statements of the same article."""
END_WORDS = 12
"""Words at a claim's beginning or end that are searched for if it is not found: a sentence of it
may be true.
"""
ENDING = 60
"""Least partial ratio of such an end with a candidate: a third of its words may differ, and a claim
of 330 sentences costs a third less than beside all that share words (1.8 s of 2.7).
"""
GOOD = 0.9
"""Similarity at which no further query is needed."""
REPORTED_MINUS, CLAIMED_PLUS = 0.1, 0.15
"""Added to similarity: a deduction for the reporter's words, a bonus for the claimed speaker's.
Together they rank the claimed speaker's words, even reported, above another's near miss.
"""


class Search:
    """Queries an index and records the queries.

    ``counting``: for a quotation that many statements have, as many as possible are examined.
    """

    def __init__(self, index: Snapshot, counting: bool = True) -> None:
        self.index = index
        self._counting = counting
        self.denied: list[Comparison] = []
        """Comparisons with statements that have the quotation and say that it was not said."""
        self.lookups: list[Lookup] = []
        self._beside: _Beside | None = None

    def candidates(self, claim: Claim) -> tuple[list[Comparison], list[Comparison]]:
        """The comparisons that have the quotation, best first, and all comparisons made."""
        compared = self._sharing(claim, MOST_SHARE, FIRST_LIMIT)
        found = found_of(claim, compared)
        if _is_short(claim) and not _good(found):
            compared += self._in_a_row(claim)
            found = found_of(claim, compared)
        if not _good(found):
            compared += self._sharing(claim, LEAST_SHARE, LIMIT)
            found = found_of(claim, compared)
        elif len(found) >= MANY and self._counting:
            compared = self._sharing(claim, MOST_SHARE, MOST_MENTIONS)
            found = found_of(claim, compared)
        self.denied = [one for one in found if one.passage.statement.denied]
        return _said(found), _said(compared)

    def sharing(self, claim: Claim, share: float, limit: int) -> list[Comparison]:
        """Comparisons with statements that share this much of the claim's words, without
        denials.
        """
        return _said(self._sharing(claim, share, limit))

    def _sharing(self, claim: Claim, share: float, limit: int) -> list[Comparison]:
        text = sought_text(claim)
        self.lookups.append(Lookup(text, share))
        return self._compare_all(claim, self.index.sharing(text, share, limit))

    def with_an_end(self, claim: Claim) -> list[Comparison]:
        """Comparisons with statements that share words with only its beginning or its end."""
        words = len(claim.folded.words)
        if words <= END_WORDS:
            return []
        ends = (claim.part(0, END_WORDS), claim.part(words - END_WORDS, words))
        found: list[Statement] = []
        for end in ends:
            text = sought_text(end)
            self.lookups.append(Lookup(text, LEAST_SHARE))
            sharing = self.index.sharing(text, LEAST_SHARE, LIMIT)
            found += [one for one in in_time(sharing) if _has_end(end, one)]
        return _said(self._compare_all(claim, found))

    def beside(self, claim: Claim) -> list[Statement]:
        """Statements of articles that may contain it without a speaker: they share a name or a
        subject. Not for each quotation of a draft, as this query is the most expensive.
        """
        if not self._counting:
            return []
        text = sought_text(claim)
        self.lookups.append(Lookup(text, BESIDE_SHARE))
        return self.index.sharing(text, BESIDE_SHARE, LIMIT)

    def _in_a_row(self, claim: Claim) -> list[Comparison]:
        text = f'"{sought_text(claim)}"'
        self.lookups.append(Lookup(text, 1.0))
        query = Query(words=text, acts=ANY_ACT, denied=None, sort=Sort.RELEVANCE, limit=LIMIT)
        page = self.index.find(query)
        return self._compare_all(claim, (hit.statement for hit in page.items))

    def _compare_all(self, claim: Claim, statements: Iterable[Statement]) -> list[Comparison]:
        if self._beside is None or self._beside.claim is not claim:
            self._beside = _Beside(claim)
        return self._beside.compare_all(statements)


def _has_end(end: Claim, statement: Statement) -> bool:
    """Whether the statement may hold these few words in order, a check before the whole
    comparison.
    """
    return fuzz.partial_ratio(*_lines(end, statement), score_cutoff=ENDING) > 0


def _said(compared: Iterable[Comparison]) -> list[Comparison]:
    return [one for one in compared if not one.passage.statement.denied]


_WORDINGS = list(Wording)


def _is_short(claim: Claim) -> bool:
    text = sought_text(claim)
    few = len(claim.folded.words) <= FEW_WORDS and len(text) <= PHRASE_LENGTH
    return few and any(map(str.isalnum, text))


def _good(found: Sequence[Comparison]) -> bool:
    return bool(found) and found[0].similarity >= GOOD


def sought_text(claim: Claim) -> str:
    """The claimed words as a query, without those in brackets."""
    folded = claim.folded
    words = (folded.surface(k) for k in range(len(folded.words)) if k not in folded.bracketed)
    return INVISIBLE.sub("", " ".join(words)).translate(_MARKS)


_MARKS = str.maketrans(dict.fromkeys('[]"'))


class _Beside:
    """One claim compared with statements, each only once, whichever queries find it."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self._ratios: dict[str, float] = {}
        self._compared: dict[str, Comparison] = {}

    def compare_all(self, statements: Iterable[Statement]) -> list[Comparison]:
        compared = map(self._compare, in_time(self._likely(list(statements))))
        return [one for one in compared if one.steps]

    def _likely(self, statements: list[Statement]) -> list[Statement]:
        """Of many statements those that may be the best, by a partial ratio."""
        if len(statements) <= COMPARED:
            return statements
        ratios = {one.id: self._ratio(one) for one in in_time(statements)}
        least = min(sorted(ratios.values(), reverse=True)[COMPARED - 1], SURELY)
        return [one for one in statements if ratios[one.id] >= least]

    def _ratio(self, statement: Statement) -> float:
        ratio = self._ratios.get(statement.id)
        if ratio is None:
            ratio = self._ratios[statement.id] = self._reckoned(statement)
        return ratio

    def _reckoned(self, statement: Statement) -> float:
        """Of 100. For a long statement the full comparison is the fastest estimate."""
        if is_long(statement.text):
            return 100 * self._compare(statement).similarity
        return _ratio(*_lines(self.claim, statement))

    def _compare(self, statement: Statement) -> Comparison:
        compared = self._compared.get(statement.id)
        if compared is None:
            compared = compare_with(self.claim.folded, statement)
            self._compared[statement.id] = compared
        return compared


def _lines(claim: Claim, statement: Statement) -> tuple[str, str]:
    """The words of both, one character each, to measure their similarity."""
    claimed = claim.folded
    if is_long(statement.text):
        return lines_of(claimed, statement.text)
    return claimed.line, claimed.line_of(_words_of(statement.text))


_words_of = Kept(simple_words, 3_000_000)
"""Some 22 MB."""


def _ratio(claimed: str, text: str) -> float:
    """Partial ratio, of 100; its upper bound if the ratio itself is too expensive."""
    dear = is_dear(claimed, text)
    return shared_at_most(claimed, text) if dear else fuzz.partial_ratio(claimed, text)


def found_of(claim: Claim, compared: Iterable[Comparison]) -> list[Comparison]:
    """Comparisons that share too much with the claim to be chance, best first."""
    ordered = best_first(claim, compared)
    otherwise = by_chance(ordered[0], ordered) if any(map(is_doubtful, ordered)) else 0.0
    return [one for one in ordered if is_found(one, otherwise, is_as_claimed(claim, one))]


def best_first(claim: Claim, compared: Iterable[Comparison]) -> list[Comparison]:
    """The comparisons, one per statement, ordered by how well they fit the claim."""
    distinct = {one.passage.statement.id: one for one in compared}
    return sorted(distinct.values(), key=lambda one: _rank(claim, one))


def _rank(claim: Claim, one: Comparison) -> tuple[object, ...]:
    statement = one.passage.statement
    as_claimed = is_as_claimed(claim, one)
    score = one.similarity - REPORTED_MINUS * (1 - one.speaker_share) + CLAIMED_PLUS * as_claimed
    wording = _WORDINGS.index(one.wording)
    exact = one.speaker_share == 1 and not one.changes
    return (
        not exact,
        -round(score, 4),
        wording,
        statement.act is Act.ATTITUDE,
        len(statement.text),
        statement.source.id,
        statement.id,
    )


def is_as_claimed(claim: Claim, one: Comparison) -> bool:
    """Whether the statement's speaker is the claimed one."""
    return claim.is_of(one.passage.statement)
