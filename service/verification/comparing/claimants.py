"""Claimants: the speakers in the index whom the name beside a claimed quotation means or may mean.

Names are matched as everywhere in the API: an id, or a name or alias, in full or in part. A claimed
quotation often comes with more than the name ("Russian President Vladimir V. Putin"), with less, or
with another spelling. The finding is another speaker only if both are known to be two people; all
else stays open, with the candidates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from service.domain import Speaker, SpeakerKind, Statement
from service.index.names import name_words
from service.index.port import Snapshot
from service.names.forms import bare_name, generation_of, is_handle, may_be_called
from service.names.lexicon import lexicon
from service.verification.findings import AttributionFinding
from service.verification.texts.markup import strip_markup

_AND = re.compile(r"\s+(?:and|&)\s+|,\s*")
MOST_WORDS = 10
"""Most words of a name with its description; the name is searched for at the end."""
MOST_MEANT = 5
"""Most candidates listed; if there are more, none is likely."""
MOST_KNOWN = 50
"""Most people that a name may mean and still exclude others; "John" means too many."""
MOST_COMPARED = 200
"""Most people of one surname or first name that are compared."""
SURE_OF_PRONOUN = 0.9
"""Confidence of a draft's own attribution without a name."""
SURE_OF_SPEAKER, LEAST_SURE = 0.8, 0.5
"""Least ``speaker_confidence`` of a source to call it another speaker; below it extraction itself
lists candidates. The second is the least confidence of its attribution, if it has no
``speaker_confidence``.
"""


@dataclass(frozen=True)
class Claimant:
    """The person said to have said it.

    ``speakers`` are those whom ``name`` means in the index. ``known``: they include everybody it
    names. ``near`` are those whom it may mean. ``sure``: the name was certainly given; a draft's is
    read by a machine.
    """

    name: str
    speakers: tuple[Speaker, ...] = ()
    known: bool = False
    near: tuple[Speaker, ...] = ()
    sure: bool = True

    def attribution_of(self, statement: Statement) -> AttributionFinding:
        theirs = statement.speaker or statement.on_behalf_of
        if theirs is not None and self.means(theirs):
            return AttributionFinding.AS_CLAIMED
        sure = self.known and self.sure and _is_sure(statement)
        another = sure and theirs is not None and self._cannot_mean(theirs)
        relayed = statement.relayed_by is not None and self.means(statement.relayed_by)
        if relayed or any(self.means(one.speaker) for one in statement.candidates):
            return AttributionFinding.UNRESOLVED
        return AttributionFinding.OTHER_SPEAKER if another else AttributionFinding.UNRESOLVED

    def means(self, speaker: Speaker) -> bool:
        """Whether the speaker is one of those whom the name means, or a group with one of them."""
        return not _ids(speaker).isdisjoint(self._meant)

    def _cannot_mean(self, speaker: Speaker) -> bool:
        ours = list(islice(chain.from_iterable(map(_people, self.speakers)), MOST_KNOWN + 1))
        if len(ours) > MOST_KNOWN:
            return False
        theirs = _people(speaker)
        apart = all(_are_two(one, other) for one in ours for other in theirs)
        return apart and not any(self._may_be(one) for one in theirs)

    def _may_be(self, speaker: Speaker) -> bool:
        """Whether the speaker may be one of those known under other names; a son is not his
        father.
        """
        same = generation_of(name_words(self.name)) == generation_of(name_words(speaker.name))
        return same and self.may_mean(speaker)

    def may_mean(self, speaker: Speaker) -> bool:
        """Whether the name may be a form of the speaker's."""
        return speaker.kind is SpeakerKind.PERSON and may_be_called(self.name, speaker.name)

    def did_you_mean(self, statement: Statement | None) -> tuple[Speaker, ...]:
        """Speakers whom the name may mean, those of the statement first."""
        theirs = _people(statement.speaker) if statement and statement.speaker else ()
        meant = [*filter(self.may_mean, theirs), *self.near]
        return tuple(dict.fromkeys(meant))[:MOST_MEANT]

    @cached_property
    def _meant(self) -> frozenset[str]:
        """Ids of its speakers and of their members: a first name may mean thousands."""
        return frozenset(chain.from_iterable(map(_ids, self.speakers)))


def _ids(speaker: Speaker) -> frozenset[str]:
    return frozenset((speaker.id, *(one.id for one in speaker.members)))


def _people(speaker: Speaker) -> tuple[Speaker, ...]:
    return speaker.members or (speaker,)


def _are_two(one: Speaker, other: Speaker) -> bool:
    """Whether they are surely two persons. A body and its head, or a document and its authors, may
    have said the same, and no rule distinguishes bodies by their names.
    """
    if {one.kind, other.kind} != {SpeakerKind.PERSON}:
        return False
    if generation_of(name_words(one.name)) != generation_of(name_words(other.name)):
        return True
    return not may_be_called(one.name, other.name)


def _is_sure(statement: Statement) -> bool:
    """Whether the source, or the draft, leaves no doubt who speaks; without a
    ``speaker_confidence``, whether it leaves none that somebody does.
    """
    if statement.speaker_confidence:
        return statement.speaker_confidence >= SURE_OF_SPEAKER
    return statement.speaker is not None and statement.attribution.confidence >= LEAST_SURE


def claimant_of(index: Snapshot, name: str) -> Claimant:
    """The claimant called ``name``: without speakers if the index has no such name; for "Putin and
    Xi" with both.
    """
    bare = strip_markup(name).text
    found, known = _meant(index, bare)
    near = () if found else tuple(_near(index, bare))
    return Claimant(name, found, known, near)


def claimant_in_draft(index: Snapshot, speaker: Speaker, sure: bool) -> Claimant:
    """The claimant for a speaker read in a draft; ``sure`` says whether it was certainly read
    right.
    """
    each = [_meant(index, one.name) for one in _people(speaker)]
    found = tuple(dict.fromkeys(chain.from_iterable(one for one, _ in each)))
    near = () if found else tuple(_near(index, speaker.name))
    return Claimant(speaker.name, found, all(known for _, known in each), near, sure)


def is_surely_meant(statement: Statement) -> bool:
    """Whether a draft names its speaker there, or leaves no doubt whom "she" means.

    "The musician" is guessed too often to say that somebody else has said it.
    """
    attribution, speaker = statement.attribution, statement.speaker
    if attribution.mention is None or speaker is None:
        return False
    words = set(name_words(attribution.mention.text))
    named = all(not words.isdisjoint(name_words(one.name)) for one in _people(speaker))
    return _is_sure(statement) and (named or attribution.confidence >= SURE_OF_PRONOUN)


def _meant(index: Snapshot, name: str) -> tuple[tuple[Speaker, ...], bool]:
    """The speakers whom the name means, and whether they are all that it names."""
    bare = bare_name(name)
    for form in dict.fromkeys((name, bare)):
        if not is_handle(form) and (found := _named(index, form)):
            return found, True
    together = [one for one in _AND.split(bare) if one.strip()]
    if len(together) > 1 and (each := [_meant(index, one) for one in together]):
        found = tuple(dict.fromkeys(chain.from_iterable(one for one, _ in each)))
        return found, all(known for _, known in each)
    if is_handle(name):
        return (), False
    found = _at_the_end(index, bare) or _only_one_called(index, bare)
    return found, bool(found)


def _named(index: Snapshot, name: str) -> tuple[Speaker, ...]:
    """Speakers of exactly that name, else those who have it in part; a son is not his father."""
    found = _speakers_named(index, name)
    words = name_words(name)
    exact = tuple(one for one in found if name_words(one.name) == words)
    if exact or len(words) < 2 or (len(found) == 1 and found[0].id == name):
        return exact or found
    generation = generation_of(words)
    return tuple(one for one in found if _is_of(generation, one))


def _is_of(generation: str, speaker: Speaker) -> bool:
    return generation_of(name_words(speaker.name)) == generation


def _speakers_named(index: Snapshot, name: str) -> tuple[Speaker, ...]:
    return index.speakers(name, limit=1).speakers if name_words(name) else ()


def _at_the_end(index: Snapshot, name: str) -> tuple[Speaker, ...]:
    """Speakers whose name follows titles: Jane Doe for "former Secretary of State Jane Doe". A
    first name is not a title.
    """
    words = name.split()[-MOST_WORDS:]
    for start in range(1, len(words) - 1):
        if words[start - 1].casefold() in lexicon().first_names:
            return ()
        wanted = name_words(" ".join(words[start:]))
        found = _speakers_named(index, " ".join(words[start:]))
        exact = tuple(one for one in found if name_words(one.name) == wanted)
        if exact:
            return exact
    return ()


def _only_one_called(index: Snapshot, name: str) -> tuple[Speaker, ...]:
    """The only person of that surname whose full name agrees: Vladimir Putin for "V. V. Putin"."""
    words = name_words(name)
    if len(words) < 2 or generation_of(words):
        return ()
    agreeing = [
        one
        for one in _speakers_named(index, words[-1])
        if _agrees(words, name_words(one.name)) and one.kind is SpeakerKind.PERSON
    ]
    return tuple(agreeing) if len(agreeing) == 1 else ()


def _agrees(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether surname and first name, or its initial, agree."""
    if len(full) < 2 or words[-1] != full[-1] or generation_of(full):
        return False
    places = [k for k, word in enumerate(words[:-1]) if word == full[0]]
    return bool(places) or (len(words[0]) == 1 and full[0].startswith(words[0]))


def is_speakers_name(index: Snapshot, word: str) -> bool:
    """Whether somebody in the index has this first name or surname, such as "trump" or "putin"."""
    people = (one for one in _speakers_named(index, word) if one.kind is SpeakerKind.PERSON)
    names = (name_words(one.name) for one in islice(people, MOST_COMPARED))
    return any(len(name) > 1 and word in (name[0], name[-1]) for name in names)


def _near(index: Snapshot, name: str) -> Iterator[Speaker]:
    """Persons who share a word of the name and whose name it may be, misspelt or shortened."""
    words = name_words(bare_name(name))
    seen: set[Speaker] = set()
    for word in dict.fromkeys((*words[-1:], *words[-2:-1], *words[:1])):
        for speaker in _speakers_named(index, word)[:MOST_COMPARED]:
            if speaker.kind is SpeakerKind.PERSON and speaker not in seen:
                seen.add(speaker)
                if may_be_called(name, speaker.name):
                    yield speaker
