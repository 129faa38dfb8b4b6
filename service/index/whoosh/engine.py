"""WhooshIndex: the Index port on a Whoosh index in a folder."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import whoosh.fields
import whoosh.index

from service.domain import (
    QUOTATION_FORMS,
    AnnotatedSource,
    Changes,
    Facet,
    FacetCount,
    Hit,
    IndexStatistics,
    KnownSpeaker,
    Page,
    Query,
    SourceSummary,
    Speaker,
    SpeakerSummary,
    Statement,
    Suggestion,
)
from service.errors import IndexBusy, IndexMissing, InvalidParameter, NotFound
from service.index.analysis import fold, terms
from service.index.port import Index
from service.index.records import (
    FORMAT_VERSION,
    SourceRecord,
    pack_source,
    pack_statement,
    unpack_source,
    unpack_statement,
)
from service.index.words import highlights, parse_words

_SCHEMA = whoosh.fields.Schema(
    source=whoosh.fields.ID(unique=True, stored=True), blob=whoosh.fields.STORED
)


def open_index(path: Path, known: Iterable[KnownSpeaker] = (), create: bool = False) -> Index:
    """Raises IndexMissing."""
    if not whoosh.index.exists_in(str(path)):
        if not create:
            raise IndexMissing(f"there is no index at {path}; make one with: onrecord index PATH")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        whoosh.index.create_in(str(path), _SCHEMA)
    return WhooshIndex(path)


class WhooshIndex:
    def __init__(self, path: Path) -> None:
        self._index = whoosh.index.open_dir(str(path))
        self._generation = -2
        self._sources: dict[str, SourceRecord] = {}
        self._statements: dict[str, Statement] = {}

    def _read(self) -> None:
        latest = self._index.latest_generation()
        if latest == self._generation:
            return
        self._sources, self._statements = {}, {}
        with self._index.reader() as reader:
            for fields in reader.all_stored_fields():
                first, *rest = fields["blob"]
                record = unpack_source(first)
                self._sources[record.source.id] = record
                for blob in rest:
                    statement = unpack_statement(blob)
                    self._statements[statement.id] = statement
        self._generation = latest

    @property
    def generation(self) -> str:
        return str(self._index.latest_generation())

    def fingerprint(self, source_id: str) -> str | None:
        self._read()
        record = self._sources.get(source_id)
        return None if record is None else record.fingerprint

    def add(self, sources: Iterable[AnnotatedSource]) -> Changes:
        self._read()
        new = {one.source.id: one for one in sources}
        origins = {one.source.origin for one in new.values()}
        gone = [
            i
            for i, r in self._sources.items()
            if r.source.origin in origins and i not in new and r.source.origin != "-"
        ]
        changed = [
            one
            for i, one in new.items()
            if i not in self._sources or self._sources[i].fingerprint != one.fingerprint
        ]
        replaced = sum(one.source.id in self._sources for one in changed)
        if changed or gone:
            try:
                writer = self._index.writer()
            except whoosh.index.LockError as error:
                raise IndexBusy("somebody else is writing to the index") from error
            for identifier in gone:
                writer.delete_by_term("source", identifier)
            for one in changed:
                quotes = sum(s.form in QUOTATION_FORMS for s in one.statements)
                record = SourceRecord(
                    one.source, one.fingerprint, quotes, len(one.statements) - quotes
                )
                writer.update_document(
                    source=one.source.id,
                    blob=[pack_source(record), *map(pack_statement, one.statements)],
                )
            writer.commit()
        return Changes(
            len(changed) - replaced,
            replaced,
            len(new) - len(changed),
            len(gone),
            sum(len(one.statements) for one in changed),
        )

    def remove(self, source_ids: Iterable[str]) -> Changes:
        wanted = list(source_ids)
        for identifier in wanted:
            self.source(identifier)
        writer = self._index.writer()
        for identifier in wanted:
            writer.delete_by_term("source", identifier)
        writer.commit()
        return Changes(removed=len(wanted))

    def find(self, query: Query) -> Page[Hit]:
        self._read()
        expression = parse_words(query.words)
        speakers = self._named(query.speaker) if query.speaker else ()
        found = []
        for statement in self._statements.values():
            source, published = statement.source, statement.source.published
            if query.speaker and not set(_speakers(statement)) & set(speakers):
                continue
            if statement.form not in query.forms or (query.source and source.id != query.source):
                continue
            if query.publisher and fold(source.publisher or "") != fold(query.publisher):
                continue
            if query.language and source.language != query.language:
                continue
            first = published and published.earliest
            if (query.published_from or query.published_to) and first is None:
                continue
            if first and query.published_from and first < query.published_from:
                continue
            if first and query.published_to and first > query.published_to:
                continue
            words = " " + " ".join(terms(statement.text)) + " "
            if any(" " + " ".join(p.terms) + " " in words for p in expression.excluded):
                continue
            if all(
                any(" " + " ".join(p.terms) + " " in words for p in group)
                for group in expression.groups
            ):
                found.append(statement)
        found.sort(key=lambda s: (s.source.id, s.spans))
        found.sort(key=lambda s: str(s.source.published or ""), reverse=True)
        start = _offset(query.cursor)
        end = start + query.limit
        return Page(
            tuple(Hit(s, highlights(s.text, expression)) for s in found[start:end]),
            len(found),
            str(end) if end < len(found) else None,
            {facet: _facet(facet, found) for facet in query.facets},
            speakers,
        )

    def statement(self, statement_id: str) -> Statement:
        self._read()
        if statement_id not in self._statements:
            raise NotFound(f"there is no statement {statement_id!r}")
        return self._statements[statement_id]

    def source(self, source_id: str) -> SourceSummary:
        self._read()
        if source_id not in self._sources:
            raise NotFound(f"there is no source {source_id!r}")
        return self._sources[source_id].summary()

    def sources(
        self, publisher: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SourceSummary]:
        self._read()
        found = [
            record.summary()
            for _, record in sorted(self._sources.items())
            if publisher is None
            or fold(record.source.reference().publisher or "") == fold(publisher)
        ]
        found.sort(key=lambda s: str(s.source.reference().published or ""), reverse=True)
        start = _offset(cursor)
        end = start + limit
        return Page(tuple(found[start:end]), len(found), str(end) if end < len(found) else None)

    def speaker(self, speaker_id: str) -> SpeakerSummary:
        self._read()
        for speaker in self._counts():
            if speaker.id == speaker_id:
                return self._summary(speaker)
        raise NotFound(f"there is no speaker {speaker_id!r}")

    def speakers(
        self, name: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SpeakerSummary]:
        self._read()
        fitting = self._named(name) if name else tuple(self._counts())
        start = _offset(cursor)
        end = start + limit
        return Page(
            tuple(map(self._summary, fitting[start:end])),
            len(fitting),
            str(end) if end < len(fitting) else None,
        )

    def suggest(self, start: str, limit: int = 10) -> list[Suggestion]:
        self._read()
        return [
            Suggestion(speaker.name, "speaker", count, speaker.id)
            for speaker, count in self._counts().items()
            if any(word.startswith(fold(start)) for word in fold(speaker.name).split())
        ][:limit]

    def statistics(self) -> IndexStatistics:
        self._read()
        dates = [r.source.published.value for r in self._sources.values() if r.source.published]
        dates = sorted((d for d in dates if d.year is not None), key=str)
        quotes = sum(s.form in QUOTATION_FORMS for s in self._statements.values())
        return IndexStatistics(
            self.generation,
            FORMAT_VERSION,
            len(self._sources),
            quotes,
            len(self._statements) - quotes,
            len(self._counts()),
            dates[0] if dates else None,
            dates[-1] if dates else None,
            tuple(sorted({s.source.language or "" for s in self._statements.values()} - {""})),
        )

    def close(self) -> None:
        self._index.close()

    def _counts(self) -> Counter[Speaker]:
        counts = Counter(speaker for one in self._statements.values() for speaker in _speakers(one))
        return Counter(dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].id))))

    def _named(self, name: str) -> tuple[Speaker, ...]:
        wanted = set(fold(name).split())
        return tuple(
            s for s in self._counts() if s.id == name or wanted <= set(fold(s.name).split())
        )

    def _summary(self, speaker: Speaker) -> SpeakerSummary:
        said = [s for s in self._statements.values() if speaker in _speakers(s)]
        quotes = sum(s.form in QUOTATION_FORMS for s in said)
        dates = sorted((s.source.published for s in said if s.source.published), key=str)
        return SpeakerSummary(
            speaker,
            (speaker.name,),
            (),
            quotes,
            len(said) - quotes,
            dates[0] if dates else None,
            dates[-1] if dates else None,
        )


def _speakers(statement: Statement) -> tuple[Speaker, ...]:
    speaker = statement.speaker
    if speaker is None:
        return ()
    return speaker.members or (speaker,)


def _facet(facet: Facet, found: list[Statement]) -> tuple[FacetCount, ...]:
    counts: Counter[tuple[str, str | None]] = Counter()
    for statement in found:
        source = statement.source
        if facet is Facet.SPEAKER:
            counts.update((s.id, s.name) for s in _speakers(statement))
            continue
        value = {
            Facet.PUBLISHER: source.publisher,
            Facet.FORM: str(statement.form),
            Facet.LANGUAGE: source.language,
            Facet.YEAR: source.published and source.published.year and str(source.published.year),
        }[facet]
        if value:
            counts[value, None] += 1
    return tuple(FacetCount(value, n, label) for (value, label), n in counts.most_common(50))


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal():
        raise InvalidParameter("cursor", "not one that this index gave out")
    return int(cursor)
