"""The speakers of one generation: who they are across sources, and how often each speaks.

Built from the segments' catalogues whenever a generation is opened, so that it does not depend on
the order of indexing.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from service.domain import (
    ANY_ACT,
    CLAIM_FORMS,
    QUOTATION_FORMS,
    SPEECH,
    Form,
    KnownSpeaker,
    PartialDate,
    Speaker,
    SpeakerSummary,
    Statement,
)
from service.index.analysis import fold
from service.index.appearances import Appearance, appearance_in, is_bare
from service.index.names import is_description, is_pronoun, name_words
from service.index.speakers import is_spoken_for, spoken_for, unify
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.generations.walking import SpeakerOrder
from service.index.whoosh.segments.evidence import gather
from service.index.whoosh.segments.ranking import best
from service.index.whoosh.segments.segment import NOTHING, Segment, SegmentFiles, kind_mask

_Integers: TypeAlias = npt.NDArray[np.intp]
_Counts: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
"""Numbers of quotations, claims, attitudes and all statements, by speaker number."""
_Link: TypeAlias = tuple[_Integers, _Integers, _Integers]
"""From a segment to the directory: its speaker numbers, sorted by their places in the directory;
those places; and where each place's numbers start."""


MOST_NAMES = 100
"""Names and descriptions per speaker; a president is called a thousand different things once."""


class SpeakerDirectory:
    def __init__(self, segments: Sequence[Segment], known: Iterable[KnownSpeaker]) -> None:
        self._known = {one.id: one for one in known}
        self._segments = segments
        counts = [_statements_by_speaker(segment) for segment in segments]
        unified = unify(_present(segments, counts), self._known.values(), partial(gather, segments))
        self._unified, self._may_also_be = unified.meant, unified.may_also_be
        self._names: dict[str, set[str]] = {}
        self._former: dict[str, str] = {}
        several: set[str] = set()
        for one, meant in self._unified.items():
            raw = one.speaker
            if self._former.setdefault(raw.id, meant.id) != meant.id:
                several.add(raw.id)
            if not raw.members:
                self._names.setdefault(meant.id, {meant.name}).add(raw.name)
        for ambiguous in several:
            del self._former[ambiguous]
        self._count(counts)

    def _count(self, counts: Sequence[_Counts]) -> None:
        """Orders the speakers, most speech first, and links each segment's numbers to them."""
        quotes: Counter[str] = Counter()
        claims: Counter[str] = Counter()
        attitudes: Counter[str] = Counter()
        links = []
        for segment, counted in zip(self._segments, counts, strict=True):
            pairs = []
            quoted, claimed, held, _ = (each.tolist() for each in counted)
            for number, raw in enumerate(segment.files.speakers, start=1):
                leaves = [(number, speaker.id) for speaker in self.leaves(raw)]
                pairs += leaves
                if is_spoken_for(raw.speaker):
                    continue
                for _, speaker_id in leaves:
                    quotes[speaker_id] += quoted[number]
                    claims[speaker_id] += claimed[number]
                    attitudes[speaker_id] += held[number]
            links.append(pairs)
        found = {
            one.id: one for meant in self._unified.values() for one in meant.members or (meant,)
        }
        order = sorted(found, key=lambda one: (-quotes[one] - claims[one], one))
        self.speakers = {one: found[one] for one in order}
        self._speakers = tuple(self.speakers.values())
        self.quotes, self.claims, self.attitudes = quotes, claims, attitudes
        place = {one: number for number, one in enumerate(order)}
        self._place = place
        self._links: list[_Link] = []
        for pairs in links:
            by_place = sorted((place[speaker_id], number) for number, speaker_id in pairs)
            table = np.array(by_place, dtype=np.intp).reshape(-1, 2)
            starts = np.searchsorted(table[:, 0], np.arange(len(order) + 1))
            self._links.append((table[:, 1].copy(), table[:, 0].copy(), starts))
        # requested again for every further page
        self._numbers_at: Callable[[int, int], tuple[int, ...]] = lru_cache(1 << 12)(
            partial(_linked, self._links)
        )

    @cached_property
    def everybody(self) -> SpeakerOrder:
        return SpeakerOrder(self._speakers)

    def prepare(self) -> None:
        """Builds the tables that the first look-up of a name would wait for."""
        self._by_word, self._place_of_name, self._beginnings, self.as_written  # noqa: B018

    def leaves(self, raw: Appearance) -> tuple[Speaker, ...]:
        """The speakers for whom its statements count: for a group, its members."""
        meant = self._unified.get(raw)
        if meant is None:
            return ()
        return meant.members or (meant,)

    def total(self, speaker_id: str) -> int:
        return self.quotes[speaker_id] + self.claims[speaker_id]

    def by_id(self, speaker_id: str) -> Speaker | None:
        """Also finds an id that only some articles give the speaker ("putin")."""
        return self.speakers.get(speaker_id) or self.speakers.get(
            self._former.get(speaker_id, speaker_id)
        )

    def named(self, name: str) -> tuple[Speaker, ...]:
        """The speakers that an id, or a name in full or in part, may mean; most statements first.

        An id means exactly that speaker, even if it is part of others' names ("clinton").
        """
        exact = self.by_id(name)
        if exact is not None:
            return (exact,)
        having_each = [self._by_word.get(word, set()) for word in name_words(name)]
        having_all = set.intersection(*having_each) if having_each else set()
        places = sorted(set(map(self._place_of_name.__getitem__, having_all)))
        return tuple(map(self._speakers.__getitem__, places))

    def beginning(self, start: str) -> list[Speaker]:
        """Speakers with a name, or a word of one, that begins with ``start``, which must be
        folded."""
        first = bisect_left(self._beginnings, (start, 0))
        places = set()
        for beginning, place in islice(self._beginnings, first, None):
            if not beginning.startswith(start):
                break
            places.add(place)
        return [self._speakers[place] for place in sorted(places)]

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        """Numbers of names by word, because a single name must have all words asked for: searching
        the names of a thousand Johns each time took most of a query's time."""
        by_word: dict[str, set[int]] = {}
        for number, name in enumerate(chain.from_iterable(map(self._all_names, self._speakers))):
            for word in name_words(name):
                by_word.setdefault(word, set()).add(number)
        return by_word

    @cached_property
    def _place_of_name(self) -> list[int]:
        return [
            place for place, speaker in enumerate(self._speakers) for _ in self._all_names(speaker)
        ]

    @cached_property
    def _beginnings(self) -> list[tuple[str, int]]:
        """The rest of each name from each of its words on, sorted."""
        return sorted(
            {
                (fold(name[word.start() :]), place)
                for place, speaker in enumerate(self._speakers)
                for name in self._all_names(speaker)
                for word in re.finditer(r"\S+", name)
            }
        )

    def _all_names(self, speaker: Speaker) -> tuple[str, ...]:
        return (*self._names.get(speaker.id, (speaker.name,)), *self._aliases(speaker))

    def _aliases(self, speaker: Speaker) -> tuple[str, ...]:
        known = self._known.get(speaker.id)
        return () if known is None else known.aliases

    def _numbers(self, position: int, speaker: Speaker) -> tuple[int, ...]:
        """The segment's numbers that mean the speaker, alone or in a group; ascending."""
        return self._numbers_at(position, self._place[speaker.id])

    def documents(self, position: int, speakers: Iterable[Speaker]) -> Numbers:
        """The living statements of any of these speakers in the segment at this position."""
        segment = self._segments[position]
        of_each = [self._numbers(position, one) for one in speakers]
        numbers = of_each[0] if len(of_each) == 1 else sorted(set(chain.from_iterable(of_each)))
        lists = [segment.documents("speaker", str(number)) for number in numbers]
        if len(lists) < 2:
            return lists[0] if lists else NOTHING
        return segment.kept.get(
            (segment.key, "speakers", frozenset(numbers)),
            lambda: np.sort(
                np.concatenate(lists), kind="stable"
            ),  # ascending lists: a stable sort merges them
        )

    def ranked(self, found: Sequence[Numbers], limit: int) -> list[tuple[Speaker, int]]:
        """The most frequent speakers of these documents (one list per segment), with counts."""
        counts = np.zeros(len(self.speakers))
        for segment, documents, (numbers, places, _) in zip(
            self._segments, found, self._links, strict=True
        ):
            size = len(segment.files.speakers) + 1
            by_number = np.bincount(segment.row["speaker"][documents], minlength=size)
            counts += np.bincount(places, by_number[numbers], minlength=len(counts))
        return [
            (self._speakers[place], int(counts[place]))
            for place in best(counts, limit).tolist()
            if counts[place]
        ]

    @cached_property
    def as_written(self) -> list[bytes]:
        """By segment, 1 for each document that ``unified`` would not change."""
        return [self._as_written(segment.files) for segment in self._segments]

    def _as_written(self, files: SegmentFiles) -> bytes:
        speakers = [
            True,
            *(self._unified.get(one, one.speaker) == one.speaker for one in files.speakers),
        ]
        candidates = [True, *(all(map(self._is_alone, several)) for several in files.candidates)]
        alone = np.array(speakers)[files.row["speaker"]]
        alone &= np.array(candidates)[files.row["candidates"]]
        written: bytes = alone.tobytes()
        return written

    def _is_alone(self, candidate: Speaker) -> bool:
        """Whether the candidate is the same across sources and not a bare surname."""
        meant = self._unified.get(Appearance(candidate), candidate)
        return meant == candidate and not is_bare(candidate)

    def _meant(self, statement: Statement, speaker: Speaker) -> Speaker:
        """A speaker who is not in the directory stays as the article has it."""
        return self._unified.get(appearance_in(statement, speaker), speaker)

    def unified(self, statement: Statement) -> Statement:
        """The statement with its speaker unified across sources."""
        relay, body = statement.relayed_by, statement.on_behalf_of
        if relay is not None:
            statement = replace(statement, relayed_by=self._meant(statement, relay))
        if statement.candidates:
            candidates = (
                replace(one, speaker=self._meant(statement, one.speaker))
                for one in statement.candidates
            )
            statement = replace(statement, candidates=tuple(candidates))
        raw = statement.speaker
        if raw is None and body is not None:
            [body] = self.leaves(appearance_in(statement, spoken_for(body))) or (body,)
            return replace(statement, on_behalf_of=body)
        meant = None if raw is None else self._meant(statement, raw)
        if raw is None or meant is None or meant == raw:
            return statement
        attribution = statement.attribution
        if meant.name not in (raw.name, *attribution.via[-1:]):
            attribution = replace(attribution, via=(*attribution.via, meant.name))
        return replace(statement, speaker=meant, attribution=attribution)

    def summary(self, speaker: Speaker) -> SpeakerSummary:
        mentions: Counter[str] = Counter()
        days: list[tuple[int, int]] = []
        for position, segment in enumerate(self._segments):
            documents = self.documents(position, (speaker,))
            if len(documents):  # most speak in one segment only
                mentions.update(_mentions(segment, self._alone(position, speaker, documents)))
                days += _extremes(segment, documents)
        known = self._known.get(speaker.id)
        names = Counter(dict.fromkeys(self._names.get(speaker.id, ()), 1))
        names += Counter({text: n for text, n in mentions.items() if not is_description(text)})
        described = {text: n for text, n in mentions.items() if is_description(text)}
        return SpeakerSummary(
            speaker=speaker,
            aliases=_ranked(names, known.aliases if known else (), but=speaker.name),
            descriptions=_ranked(described, known.descriptions if known else ()),
            quotes=self.quotes[speaker.id],
            claims=self.claims[speaker.id],
            attitudes=self.attitudes[speaker.id],
            first=read_date(*min(days)) if days else None,
            last=read_date(*max(days)) if days else None,
            wikidata=known.wikidata if known else None,
            may_also_be=self._may_also_be.get(speaker.id, ()),
        )

    def _alone(self, position: int, speaker: Speaker, documents: Numbers) -> Numbers:
        """The speaker's ``documents`` without those said by a group."""
        segment = self._segments[position]
        numbers = self._numbers(position, speaker)
        alone = [n for n in numbers if not segment.files.speakers[n - 1].speaker.members]
        if len(alone) == len(numbers):
            return documents
        return documents[np.isin(segment.row["speaker"][documents], alone)]


def _linked(links: Sequence[_Link], position: int, place: int) -> tuple[int, ...]:
    numbers, _, starts = links[position]
    return tuple(sorted(set(numbers[starts[place] : starts[place + 1]].tolist())))


def _present(segments: Sequence[Segment], counts: Sequence[_Counts]) -> set[Appearance]:
    """The speakers as articles name them that have living statements, denied ones included."""
    return {
        segment.files.speakers[number - 1]
        for segment, (*_, statements) in zip(segments, counts, strict=True)
        for number in np.flatnonzero(statements).tolist()
        if number
    }


def _statements_by_speaker(segment: Segment) -> _Counts:
    """Counts by the speaker's number in the segment's catalogue."""
    documents = segment.statements
    speakers, kinds = (segment.row[name][documents] for name in ("speaker", "kind"))
    size = len(segment.files.speakers) + 1
    quotes, claims, attitudes = (
        np.bincount(speakers[mask[kinds]], minlength=size).astype(np.uint32)
        for mask in (
            kind_mask(QUOTATION_FORMS),
            kind_mask(CLAIM_FORMS),
            kind_mask(QUOTATION_FORMS | CLAIM_FORMS, ANY_ACT - SPEECH),
        )
    )
    statements = np.bincount(speakers, minlength=size).astype(np.uint32)
    return quotes, claims, attitudes, statements


def _mentions(segment: Segment, documents: Numbers) -> Counter[str]:
    numbers, counts = np.unique(segment.row["mention"][documents], return_counts=True)
    return Counter(
        {
            text: count
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
            if number and not is_pronoun(text := segment.files.mentions[number - 1])
        }
    )


def _extremes(segment: Segment, documents: Numbers) -> list[tuple[int, int]]:
    """The earliest and latest dates of speech, as (first day, last day); documents are newest
    first."""
    documents = documents[kind_mask(frozenset(Form))[segment.row["kind"][documents]]]
    dated = documents[segment.row["first"][documents] > 0]
    return [
        (int(segment.row["first"][document]), int(segment.row["last"][document]))
        for document in (*dated[:1], *dated[-1:])
    ]


def read_date(first: int, last: int) -> PartialDate:
    """The date that spans these days, with its original precision.

    >>> str(read_date(20220201, 20220228)), str(read_date(20220203, 20220203))
    ('2022-02', '2022-02-03')
    """
    year, month, day = first // 10000, first // 100 % 100, first % 100
    if first == last:
        return PartialDate(year, month, day)
    return PartialDate(year, month) if first // 100 == last // 100 else PartialDate(year)


def _ranked(counts: dict[str, int], declared: Iterable[str], but: str = "") -> tuple[str, ...]:
    """Declared names first, then at most MOST_NAMES others by frequency, one spelling per case."""
    ranked = [*declared, *sorted(counts, key=lambda text: (-counts[text], text))]
    distinct: dict[str, str] = {}
    for text in ranked:
        distinct.setdefault(fold(text), text)
    names = (text for folded, text in distinct.items() if folded != fold(but))
    return tuple(islice(names, MOST_NAMES))
