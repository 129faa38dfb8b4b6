"""Speakers across sources: gives each speaker one id, whichever names articles use.

Articles give speakers the fullest name in that article: "Putin" here, "Vladimir Putin" there.
``unify`` maps them to one speaker each: names of two or more words as far as the names alone decide
it, a bare surname only if another clue matches (appearances.py). The result depends only on the set
of appearances, not on their order. Extraction has already resolved mentions within each article.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from msgspec.structs import replace

from service.domain import KnownSpeaker, Speaker, SpeakerKind, slug
from service.index.appearances import Appearance, Evidence, is_bare
from service.index.names import name_words, words_of
from service.names.lexicon import lexicon
from service.names.persons import shortens, split_generation

Name = tuple[str, ...]
"""The words of a name."""


def spoken_for(body: Speaker) -> Speaker:
    """Represents, in an index, an unnamed person who speaks on behalf of ``body``, its only member:
    found when ``body`` is searched for, but counted separately.

    >>> spoken_for(Speaker("acme", "Acme", SpeakerKind.ORGANISATION)).id
    'for acme'
    """
    return Speaker(f"for {body.id}", body.name, SpeakerKind.GROUP, (body,))


def is_spoken_for(speaker: Speaker) -> bool:
    """Unlike these, a real group has at least two members."""
    return len(speaker.members) == 1


@dataclass(frozen=True, slots=True)
class _Person:
    """A person under one name; ``known`` if declared in speakers.toml."""

    words: tuple[str, ...]
    speaker: Speaker
    known: bool = False

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """Sort key: fuller names rank higher."""
        return (len(self.words), sum(map(len, self.words)), self.words)

    @property
    def preference(self) -> tuple[object, ...]:
        """Sort key for the name shown, best first: declared, then the plainest full name."""
        written_out = sum(len(word) > 1 for word in self.words)
        is_full = 1 < written_out == len(self.words) and self.words[0] not in lexicon().particles
        length, letters, words = self.rank
        order = (length, letters, words) if is_full else (-length, -letters, words)
        name = self.speaker.name
        return (
            not self.known,
            not is_full,
            order,
            name.isupper(),
            len(name),
            name,
            self.speaker.id,
        )


@dataclass(frozen=True, slots=True)
class Unified:
    """Each appearance's speaker across sources, and by id the others a bare surname may refer
    to."""

    meant: Mapping[Appearance, Speaker]
    may_also_be: Mapping[str, tuple[Speaker, ...]]


Gather = Callable[[Collection[Speaker]], Mapping[Speaker, Evidence]]
"""Returns the clues that articles give along with these speakers' full names."""


def unify(
    appearances: Iterable[Appearance],
    known: Iterable[KnownSpeaker] = (),
    gather: Gather = lambda _: {},
) -> Unified:
    """Maps each speaker, and each member of a group, to one speaker across all sources.

    A name that shortens exactly one fuller person becomes that person: initials for first names,
    middle names left out. A bare surname, or for names that start with the surname ("Xi") that
    first word, becomes the only fuller person whose clues match. If two persons are possible, the
    name stays separate. Declarations in ``known`` take precedence.
    """
    declared = tuple(known)
    every = list(appearances)
    bare_ones = [each for each in every if is_bare(each.speaker)]
    single = sorted(
        {one for each in every for one in each.speaker.members or (each.speaker,)}, key=_sort_key
    )
    surnames = {
        one for each in bare_ones for one in each.speaker.members or (each.speaker,) if is_bare(one)
    }
    others = [one for one in single if one not in surnames]
    persons = _Persons([one for one in others if _is_person(one)], declared)
    mapped = dict(persons.mapped)
    mapped |= _unify_others([one for one in others if not _is_person(one)])
    mapped |= _declared(single, declared) if declared else {}
    bare = _Bare(persons, mapped, declared, gather)
    bare.meet(bare_ones)
    meant = {each: mapped.get(each.speaker) or _meant(each, mapped, bare) for each in every}
    return _one_an_id(meant, bare.may_also_be())


def _meant(each: Appearance, mapped: Mapping[Speaker, Speaker], bare: "_Bare") -> Speaker:
    speaker = each.speaker
    if not speaker.members:
        return bare.meant(each)
    members = [mapped.get(one) or bare.meant(of_member(each, one)) for one in speaker.members]
    return replace(speaker, members=tuple(dict.fromkeys(members)))


def of_member(group: Appearance, member: Speaker) -> Appearance:
    """A member of a group, without the title, which describes the whole group."""
    return replace(group, speaker=member, title="") if is_bare(member) else Appearance(member)


def _is_person(speaker: Speaker) -> bool:
    return speaker.kind is SpeakerKind.PERSON


def _sort_key(speaker: Speaker) -> tuple[str, str, str, tuple[str, ...]]:
    return (speaker.id, speaker.name, speaker.kind, tuple(one.id for one in speaker.members))


def _declared(speakers: Iterable[Speaker], known: Iterable[KnownSpeaker]) -> dict[Speaker, Speaker]:
    by_name = {
        name_words(name): Speaker(one.id, one.name, one.kind)
        for one in known
        for name in (*one.aliases, one.name)
    }
    by_id = {one.id: Speaker(one.id, one.name, one.kind) for one in known}
    found = {one: by_id.get(one.id) or by_name.get(name_words(one.name)) for one in speakers}
    return {one: meant for one, meant in found.items() if meant and not one.members}


def _unify_others(speakers: Iterable[Speaker]) -> dict[Speaker, Speaker]:
    """Merges organisations and documents that differ only in case, accents or "the".

    An id that is not derived from the name alone ("the survey" of one source) keeps them apart.
    """
    alike: dict[tuple[str, ...], list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        words = tuple(words_of(speaker.name))
        declared_id = "" if speaker.id == slug(speaker.name) else speaker.id
        alike[(speaker.kind, declared_id, *(words[1:] if words[:1] == ("the",) else words))].append(
            speaker
        )
    return {
        speaker: min(same, key=lambda one: (len(one.name), one.name, one.id))
        for same in alike.values()
        for speaker in same
    }


class _Persons:
    """Persons with names of two or more words, and declared ones."""

    def __init__(self, speakers: Iterable[Speaker], known: Sequence[KnownSpeaker]) -> None:
        persons = [_Person(name_words(one.name), one) for one in speakers]
        declared = [
            _Person(name_words(name), Speaker(one.id, one.name, one.kind), known=True)
            for one in known
            if one.kind is SpeakerKind.PERSON
            for name in (one.name, *one.aliases)
        ]
        apart = {name_words(name) for one in known for name in one.apart}
        fullest = _fullest_names({person.words for person in (*persons, *declared)}, apart)
        clusters: dict[Name, list[_Person]] = defaultdict(list)
        for person in (*persons, *declared):
            clusters[fullest[person.words]].append(person)
        self._best = {words: _best(cluster) for words, cluster in clusters.items()}
        self._fullest = fullest
        self.mapped = {person.speaker: self._best[fullest[person.words]] for person in persons}

    @cached_property
    def _by_word(self) -> Mapping[str, list[Name]]:
        return _by_word(self._fullest)

    def named_in_full(self, surname: Name) -> frozenset[Speaker]:
        """The persons whose name this surname shortens."""
        return frozenset(
            self._best[self._fullest[other]]
            for other in self._by_word.get(surname[-1], ())
            if shortens(surname, other)
        )


def _best(persons: Sequence[_Person]) -> Speaker:
    """The one whose name is the best for all of them."""
    if len(persons) == 1:  # as nearly always; to weigh it took a tenth of opening an index
        return persons[0].speaker
    return min(persons, key=lambda person: person.preference).speaker


class _Bare:
    """Persons of whom an article gives only a surname."""

    def __init__(
        self,
        persons: _Persons,
        mapped: Mapping[Speaker, Speaker],
        known: Iterable[KnownSpeaker],
        gather: Gather,
    ) -> None:
        self._persons = persons
        self._mapped = mapped
        self._known = {one.id: one for one in known}
        self._gather = gather
        self._candidates: dict[Name, frozenset[Speaker]] = {}
        self._evidence: dict[Speaker, Evidence] = defaultdict(Evidence)
        self._alone: dict[Name, list[_Person]] = defaultdict(list)
        self._found: dict[Appearance, Speaker | None] = {}

    def meet(self, appearances: Iterable[Appearance]) -> None:
        """Takes in all appearances before any is resolved: one that stays separate has the same
        name in every article."""
        met = [
            of_member(each, one) if each.speaker.members else each
            for each in appearances
            for one in (each.speaker.members or (each.speaker,))
        ]
        met = [one for one in met if is_bare(one.speaker) and one.speaker not in self._mapped]
        if not met:
            return
        for one in met:
            words = name_words(one.speaker.name)
            self._candidates[words] = self._persons.named_in_full(words)
        self._weigh(frozenset().union(*self._candidates.values()))
        for one in met:
            self._found[one] = self._fitting(one)
            if self._found[one] is None:
                words = name_words(one.speaker.name)
                self._alone[words].append(_Person(words, one.speaker))

    def _weigh(self, wanted: frozenset[Speaker]) -> None:
        raw = [one for one, meant in self._mapped.items() if meant in wanted]
        for speaker, evidence in self._gather(raw).items():
            self._evidence[self._mapped[speaker]].add(evidence)
        for speaker in wanted:
            if speaker.id in self._known:
                descriptions = self._known[speaker.id].descriptions
                self._evidence[speaker].add(Evidence(titles=set(descriptions)))

    def _fitting(self, one: Appearance) -> Speaker | None:
        """The only person whose clues match; a declared one needs none."""
        words = name_words(one.speaker.name)
        candidates = [who for who in self._candidates[words] if not self._is_apart(words, who)]
        fitting = [who for who in candidates if self._evidence[who].fits(one)]
        if len(candidates) == 1 and not fitting:
            fitting = [who for who in candidates if who.id in self._known]
        return fitting[0] if len(fitting) == 1 else None

    def _is_apart(self, words: Name, who: Speaker) -> bool:
        declared = self._known.get(who.id)
        return declared is not None and words in map(name_words, declared.apart)

    def meant(self, one: Appearance) -> Speaker:
        found = self._found[one]
        if found is not None:
            return found
        return _best(self._alone[name_words(one.speaker.name)])

    def may_also_be(self) -> dict[str, tuple[Speaker, ...]]:
        """By id of each one that stays separate, the persons it may refer to."""
        return {
            _best(alone).id: tuple(
                one
                for one in sorted(self._candidates[words], key=_sort_key)
                if not self._is_apart(words, one)
            )
            for words, alone in self._alone.items()
        }


def _fullest_names(names: set[Name], apart: Collection[Name]) -> dict[Name, Name]:
    """Maps each name to the one fullest name that it shortens, or to itself.

    Names in ``apart`` always map to themselves.
    """
    by_word = _by_word(names)
    bare = {name: split_generation(name)[0] for name in names}
    return {
        name: _fullest(name, by_word.get(bare[name][-1], []))
        if bare[name] and name not in apart
        else name
        for name in names
    }


def _by_word(names: Iterable[Name]) -> dict[str, list[Name]]:
    """Names grouped by the word that would be their bare surname."""
    found: dict[str, list[Name]] = defaultdict(list)
    surnames_first = lexicon().surnames_first
    for name in names:
        bare, _ = split_generation(name)
        if len(bare) > 1:
            found[bare[-1]].append(name)
            if bare[0] in surnames_first:
                found[bare[0]].append(name)
    return found


def _fullest(name: tuple[str, ...], others: list[tuple[str, ...]]) -> tuple[str, ...]:
    candidates = {other for other in others if other is not name and shortens(name, other)}
    if not candidates:
        return name
    fullest = (one for one in candidates if not any(shortens(one, two) for two in candidates))
    first_two = tuple(islice(fullest, 2))
    return first_two[0] if len(first_two) == 1 else name


def _one_an_id(
    meant: Mapping[Appearance, Speaker], may_also_be: Mapping[str, tuple[Speaker, ...]]
) -> Unified:
    """Merges speakers that ended up with the same id."""
    others = {key: several for key, several in may_also_be.items() if several}
    found = set(meant.values())
    by_id = {one.id: one for one in found}
    if len(by_id) < len(found):
        by_id = {one.id: one for one in sorted(found, key=_sort_key, reverse=True)}
        meant = {appearance: by_id[one.id] for appearance, one in meant.items()}
    return Unified(meant, others)
