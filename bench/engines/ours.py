"""The service's own index."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bench.engines import BEST, DEEP, PAGE, SINCE, UNTIL, Answer
from bench.synthetic import Asked
from service.domain import AnnotatedSource, Facet, Hit, Page, Query, Sort
from service.index.whoosh import WhooshIndex, open_index
from service.rendering.statement_json import STATEMENT_JSON

FACETS = (Facet.SPEAKER, Facet.PUBLISHER, Facet.YEAR)


class Ours:
    name = "ours"

    def __init__(self) -> None:
        self._index: WhooshIndex
        self._cursors: dict[str, str | None] = {}

    def build(self, folder: Path, sources: Iterable[AnnotatedSource]) -> None:
        index = open_index(folder, create=True, rendering=STATEMENT_JSON)
        index.add(sources)
        index.close()

    def append(self, source: AnnotatedSource) -> None:
        self._index.add([source])

    def open(self, folder: Path) -> None:
        self._index = open_index(folder, rendering=STATEMENT_JSON)
        self._index.snapshot().statistics()

    def close(self) -> None:
        self._index.close()

    def prepare(self, asked: Asked) -> None:
        for speaker in asked.busiest:
            cursor = None
            for _ in range(DEEP - 1):
                cursor = (
                    self._index.snapshot()
                    .find(Query(speaker=speaker, cursor=cursor, limit=PAGE))
                    .next
                )
            self._cursors[speaker] = cursor

    def speaker(self, speaker: str) -> Answer:
        return self._find(Query(speaker=speaker, limit=PAGE))

    def deep(self, speaker: str) -> Answer:
        return self._find(Query(speaker=speaker, limit=PAGE, cursor=self._cursors[speaker]))

    def words(self, words: str) -> Answer:
        return self._find(Query(words, limit=PAGE))

    def phrase(self, phrase: str) -> Answer:
        return self._find(Query(f'"{phrase}"', limit=PAGE))

    def narrow(self, question: tuple[str, str]) -> Answer:
        word, speaker = question
        since, until = date(*SINCE), date(*UNTIL)
        return self._find(
            Query(
                word,
                speaker,
                published_from=since,
                published_to=until,
                sort=Sort.NEWEST,
                limit=PAGE,
            )
        )

    def facets(self, word: str) -> Answer:
        return self._find(Query(word, facets=FACETS, limit=PAGE))

    def misspelt(self, word: str) -> Answer:
        """As a user who follows the suggestion does: a query without results, then the
        suggested one.
        """
        page = self._index.snapshot().find(Query(word, limit=PAGE))
        return (
            self._find(Query(page.did_you_mean, limit=PAGE)) if page.did_you_mean else _answer(page)
        )

    def any_word(self, sentence: str) -> Answer:
        return self._find(Query(" OR ".join(sentence.split()), limit=BEST))

    def quorum(self, sentence: str) -> Answer:
        return Answer(self._index.snapshot().sharing(sentence, limit=BEST), None)

    def by_id(self, statement_id: str) -> Answer:
        return Answer([self._index.snapshot().statement(statement_id)], 1)

    def _find(self, query: Query) -> Answer:
        return _answer(self._index.snapshot().find(query))


def _answer(page: Page[Hit]) -> Answer:
    return Answer(
        [hit.statement for hit in page.items],
        page.total,
        sum(len(hit.highlights) for hit in page.items),
        tuple({one.value: one.count for one in counts} for counts in page.facets.values()),
    )
