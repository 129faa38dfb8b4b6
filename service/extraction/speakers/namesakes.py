"""Namesakes: decides between several people of an article who may bear a name.

Gathers people under their full names and resolves surnames or first names used alone. Title,
gender, generation and first name exclude; the paragraph and how often each is named decide. If
nothing decides, the figure stays undecided. Organisations are handled in bodies.py.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.speakers.bearers import (
    YOUNG,
    are_introduced_apart,
    begins_with,
    is_fuller,
    is_misspelt,
    named_as_kin,
    relative_age,
    surname_parts,
    with_title,
)
from service.extraction.speakers.figures import Figure, gender_after, gender_of
from service.extraction.speakers.kinds import NameKind
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.names.folding import fold_name, name_key
from service.names.lexicon import Gender, lexicon
from service.names.persons import (
    first_name_of,
    may_be_one,
    parse_person,
    surname_is_first,
    surname_of,
)

SPOUSE_REACH = 400
"""Characters from a person's name to the spouse's; a quarter of it the other way round."""

NAMESAKES = 20
"""Limit on the people of one surname that are compared, the latest; few articles have more than
two.
"""

TRANSPOSED, SWAPPED = 5, 2
"""Shortest surname, in letters, that is recognized with two letters swapped."""

MARK_REACH = 2
"""Characters from a quotation's mark to the name of its speaker: "” Roe said"."""

OWNER_REACH = 40
"""Characters before a relative's first name within which the owner's name ends."""
_OWNER = re.compile(r"([A-Z][\w-]*)[’']s? (?:[a-z-]+ ){0,3}[a-z-]*(?:, )?$")

MENTIONS = 40
"""Full names of one surname that are examined before a mention of it."""

COUPLES_NAMES = 3
"""Most full names of either of a couple for whom the surname alone is undecided: "Clinton" in an
article that is about Hillary Clinton is she.
"""


class Namesakes:
    """People indexed by the keys under which their mentions are looked up."""

    def __init__(self, article: Article, first_alone: frozenset[str] = frozenset()) -> None:
        self._article = article
        self._first_alone = first_alone
        self._by_name: dict[str, Figure] = {}
        self._nicknames: dict[str, Figure] = {}
        self._by_surname: dict[str, list[Figure]] = defaultdict(list)
        self._by_part: dict[str, list[Figure]] = defaultdict(list)
        self._by_first: dict[str, list[Figure]] = defaultdict(list)
        self._full_starts: dict[str, list[tuple[int, Figure]]] = defaultdict(list)
        self._times_full: Counter[Figure] = Counter()
        self._goes_by_surname: set[Figure] = set()
        self._surname_only: dict[str, Figure] = {}
        self._spouses: dict[int, Figure] = {}
        self._alone: set[str] = set()
        self._undecided: dict[str, Figure] = {}
        self._couples: set[str] = set()

    def add_full(self, name: Name) -> Figure:
        """Returns the bearer of the full name, creating the figure if it is new."""
        key, surname = name_key(name.text), surname_of(name.words)
        if key in self._nicknames:
            return self._nicknames[key]  # "Lola Connie"
        if name.span.of(self._article.flow) == name.words[0]:
            self._couples.add(surname)  # "Shane" of "Shane and Leonie Purdy"
        nickname = name.nickname.removeprefix("The ")
        called = name_key(f"{nickname} {name.words[-1]}") if nickname else key
        figure = self._by_name.get(key) or self._by_name.get(called) or self._same(name, surname)
        if figure is None:
            figure = Figure(name.text, NameKind.PERSON)
            self._enter(figure, name, surname)
        elif not figure.undecided and is_fuller(name.text, figure.name):
            figure.name = name.text
        self._by_name[key] = figure
        if called != key and called not in self._by_name:
            self._by_name[called] = figure
            self._nicknames.setdefault(name_key(nickname), figure)
            self._by_first[fold_name(nickname)].append(figure)
        if not figure.undecided:
            self._full_starts[surname].append((name.span.start, figure))
            self._times_full[figure] += 1
        return figure

    def _enter(self, figure: Figure, name: Name, surname: str) -> None:
        self._by_surname[surname].append(figure)
        self._by_first[first_name_of(name.words)].append(figure)
        if len(name.words) > 2 and surname_is_first(tuple(map(fold_name, name.words))):
            self._by_name.setdefault(name_key(" ".join(name.words[1:])), figure)
        for part in surname_parts(name.words):
            self._by_part[part].append(figure)

    def _same(self, name: Name, surname: str) -> Figure | None:
        """The person known by another full name, or an undecided figure if there may be two."""
        fitting = [
            figure
            for figure in self._maybe_same(name, surname)
            if may_be_one(figure.words, name.words) or is_misspelt(figure.words, name.words)
            if not self._are_two(figure, name)
        ]
        fitting = list(dict.fromkeys(fitting))
        if len(fitting) > 1 and len(first_name_of(name.words)) == 1:
            return self._nobody(name.text)
        return fitting[-1] if fitting else None

    def _maybe_same(self, name: Name, surname: str) -> list[Figure]:
        """Persons of that surname, or of that first name where the last words may be left out."""
        found = [*self._by_surname[surname][-NAMESAKES:], *self._by_part[surname]]
        last = fold_name(name.words[-1])  # "Le Pen", although Le is also a Vietnamese surname
        found += self._by_surname[last][-NAMESAKES:] if last != surname else ()
        of_first = self._by_first[first_name_of(name.words)][-NAMESAKES:]
        of_fathers = lexicon().of_fathers
        return found + [
            figure
            for figure in of_first
            if not of_fathers.isdisjoint(figure.words) or begins_with(figure.words, name.words)
        ]

    def _are_two(self, figure: Figure, name: Name) -> bool:
        """Whether they must be two, as "Tobias Alwen" and "T. Alwen" are in one sentence."""
        firsts = first_name_of(figure.words), first_name_of(name.words)
        if firsts[0] == firsts[1] or 1 not in map(len, firsts):
            return False
        if are_introduced_apart(self._article.flow, figure, name):
            return True
        latest = next(
            (
                at
                for at, one in reversed(self._full_starts[surname_of(name.words)])
                if one is figure
            ),
            None,
        )
        at = self._article.sentence_at
        return latest is not None and at(latest) == at(name.span.start)

    @named_rule("spouse", ())
    def _relatives_of(
        self, bearers: Sequence[Figure], name: Name, names: Iterable[Name], kin: Sequence[str]
    ) -> Sequence[Name]:
        """First names given to a bearer's relatives beside or soon after the bearer: "Mrs Roe" is
        Ann Roe after "Mr Roe and his wife Ann", "the younger Roe" Tom after "Roe's son Tom".
        """
        last = fold_name(name.words[-1])
        starts = [one.span.start for figure in bearers for one in figure.names]
        called = {last, *(first_name_of(figure.words) for figure in bearers)}
        starts += [one.span.start for one in names if fold_name(one.words[-1]) in called]
        firsts = {
            one.text: one
            for one in reversed(list(names))
            if len(one.words) == 1 and self._is_called_so(one, kin)
            if self._owner_of(one) in ("", *called)
            if any(-SPOUSE_REACH < start - one.span.start < SPOUSE_REACH // 4 for start in starts)
        }
        return list(firsts.values())

    def _is_called_so(self, name: Name, kin: Sequence[str]) -> bool:
        """Whether one of the words precedes the name: "his wife Ann", "his wife, Ann,"."""
        apart = tuple(f"{word}, " for word in kin)
        return self._article.flow.endswith(apart, 0, name.whole.start) or (
            name.titles[-1:] != () and name.titles[-1] in kin
        )

    def _owner_of(self, name: Name) -> str:
        """The word before "'s wife Ann", folded; empty without one."""
        before = self._article.flow[max(0, name.whole.start - OWNER_REACH) : name.whole.start]
        found = _OWNER.search(before)
        return fold_name(found.group(1)) if found else ""

    def _meet_younger(self, name: Name, names: Iterable[Name]) -> None:
        """Records a son known by his first name, whom "the younger Roe" means."""
        bearers = self._by_surname.get(fold_name(name.words[-1]), ())
        if len(bearers) != 1 or not self._article.flow.endswith("younger ", 0, name.span.start):
            return
        found = self._relatives_of(bearers, name, names, _YOUNG_ORDER)
        if len(found) == 1 and relative_age(bearers[0]) >= 0:
            [young] = found
            figure = self._spouses.get(young.span.start)
            figure = figure or Figure(f"{young.text} {name.words[-1]}", NameKind.PERSON)
            self._spouses[young.span.start] = self._spouses[name.span.start] = figure
            self._by_first[fold_name(young.text)].append(figure)

    def meet_others(self, names: Sequence[Name]) -> None:
        """Records people known by surname alone who are none of its full bearers: "Mr. Obama" if
        only Michelle is named in full.
        """
        met: set[tuple[str, Gender]] = set()
        for name in names:
            gender = name.gender
            if len(name.words) == 1:
                self._alone.add(fold_name(name.words[0]))
                self._meet_younger(name, names)
            if gender is None or len(name.words) > 1 or (name.text, gender) in met:
                continue
            met.add((name.text, gender))
            candidates = self._by_surname.get(fold_name(name.words[-1]))
            if not candidates or any(gender_of(figure) is gender for figure in candidates):
                continue
            spouse, *others = _KIN[gender]
            kin = self._relatives_of(candidates, name, names, (spouse,))
            unknown = any(gender_of(figure) is None for figure in candidates)
            if not (kin or unknown):
                kin = self._relatives_of(candidates, name, names, others)
            if kin or not unknown:
                called = f"{kin[0].text} {name.words[-1]}" if len(kin) == 1 else name.text
                figure = Figure(called, NameKind.PERSON, gender, undecided=len(kin) > 1)
                figure = self._surname_only.setdefault(surname_of(name.words), figure)
                if len(kin) == 1:
                    self._spouses[kin[0].span.start] = figure

    def short(self, name: Name) -> Figure | None:
        """Returns the person that a surname or a first name alone means; None if no full name has
        it.
        """
        if name.kind in (NameKind.ORGANISATION, NameKind.PLACE) and not name.titles:
            return None
        if name.span.start in self._spouses:
            return self._spouses[name.span.start]
        last, generation = fold_name(name.words[-1]).rstrip("."), ""
        if len(name.words) > 1:
            parsed = parse_person(name.words)
            shortened = fold_name(name.words[0]) in people().particles  # "de la Roche"
            if len(parsed.words) > 1 and not shortened:
                return self._by_name.get(name_key(name.text))
            last = last if shortened else parsed.words[-1]
            generation = parsed.generation
        candidates = self._by_surname.get(last) or self._transposed(last)
        if candidates and len(candidates) == 1 and last not in self._surname_only:
            return candidates[0]
        if candidates:
            return self._bearer(name, last, generation, candidates[-NAMESAKES:])
        first = self._by_first.get(last)
        if first and name.titles and people().relations.isdisjoint(name.titles):
            return self._by_forename(name, first)
        if first and not name.titles:
            return self._often_named(name, first)
        parts = dict.fromkeys(self._by_part.get(last, ()))
        return next(iter(parts)) if len(parts) == 1 else None

    @named_rule("transposed-letters", ())
    def _transposed(self, last: str) -> Sequence[Figure]:
        """Bearers of a surname with two letters swapped: "Keidis" is Anthony Kiedis."""
        if len(last) < TRANSPOSED or last in people().first_names:
            return ()
        letters = sorted(last)
        return [
            figure
            for surname, figures in self._by_surname.items()
            if len(surname) == len(last) and surname[0] == last[0] and sorted(surname) == letters
            if sum(one != other for one, other in zip(surname, last, strict=True)) == SWAPPED
            for figure in figures
        ]

    def _often_named(self, name: Name, bearers: Sequence[Figure]) -> Figure:
        """The bearer of the first name who is named most often; undecided if two are equal."""
        most = sorted(bearers, key=lambda figure: len(figure.names))[-2:]
        if len(most) == 2 and len(most[0].names) == len(most[1].names):
            return self._nobody(name.text)
        return most[-1]

    def _by_forename(self, name: Name, bearers: Sequence[Figure]) -> Figure | None:
        """The only fitting bearer of a first name after a title: "Mr Anuwat" is Anuwat
        Charnsirikul, unless that surname is used alone.
        """
        fitting = [
            figure
            for figure in bearers
            if gender_of(figure) in (None, name.gender or gender_of(figure))
            if name.titles[-1] in _KNIGHTS or fold_name(figure.last_word) not in self._alone
        ]
        fitting = with_title(name, fitting) or fitting
        return fitting[0] if len(fitting) == 1 else None

    def _bearer(
        self, name: Name, surname: str, generation: str, candidates: Sequence[Figure]
    ) -> Figure:
        fitting = self._of_generation(name, generation, candidates)
        gender = name.gender or gender_after(self._article.flow, name)
        fitting = [f for f in fitting if gender is None or gender_of(f) in (None, gender)]
        other = self._surname_only.get(surname)
        if other is not None and gender in (None, other.gender):
            titled = with_title(name, fitting)
            if gender is other.gender or not fitting or (name.titles and not titled):
                return other
        fitting = fitting or list(candidates)
        if len(fitting) == 1:
            return fitting[0]
        often = max(self._times_full[figure] for figure in fitting)
        if surname in self._couples and not name.titles and often <= COUPLES_NAMES:
            return self._nobody(name.text)
        fitting = with_title(name, fitting) or fitting
        return self._decide(name, surname, fitting) or self._nobody(name.text)

    def _of_generation(
        self, name: Name, generation: str, candidates: Sequence[Figure]
    ) -> list[Figure]:
        """The son for "Harker Jr." and for "the younger Harker"."""
        if generation:
            return [f for f in candidates if parse_person(f.words).generation == generation]
        begin = max(0, name.whole.start - len("younger "))
        before = self._article.flow[begin : name.span.start].lower().split()
        if "younger" not in before and "elder" not in before:
            return list(candidates)
        ages = {figure: relative_age(figure) for figure in candidates}
        wanted = (min if "younger" in before else max)(ages.values())
        return [figure for figure, age in ages.items() if age == wanted]

    def _decide(self, name: Name, surname: str, fitting: Sequence[Figure]) -> Figure | None:
        """The only one named in full so far or in the paragraph, unless only another goes by the
        surname; else the only one who does; else the one named first and most often, or just
        before the quotation. None if they disagree.
        """
        if len(fitting) == 1:
            return fitting[0]
        before = self._before(surname, name.span.start, fitting)
        known = {figure for _, figure in before}
        nearby = {figure for _, figure in self._in_paragraph(before, name.span.start)}
        here = known if len(known) == 1 else nearby
        habitual = self._goes_by_surname.intersection(fitting)
        if len(here) == 1:
            if habitual and habitual.isdisjoint(here):
                return None
            self._goes_by_surname |= here
            return next(iter(here))
        if len(habitual) == 1:
            return next(iter(habitual))
        just = self._named_here(before, name.span.start)
        return self._foremost(surname, fitting) or (next(iter(just)) if len(just) == 1 else None)

    def _foremost(self, surname: str, fitting: Sequence[Figure]) -> Figure | None:
        """The one named in full first and most often of those who are not called by their first
        name: if "Melania" is, "Trump" alone is somebody else; None if several are.
        """
        starts = self._full_starts[surname]
        kin = named_as_kin(self._article.flow, starts)
        others = [
            figure
            for figure in dict.fromkeys(figure for _, figure in starts)
            if figure in fitting and figure not in kin
            if first_name_of(figure.words) not in self._first_alone
        ]
        times = [self._times_full[figure] for figure in others]
        return others[0] if others and all(times[0] > other for other in times[1:]) else None

    def _before(
        self, surname: str, start: int, fitting: Sequence[Figure]
    ) -> list[tuple[int, Figure]]:
        """The full names of those who fit before ``start``, with their bearers."""
        starts = self._full_starts[surname]
        at = bisect_right(starts, start, key=lambda pair: pair[0])
        return [pair for pair in starts[max(0, at - MENTIONS) : at] if pair[1] in fitting]

    def _in_paragraph(
        self, before: Iterable[tuple[int, Figure]], start: int
    ) -> list[tuple[int, Figure]]:
        paragraph = self._article.paragraph_at
        return [pair for pair in before if paragraph(pair[0]) == paragraph(start)]

    def _named_here(self, before: Iterable[tuple[int, Figure]], start: int) -> set[Figure]:
        """Those named in full in the paragraph; of its last sentence if all that follows is
        quoted.
        """
        at, here = self._article.sentence_at, self._in_paragraph(before, start)
        last = [pair for pair in here if at(start) - at(pair[0]) == 1]
        speaks = last and self._article.is_quoted(start - MARK_REACH)
        return {figure for _, figure in (last if speaks else here)}

    def _nobody(self, text: str) -> Figure:
        """A figure that means one of several bearers of the name."""
        figure = Figure(text, NameKind.PERSON, undecided=True)
        return self._undecided.setdefault(name_key(text), figure)


_KIN: dict[Gender, tuple[str, ...]] = {
    Gender.FEMALE: ("wife", "widow", "mother", "daughter", "sister"),
    Gender.MALE: ("husband", "widower", "father", "son", "brother"),
}
_KNIGHTS = frozenset(("sir", "dame"))
"""Go before the first name: "Sir Digby" is Digby Roe."""
_YOUNG_ORDER = tuple(sorted(YOUNG))


@named_rule("habitual-first-name", frozenset())
def first_names_alone(article: Article, names: Iterable[Name], habit: int) -> frozenset[str]:
    """Single words that the article itself, not somebody quoted, uses ``habit`` times as a name."""
    alone: dict[str, list[int]] = defaultdict(list)
    for name in names:
        if len(name.words) == 1:
            alone[name.text].append(name.span.start)
    often = {text: starts for text, starts in alone.items() if len(starts) >= habit}
    return frozenset(
        name_key(text)
        for text, starts in often.items()
        if sum(not article.is_quoted(start) for start in starts) >= habit
    )
