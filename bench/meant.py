"""The speakers that mentions mean, as labelled by hand, and whether an answer is right.

A file of identities holds {ARTICLE: [{"source": [start, end], "mention": "he", "speaker": [NAME,
...], "kind": "P"}]}: the accepted names for a mention, empty if the text does not name the speaker.
A mention is answered by the statements whose own mention overlaps it.

named       mentions that contain the name; anaphoric: the others ("he", "the former senator")
anonymous   mentions of unnamed speakers; right is null, or no more than the mention says itself
accuracy    share of those answered that are right; recall: of all
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.domain import Span, Statement
from service.extraction.speakers import pronouns

_TITLE = re.compile(
    r"\b(?:mrs?|ms|dr|sen(?:ator)?|rep(?:resentative)?|gov(?:ernor)?|president|the|prof|sir|lord"
    r"|judge|justice)\b"
)


@dataclass(slots=True)
class Identities:
    """Counts of mentions of one kind: ``right`` of ``answered``, of ``every`` one."""

    right: int = 0
    answered: int = 0
    every: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.every if self.every else 0.0


@dataclass(frozen=True, slots=True)
class Meant:
    """A mention and its accepted names; ``speaker_kind`` is one of SPEAKERS, or empty if
    unknown.
    """

    span: Span
    mention: str
    names: tuple[str, ...]
    speaker_kind: str = ""

    @property
    def kind(self) -> str:
        if not self.names:
            return "anonymous"
        surnames = {words[-1] for name in self.names if (words := name_words(name))}
        return "named" if surnames & set(name_words(self.mention)) else "anaphoric"

    @property
    def form(self) -> str:
        """The mention's form, one of FORMS."""
        bare = self.mention.strip(" ,.:").lower()
        if bare in pronouns.RELATIVE:
            return "relative"
        if bare in _PRONOUNS:
            return "pronoun"
        return "name" if self.kind == "named" else "description"


KINDS = ("named", "anaphoric", "anonymous")
SPEAKERS = {
    "P": "person",
    "O": "organisation",
    "D": "document",
    "G": "several",
    "N": "nobody named",
}
FORMS = ("name", "description", "pronoun", "relative")

_PRONOUNS = pronouns.SINGULAR.keys() | pronouns.PLURAL | pronouns.NEUTER | pronouns.FIRST_PERSON


def read_identities(path: Path) -> dict[str, list[Meant]]:
    return {
        article: [
            Meant(Span(*r["source"]), r["mention"], tuple(r["speaker"]), r.get("kind", ""))
            for r in rows
        ]
        for article, rows in json.loads(path.read_text(encoding="utf-8")).items()
    }


def score_identities(
    meant: Iterable[Meant], statements: Sequence[Statement], tallies: dict[str, Identities]
) -> None:
    """Adds one article's counts to ``tallies``, which has one for each of KINDS."""
    for one in meant:
        tally = tallies[one.kind]
        tally.every += 1
        answers = [
            statement.speaker.name if statement.speaker else None
            for statement in statements
            if (named := statement.attribution.mention) and named.span.overlaps(one.span)
        ]
        if answers:
            tally.answered += 1
            tally.right += is_right(one, answers)


def is_right(meant: Meant, answers: Sequence[str | None]) -> bool:
    """Whether one of ``answers`` is an accepted name; without names, whether none says more than
    the mention.
    """
    if meant.names:
        return any(answer is not None and _same(answer, meant.names) for answer in answers)
    said = set(name_words(meant.mention))
    return all(answer is None or set(name_words(answer)) <= said for answer in answers)


def _same(answer: str, names: Iterable[str]) -> bool:
    """Whether last words agree and one has all words of the other, or both have the same names in
    any order.
    """
    answered = name_words(answer)
    for name in names:
        wanted = name_words(name)
        if " and " in answer and " and " in name and set(answered) == set(wanted):
            return True
        if answered and wanted and answered[-1] == wanted[-1]:
            shorter, longer = sorted((set(answered), set(wanted)), key=len)
            if shorter <= longer:
                return True
    return False


def name_words(name: str) -> list[str]:
    """Lower-case words without accents, titles and possessives.

    >>> name_words("President O’Malley’s")
    ['o', 'malley']
    """
    bare = re.sub(r"'s\b|'$", "", name.lower().replace("’", "'"))
    folded = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", _TITLE.sub(" ", folded))
