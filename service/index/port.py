"""The Index port: everything that the rest of the service knows about storing and finding.

It uses the domain's types only. Engines implement it (whoosh/); the contract suite,
tests/index/contract.py, runs against each of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from service.domain import (
    CLAIM_FORMS,
    QUOTATION_FORMS,
    AnnotatedSource,
    Changes,
    Form,
    Hit,
    IndexStatistics,
    Page,
    Query,
    SourceReference,
    SourceSummary,
    Span,
    SpeakerSummary,
    Statement,
    Suggestion,
)


class Rendering(Protocol):
    """Serialises hits for callers that pass them on unread; an index stores the results.

    The same hit always gives the same bytes; ``version`` changes whenever they would.
    """

    @property
    def version(self) -> str: ...

    def __call__(self, hit: Hit) -> bytes: ...


class Snapshot(Protocol):
    """One generation of an index: all its answers are consistent, whatever is committed meanwhile.

    A caller that makes several calls for one answer takes one snapshot and passes it on.
    """

    @property
    def generation(self) -> str:
        """Identifies it; generations with different contents never share a name."""
        ...

    def find(self, query: Query) -> Page[Hit]:
        """A page of matching statements. Raises InvalidParameter ("q", "cursor", ...) for an
        invalid query."""
        ...

    def find_rendered(self, query: Query, rendering: Rendering) -> Page[bytes]:
        """As ``find``, with each hit serialised by ``rendering``. Raises InvalidParameter.

        A page ends before its limit if it would exceed 1.5 MB; so does one of ``sources``.
        """
        ...

    def every(self, query: Query) -> Iterator[Statement]:
        """Everything that ``find`` returns page by page, one by one in the same order.

        ``limit``, ``cursor`` and ``facets`` are ignored, and only a few statements are in memory at
        a time. Raises InvalidParameter immediately.
        """
        ...

    def every_rendered(self, query: Query, rendering: Rendering) -> Iterator[bytes]:
        """As ``every``, with each hit serialised as by ``find_rendered``."""
        ...

    def sharing(
        self,
        text: str,
        share: float = 0.6,
        limit: int = 50,
        forms: frozenset[Form] = QUOTATION_FORMS | CLAIM_FORMS,
    ) -> list[Statement]:
        """The statements that have at least this share of the distinct terms of ``text``.

        Best first: those whose shared terms are rarest together (the sum of their inverse document
        frequencies), then the shorter, then the newer. Every term counts, even the commonest and
        those that no statement has, so a misspelt word is a word not shared. A text without words
        shares nothing. Raises InvalidParameter unless ``share`` is above 0 and at most 1 and
        ``limit`` at least 1.
        """
        ...

    def statement(self, statement_id: str) -> Statement:
        """The statement with this id. Raises NotFound."""
        ...

    def source(self, source_id: str) -> SourceSummary:
        """The source with this id, and its counts. Raises NotFound."""
        ...

    def reprints(self, source_id: str) -> tuple[SourceReference, ...]:
        """The sources with nearly the same text, including this one, earliest first.

        At most 50; empty if there is no other. Raises NotFound.
        """
        ...

    def reprinted(self, source_ids: Iterable[str]) -> Mapping[str, str]:
        """Maps the id of each source whose text is nearly that of an earlier one to the earlier
        one's id.

        Only the given sources are compared, and of them the first twenty; unknown ids are skipped.
        """
        ...

    def statements_in(self, source_id: str, within: Span) -> list[Statement]:
        """The statements of a source with words in this span of its text, in reading order.

        Omits a statement that starts long before the span, with fifty others starting in between.
        Raises NotFound.
        """
        ...

    def sources(
        self, publisher: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SourceSummary]:
        """A page of sources, newest first; those without a year last."""
        ...

    def speaker(self, speaker_id: str) -> SpeakerSummary:
        """The speaker with this id. Raises NotFound."""
        ...

    def speakers(
        self, name: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SpeakerSummary]:
        """A page of speakers, most statements first; with ``name`` (in full or in part) those it
        may mean.

        From page to page, the first 200 keep the order of the first page and all others follow by
        id: a speaker that exists throughout appears exactly once, whatever is committed in between.
        """
        ...

    def suggest(self, start: str, limit: int = 10) -> list[Suggestion]:
        """Speakers and words of quoted text that begin with ``start``."""
        ...

    def statistics(self) -> IndexStatistics:
        """Counts and dates of the whole index."""
        ...

    def everything(self) -> Iterator[AnnotatedSource]:
        """Every source as it was added, before speakers are unified across sources.

        Newest first, one at a time, so that only a few are in memory.
        """
        ...


class Index(Protocol):
    """A store of sources and statements; a commit atomically makes the next generation."""

    def snapshot(self) -> Snapshot:
        """The present generation."""
        ...

    def fingerprint(self, source_id: str) -> str | None:
        """The fingerprint of the source as it was indexed; None if it is not in the index."""
        ...

    def origins(self) -> dict[str, list[str]]:
        """Ids of the indexed sources by the place they were read from."""
        ...

    def add(
        self,
        sources: Iterable[AnnotatedSource],
        incomplete: Collection[str] = (),
        at_once: bool = False,
    ) -> Changes:
        """Indexes all sources: new ones are added, changed ones replaced.

        Many are committed in several batches, each atomic, so that little is lost if the process
        dies; ``at_once`` makes a single commit, which writes no more than a request can wait for
        and leaves the rest to ``tidy``.

        A source that an earlier call read from one of these origins but that is no longer among
        ``sources`` is removed, unless the origin is ``incomplete`` when they end, that is, could be
        read only in part. Standard input ("-") is not a place and removes nothing. A source with
        the fingerprint of the indexed one is not examined further; no other process writes while
        ``sources`` is iterated, so the iterator may call ``fingerprint``. Raises IndexBusy while
        another process writes.
        """
        ...

    def remove(self, source_ids: Iterable[str], later: bool = False) -> Changes:
        """Removes these sources and their statements in one commit, from the disk too.

        So is what earlier changes removed. With ``later`` the disk is left to ``tidy`` if it would
        take longer than a request can wait. Raises NotFound, and then removes nothing; raises
        IndexBusy.
        """
        ...

    def is_untidy(self) -> bool:
        """Whether changes left work for ``tidy``."""
        ...

    def tidy(self) -> None:
        """Finishes what changes left undone, while others read and write.

        Raises IndexBusy if another process is tidying or holds the write lock.
        """
        ...

    def check(self) -> None:
        """Checks that opening the index now would give its present generation.

        Does not read the files' contents. Raises IndexMissing, IndexOutdated or IndexCorrupt, even
        where a process that has the index open could still answer.
        """
        ...

    def prepare(self) -> None:
        """Loads what the first calls would otherwise wait for."""
        ...

    def watch(self) -> None:
        """Starts looking for commits in the background and preparing each new generation.

        Taking a snapshot then never waits for a commit, which appears within a second. If the new
        generation cannot be read, snapshots stay on the last readable one.
        """
        ...

    def catch_up(self) -> None:
        """Makes the next snapshot contain everything committed so far, even while watching.

        Raises IndexUnavailable if that cannot be read.
        """
        ...

    def close(self) -> None:
        """Closes all files; the index must not be used afterwards."""
        ...
