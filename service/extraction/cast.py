"""Cast: whom and what an article speaks of, each under the fullest name it uses.

Gathered over the whole article, so that a full name serves surnames everywhere, in the headline
too. What a mention without a name means is decided in descriptions.py, pronouns.py and groups.py.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from service.domain import KnownSpeaker, Span, Speaker, SpeakerKind, slug
from service.extraction.article import Article
from service.extraction.lexicon.people import Gender, people, places, word_class
from service.extraction.names import Name, NameKind, Word, find_names

SURNAME_REACH = 1500
"""Characters (about eight sentences) a full name reaches to decide a surname two people share."""

_KINDS = {
    NameKind.PERSON: SpeakerKind.PERSON,
    NameKind.ORGANISATION: SpeakerKind.ORGANISATION,
    NameKind.PLACE: SpeakerKind.ORGANISATION,
    NameKind.DOCUMENT: SpeakerKind.DOCUMENT,
}


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something an article speaks of; grows while the article is read.

    ``roles`` are lower-case words for what it is, ``attributes`` what else is said about that ("of
    the National Security Council"); a nationality is kept as its country. ``pronouns`` counts those
    that follow its name with no other name between.
    ``names`` are its mentions by name in reading order, ``full`` those by its fullest name.
    """

    name: str
    kind: NameKind
    gender: Gender | None = None
    roles: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    members: tuple["Figure", ...] = ()
    pronouns: Counter[Gender] = field(default_factory=Counter)
    names: list[Name] = field(default_factory=list)
    full: Span | None = None
    known: KnownSpeaker | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.name.split())

    def learn(self, phrase: str) -> None:
        """Takes in what a phrase says this is."""
        roles, attributes = role_words(phrase)
        self.roles |= roles
        self.attributes |= attributes

    def speaker(self) -> Speaker:
        if self.known:
            return Speaker(self.known.id, self.known.name, self.known.kind)
        members = tuple(member.speaker() for member in self.members)
        if members:
            identity = "+".join(sorted(member.id for member in members))
            return Speaker(identity, self.name, SpeakerKind.GROUP, members)
        kind = _KINDS.get(self.kind, SpeakerKind.ORGANISATION)
        if self.kind is NameKind.UNKNOWN and self.gender:
            kind = SpeakerKind.PERSON
        return Speaker(slug(self.name), self.name, kind)


@dataclass(frozen=True)
class Cast:
    """Figures in the order the article brings them; ``named`` is who is named at each name."""

    figures: tuple[Figure, ...]
    named: tuple[tuple[Name, Figure], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [name.span.start for name, _ in self.named]

    def between(self, start: int, end: int) -> Sequence[tuple[Name, Figure]]:
        """Names that begin in text[start:end], in reading order."""
        return self.named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def by_role(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            for role in figure.roles:
                found[role].append(figure)
        return found

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        return {folded(figure.name): figure for figure in reversed(self.figures)}


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """The name without case, accents, a leading article and kinds of apostrophes.

    >>> folded("The São Paulo O’Neill")
    "sao paulo o'neill"
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"^the +", "", plain)


def gather_cast(
    article: Article, words: Sequence[Word], known: Iterable[KnownSpeaker] = ()
) -> Cast:
    """Everybody and everything named in the article."""
    names = find_names(article, words)
    acronyms = _acronyms(article.flow, names)
    people_found = _Register(names)
    others = _Register()
    named: dict[Span, Figure] = {}
    for name in names:
        if _is_full_person(name):
            named[name.span] = people_found.add_person(name)
    for name in names:
        if name.span not in named and name.kind is not NameKind.OTHER:
            figure = people_found.short_person(name)
            if figure is None:
                figure = others.add_thing(name, acronyms.get(name.span))
            named[name.span] = figure
    pairs = [(name, named[name.span]) for name in names if name.span in named]
    for name, figure in pairs:
        _take_note(article.flow, name, figure)
    figures = tuple(dict.fromkeys(figure for _, figure in pairs))
    for figure in figures:
        _finish(figure)
    _recognise(figures, known)
    return Cast(figures, tuple(pairs))


def _is_full_person(name: Name) -> bool:
    if name.kind is not NameKind.PERSON:
        return False
    inner = [word for word in name.words[:-1] if word.lower() not in people().particles]
    return bool(inner)


class _Register:
    """Figures under the keys their mentions are looked up by."""

    def __init__(self, names: Sequence[Name] = ()) -> None:
        self._first_alone = {folded(name.text) for name in names if len(name.words) == 1}
        self._by_name: dict[str, Figure] = {}
        self._by_surname: dict[str, list[Figure]] = defaultdict(list)
        self._by_first: dict[str, list[Figure]] = defaultdict(list)
        self._full_starts: dict[str, list[tuple[int, Figure]]] = defaultdict(list)
        self._times_full: Counter[Figure] = Counter()
        self._by_initials: dict[str, Figure] = {}
        self._by_last_word: dict[str, list[Figure]] = defaultdict(list)

    def add_person(self, name: Name) -> Figure:
        key = folded(name.text)
        figure = self._by_name.get(key)
        surname = _surname(name.words)
        if figure is None:
            # two people of one surname are rarely more than a few: the latest will do
            for other in reversed(self._by_surname[surname][-20:]):
                if _same_person(other.words, name.words):
                    figure = other
                    break
        if figure is None:
            figure = Figure(name.text, NameKind.PERSON)
            self._by_surname[surname].append(figure)
            self._by_first[folded(_first_name(name.words))].append(figure)
        elif len(name.text) > len(figure.name):
            figure.name = name.text
        self._by_name[key] = figure
        self._full_starts[surname].append((name.span.start, figure))
        self._times_full[figure] += 1
        return figure

    def short_person(self, name: Name) -> Figure | None:
        """Whom a surname or a first name alone means; None where nobody is called so in full."""
        if name.kind in (NameKind.ORGANISATION, NameKind.PLACE) and not name.titles:
            return None
        last = folded(name.words[-1])
        if len(name.words) > 1 and name.words[0].lower() not in people().particles:
            return self._by_name.get(folded(name.text))
        candidates = self._by_surname.get(last)
        if candidates:
            return self._shared(name, last, candidates)
        first = self._by_first.get(last)
        if first and not name.titles:
            return first[-1] if len(first) == 1 else _most_named(first)
        return None

    def _shared(self, name: Name, surname: str, candidates: list[Figure]) -> Figure:
        if len(candidates) == 1:
            return candidates[0]
        fitting = [f for f in candidates[-20:] if name.gender in (None, f.gender, _gender_of(f))]
        fitting = fitting or candidates[-20:]
        titled = [
            f for f in fitting if name.titles and f.roles & role_words(" ".join(name.titles))[0]
        ]
        fitting = titled or fitting
        fitting = self._called_by_surname(fitting)
        starts = self._full_starts[surname]
        at = bisect_right(starts, name.span.start, key=lambda pair: pair[0])
        near = [
            figure
            for start, figure in starts[max(0, at - 40) : at]
            if figure in fitting and name.span.start - start < SURNAME_REACH
        ]
        return max(near or fitting, key=lambda figure: self._times_full[figure])

    def _called_by_surname(self, figures: list[Figure]) -> list[Figure]:
        """Where "Melania" goes by her first name, "Trump" alone is somebody else, if he is named
        in full nearly as often."""
        others = [f for f in figures if folded(_first_name(f.words)) not in self._first_alone]
        often = max(self._times_full[figure] for figure in figures)
        return [f for f in others if 2 * self._times_full[f] >= often] or figures

    def add_thing(self, name: Name, meaning: str | None) -> Figure:
        """An organisation, a place, or a single name of we know not what."""
        text = _canonical_place(name) if name.kind is NameKind.PLACE else (meaning or name.text)
        key = folded(text)
        figure = self._by_name.get(key) or self._abbreviated(name, key)
        if figure is None:
            figure = Figure(re.sub(r"^The ", "", text), name.kind)
            self._by_last_word[key.split()[-1]].append(figure)
            initials = _initials(name.words)
            if len(initials) > 1:
                self._by_initials.setdefault(initials, figure)
        elif figure.kind is NameKind.UNKNOWN:
            figure.kind = name.kind
        self._by_name[key] = figure
        return figure

    def _abbreviated(self, name: Name, key: str) -> Figure | None:
        """ "IMF" of the International Monetary Fund, "the Post" of The Washington Post."""
        if len(name.words) > 1:
            return None
        if name.text.isupper():
            return self._by_initials.get(name.text.replace(".", ""))
        if name.kind is NameKind.UNKNOWN:
            longer = [f for f in self._by_last_word.get(key, ()) if len(f.words) > 1]
            return longer[-1] if longer else None
        return None


def _canonical_place(name: Name) -> str:
    canonical = places().canonical
    lower = " ".join(name.words).lower()
    return canonical.get(lower, canonical.get(lower + ".", name.text))


def _most_named(figures: Iterable[Figure]) -> Figure:
    return max(figures, key=lambda figure: len(figure.names))


def _surname(words: Sequence[str]) -> str:
    first = words[0].lower()
    if first in people().family_first and first not in people().first_names and len(words) < 4:
        return folded(words[0])
    return folded(words[-1])


def _first_name(words: Sequence[str]) -> str:
    return words[-1] if _surname(words) == folded(words[0]) else words[0]


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Of one surname: whether the other words agree as well."""
    shorter, longer = sorted((one, other), key=len)
    if [folded(w) for w in longer[-len(shorter) :]] == [folded(w) for w in shorter]:
        return True
    first, second = folded(_first_name(one)).rstrip("."), folded(_first_name(other)).rstrip(".")
    if first == second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[:1] == second[:1]
    nicknames = people().nicknames
    return second in nicknames.get(first, ()) or first in nicknames.get(second, ())


def _gender_of(figure: Figure) -> Gender | None:
    return figure.gender or people().first_names.get(folded(_first_name(figure.words)))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper() and word != "The")


def _acronyms(text: str, names: Sequence[Name]) -> dict[Span, str]:
    """What acronyms stand for where the article says so: "International Monetary Fund (IMF)"."""
    meanings: dict[str, str] = {}
    for name, after in pairwise(names):
        between = text[name.span.end : after.span.start]
        spelled_out = between == " (" and len(name.words) > 1 and after.text.isupper()
        if spelled_out and _initials(name.words).startswith(after.text[:1]):
            meanings.setdefault(after.text, name.text)
    return {name.span: meanings[name.text] for name in names if name.text in meanings}


def _finish(figure: Figure) -> None:
    figure.gender = _gender_of(figure) if figure.kind is NameKind.PERSON else figure.gender
    if figure.gender is None and figure.pronouns and len(figure.words) < 4:
        figure.gender = figure.pronouns.most_common(1)[0][0]
    wanted = folded(figure.name)
    fullest = [name for name in figure.names if folded(name.text) == wanted] or figure.names
    titled = [name for name in fullest if name.titles]
    figure.full = (titled or fullest)[0].whole


_APPOSITION = re.compile(r", ((?:an?|the|his|her|now|then)? ?[^,.;:()“”\"\n]{3,90})")
_AFFILIATION = re.compile(r",? \(([DRI])-[A-Z][A-Za-z.]{1,5}\)|, ([DRI])-[A-Z][A-Za-z.]{1,5}")
_WHO = re.compile(
    r",? who (?:is|was|served|serves|has served|worked|works)(?: as)? ([^,.;:()\n]{3,80})"
)
_PREPOSITION = re.compile(
    r",? (?:of|for|to|in|at|from|on|with|by|who|whose|that|chaired|headed|led) "
)
_POSSESSIVE = re.compile(r"[’']s$")
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent"}
_PRONOUN_AFTER = re.compile(r"[^A-Z.;“”\"\n]*?\b(he|his|himself|she|her|herself)\b")
_CAMPAIGN = re.compile(r"(?:[’']s)? (?:presidential |\w+ )?campaign\b")
_OWNER = re.compile(r"([A-Z][\w.-]+)[’']s? $")
_ROLE_BEFORE = re.compile(r"((?:[^\s,.;:()“”\"]+ ){0,7}[^\s,.;:()“”\"]+), $")


def _take_note(text: str, name: Name, figure: Figure) -> None:
    """Keeps the name and what stands beside it: titles, appositions, party."""
    figure.names.append(name)
    if figure.kind is NameKind.UNKNOWN and name.kind is NameKind.PERSON:
        figure.kind = NameKind.PERSON
    if name.gender and figure.gender is None:
        figure.gender = name.gender
    pronoun = _PRONOUN_AFTER.match(text, name.span.end, name.span.end + 100)
    if pronoun is not None and not name.possessive:
        female = pronoun.group(1) in ("she", "her", "herself")
        figure.pronouns[Gender.FEMALE if female else Gender.MALE] += 1
    if figure.kind is not NameKind.PERSON:
        return
    if _CAMPAIGN.match(text, name.span.end, name.span.end + 40):
        figure.roles.add("candidate")
    figure.learn(" ".join(name.titles))
    owner = _OWNER.search(text, max(0, name.whole.start - 40), name.whole.start)
    if owner and name.titles:
        figure.learn(owner.group(1))
    end = name.span.end
    party = _AFFILIATION.match(text, end, end + 20)
    if party:
        figure.roles.add(_PARTIES[party.group(1) or party.group(2)])
        end = party.end()
    for pattern in (_APPOSITION, _WHO):
        found = pattern.match(text, end, end + 120)
        if found and _names_role(found.group(1).split()[:7]):
            figure.learn(found.group(1))
    before = _ROLE_BEFORE.search(text, max(0, name.whole.start - 90), name.whole.start)
    if before and text[name.span.end : name.span.end + 1] == ",":
        phrase = before.group(1)
        if _names_role(_PREPOSITION.split(phrase)[0].split()[-1:]):
            figure.learn(phrase)


def _names_role(words: Iterable[str]) -> bool:
    return any(_bare(word) in people().roles for word in words)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower()).strip(".,’'")


def role_words(phrase: str) -> tuple[set[str], set[str]]:
    """Roles and attributes in a phrase that says what somebody is.

    >>> [sorted(words) for words in role_words("former Russian Sen. of Tuva")]
    [['senator'], ['former', 'russia', 'tuva']]
    """
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    roles = {people().short_roles.get(_bare(word), _bare(word)) for word in head.split()}
    roles &= people().roles
    attributes = set()
    for word in phrase.split()[:14]:
        bare = _bare(word)
        nation = places().nationalities.get(bare) or places().canonical.get(bare)
        attributes.add(nation.lower() if nation else people().short_roles.get(bare, bare))
    return roles, attributes - roles - _EMPTY


_EMPTY = word_class("empty")


def _recognise(figures: Iterable[Figure], known: Iterable[KnownSpeaker]) -> None:
    """Figures that speakers.toml declares get their declared id and name."""
    declared: dict[str, KnownSpeaker] = {}
    for speaker in known:
        for name in (speaker.name, *speaker.aliases):
            declared.setdefault(folded(name), speaker)
    for figure in figures:
        figure.known = declared.get(folded(figure.name))
        if figure.known:
            for description in figure.known.descriptions:
                figure.learn(description)
