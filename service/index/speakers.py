"""Speakers across sources: one speaker has one id, whichever name an article uses.

Articles bring speakers under the fullest name in that article: "Putin" here, "Vladimir Putin"
there. ``unify`` maps all of them to one each, as far as the names alone settle it, and the
answer depends on the set of speakers only, never on their order. Who a mention means within an
article is decided before, in extraction.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from msgspec.structs import replace

from service.domain import KnownSpeaker, Speaker, SpeakerKind, slug
from service.index.analysis import fold
from service.names.folding import fold_name
from service.names.lexicon import lexicon
from service.names.persons import shortens, split_generation


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    # Not king, queen, prince, pope: "Francis" is not the surname of Pope Francis.
    "president vice deputy prime minister premier chancellor secretary senator sen rep"
    " representative congressman congresswoman governor gov mayor ambassador general gen colonel"
    " col lieutenant lt captain capt major sergeant sgt admiral judge justice bishop archbishop"
    " father rev reverend dr doctor prof professor mr mrs ms miss"
    " sir lord lady dame comrade chairman chairwoman speaker"
)

PRONOUNS = _words(
    "i me my he him his she her hers it its they them their theirs we us our who whom you"
    " himself herself itself themselves myself ourselves this that these those which one"
)

_CONNECTING = _words("a an the of and for in on to at s") | lexicon().particles
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{2,})?")


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words a name is compared by: folded, without titles in front.

    >>> name_words("Russian President Vladimir V. Putin")
    ('russian', 'president', 'vladimir', 'v', 'putin')
    >>> name_words("President Vladimir Putin Jr.")
    ('vladimir', 'putin', 'jr')
    """
    words = _WORD.findall(fold_name(name))
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return tuple(words)


def fits(asked: str, names: Iterable[str]) -> bool:
    """Whether ``asked`` is one of these names, whole or in part: all its words, in any order."""
    wanted = set(name_words(asked))
    return bool(wanted) and any(wanted <= set(name_words(name)) for name in names)


def spoken_for(body: Speaker) -> Speaker:
    """Stands in an index for whoever unnamed speaks on behalf of ``body``, its only member: found
    where ``body`` is asked for, and counted apart.

    >>> spoken_for(Speaker("acme", "Acme", SpeakerKind.ORGANISATION)).id
    'for acme'
    """
    return Speaker(f"for {body.id}", body.name, SpeakerKind.GROUP, (body,))


def is_spoken_for(speaker: Speaker) -> bool:
    """A group has two members at least."""
    return len(speaker.members) == 1


def is_description(mention: str) -> bool:
    """Whether a mention describes ("the Russian leader") instead of naming ("Mr. Putin").

    >>> [is_description(m) for m in ("the Russian leader", "the White House", "Putin’s close ally")]
    [True, False, True]
    """
    words = _WORD.findall(mention)
    return any(word[0].islower() and word not in _CONNECTING for word in words)


def is_pronoun(mention: str) -> bool:
    return fold(mention).strip() in PRONOUNS


@dataclass(frozen=True, slots=True)
class _Person:
    """A person under one name; ``known`` when somebody declared it."""

    words: tuple[str, ...]
    speaker: Speaker
    known: bool = False

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """The fuller the name, the higher."""
        return (len(self.words), sum(map(len, self.words)), self.words)

    @property
    def preference(self) -> tuple[object, ...]:
        """The lower, the better as the name of all: declared, then the plainest full name."""
        written_out = sum(len(word) > 1 for word in self.words)
        plain = 1 < written_out == len(self.words) and self.words[0] not in lexicon().particles
        length, letters, words = self.rank
        order = (length, letters, words) if plain else (-length, -letters, words)
        name = self.speaker.name
        return (not self.known, not plain, order, name.isupper(), len(name), name, self.speaker.id)


def unify(
    speakers: Iterable[Speaker], known: Iterable[KnownSpeaker] = ()
) -> dict[Speaker, Speaker]:
    """Each speaker (and each member of a group) with the one it is across all sources.

    A name that shortens exactly one fuller person becomes that person: a surname alone, initials
    for first names, middle names left out, and for names that begin with the surname ("Xi"),
    that first word alone. Where two persons could be meant a name stays by
    itself. What ``known`` declares wins.
    """
    declared = tuple(known)
    single = sorted(
        {one for speaker in speakers for one in (speaker, *speaker.members)}, key=_sort_key
    )
    mapped = _unify_persons([one for one in single if _is_person(one)], declared)
    mapped |= _unify_others([one for one in single if not _is_person(one) and not one.members])
    mapped |= _declared(single, declared)
    for group in single:
        if group.members:
            members = tuple(dict.fromkeys(mapped[one] for one in group.members))
            mapped[group] = replace(group, members=members)
    return _one_an_id(mapped)


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
    """Organisations and documents are one where only case, accents or "the" tell them apart; an id
    that is not made of the name alone ("the survey" of one source) tells them apart, too."""
    alike: dict[tuple[str, ...], list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        words = tuple(_WORD.findall(fold(speaker.name)))
        own = "" if speaker.id == slug(speaker.name) else speaker.id
        alike[(speaker.kind, own, *(words[1:] if words[:1] == ("the",) else words))].append(speaker)
    return {
        speaker: min(same, key=lambda one: (len(one.name), one.name, one.id))
        for same in alike.values()
        for speaker in same
    }


def _unify_persons(
    speakers: Iterable[Speaker], known: Iterable[KnownSpeaker]
) -> dict[Speaker, Speaker]:
    persons = [_Person(name_words(one.name), one) for one in speakers]
    declared = [
        _Person(name_words(name), Speaker(one.id, one.name, one.kind), known=True)
        for one in known
        if one.kind is SpeakerKind.PERSON
        for name in (one.name, *one.aliases)
    ]
    fullest = _fullest_names({person.words for person in (*persons, *declared)})
    clusters: dict[tuple[str, ...], list[_Person]] = defaultdict(list)
    for person in (*persons, *declared):
        clusters[fullest[person.words]].append(person)
    best = {
        words: min(cluster, key=lambda person: person.preference).speaker
        for words, cluster in clusters.items()
    }
    return {person.speaker: best[fullest[person.words]] for person in persons}


def _fullest_names(names: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each name with the one fullest name it shortens, or itself."""
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    surnames_first = lexicon().surnames_first
    without_generation = {name: split_generation(name)[0] for name in names}
    for name, bare in without_generation.items():
        if len(bare) > 1:
            by_word[bare[-1]].append(name)
            if bare[0] in surnames_first:
                by_word[bare[0]].append(name)
    return {
        name: _fullest(name, by_word.get(bare[-1], [])) if bare else name
        for name, bare in without_generation.items()
    }


def _fullest(name: tuple[str, ...], others: list[tuple[str, ...]]) -> tuple[str, ...]:
    candidates = {other for other in others if other is not name and shortens(name, other)}
    if not candidates:
        return name
    fullest = (one for one in candidates if not any(shortens(one, two) for two in candidates))
    first_two = tuple(islice(fullest, 2))
    return first_two[0] if len(first_two) == 1 else name


def _one_an_id(mapped: Mapping[Speaker, Speaker]) -> dict[Speaker, Speaker]:
    """Two that ended up with one id are one."""
    by_id: dict[str, Speaker] = {}
    for speaker in sorted(set(mapped.values()), key=_sort_key, reverse=True):
        by_id[speaker.id] = speaker
    return {speaker: by_id[meant.id] for speaker, meant in mapped.items()}
