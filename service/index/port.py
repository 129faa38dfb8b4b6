"""The Index port: all that the rest of the service knows about keeping and finding.

It speaks the domain's words only. Engines live beside it (whoosh/); one contract suite,
tests/index/contract.py, runs against every one of them.
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
    """How a hit is written for those who only pass it on; an index keeps it ready-made.

    Of the same hit it always makes the same, and ``version`` changes with what that is.
    """

    @property
    def version(self) -> str: ...

    def __call__(self, hit: Hit) -> bytes: ...


class Snapshot(Protocol):
    """One generation of an index: all its answers belong together, whatever is committed meanwhile.

    Whoever answers a question with several calls takes one snapshot and hands it on.
    """

    @property
    def generation(self) -> str:
        """Names it; no two with different contents have the same name."""
        ...

    def find(self, query: Query) -> Page[Hit]:
        """Raises InvalidParameter ("q", "cursor", ...) for a query that means nothing."""
        ...

    def find_rendered(self, query: Query, rendering: Rendering) -> Page[bytes]:
        """As ``find``, each hit as ``rendering`` writes it. Raises InvalidParameter.

        A page ends before its limit where it would be larger than 1.5 MB; one of ``sources`` too.
        """
        ...

    def every(self, query: Query) -> Iterator[Statement]:
        """All that ``find`` tells page after page, in its order, one after the other.

        ``limit``, ``cursor`` and ``facets`` count for nothing, and no more than a few statements
        are in memory. Raises InvalidParameter at once.
        """
        ...

    def every_rendered(self, query: Query, rendering: Rendering) -> Iterator[bytes]:
        """As ``every``, each hit as ``rendering`` writes it: what ``find_rendered`` tells."""
        ...

    def sharing(
        self,
        text: str,
        share: float = 0.6,
        limit: int = 50,
        forms: frozenset[Form] = QUOTATION_FORMS | CLAIM_FORMS,
    ) -> list[Statement]:
        """The statements that have at least this share of the distinct terms of ``text``.

        Best first: those whose shared terms are rarest together (the sum of their inverse
        document frequencies), then the shorter, then the newer. Every term counts, the most
        common and those that no statement has too, so that a word written wrong is a word not
        shared. A text without words shares nothing. Raises InvalidParameter for a ``share`` that
        is not above 0 and at most 1 and for a ``limit`` below 1.
        """
        ...

    def statement(self, statement_id: str) -> Statement:
        """Raises NotFound."""
        ...

    def source(self, source_id: str) -> SourceSummary:
        """Raises NotFound."""
        ...

    def reprints(self, source_id: str) -> tuple[SourceReference, ...]:
        """The sources whose text is nearly that of this one, itself among them, the earliest first.

        At most 50; none where no other is. Raises NotFound.
        """
        ...

    def reprinted(self, source_ids: Iterable[str]) -> Mapping[str, str]:
        """Of those sources whose text is nearly that of one before them, which one that is.

        The first twenty are compared; unknown ids are left out.
        """
        ...

    def statements_in(self, source_id: str, within: Span) -> list[Statement]:
        """Those of a source that have words in this stretch of its text, in reading order.

        What began long before, with fifty others begun since, is left out. Raises NotFound.
        """
        ...

    def sources(
        self, publisher: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SourceSummary]:
        """Newest first; those without a year last."""
        ...

    def speaker(self, speaker_id: str) -> SpeakerSummary:
        """Raises NotFound."""
        ...

    def speakers(
        self, name: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> Page[SpeakerSummary]:
        """Those with most statements first; with ``name`` (whole or in part) those it may mean.

        From one page to the next the first 200 keep the order they had on the first page, and all
        others follow by their ids: who is there all along is in one page, once, whatever is
        committed in between.
        """
        ...

    def suggest(self, start: str, limit: int = 10) -> list[Suggestion]:
        """Speakers and words of quoted text that begin with ``start``."""
        ...

    def statistics(self) -> IndexStatistics:
        """What it holds."""
        ...

    def everything(self) -> Iterator[AnnotatedSource]:
        """Every source as it was added, before speakers are known across sources.

        Newest first, one after the other, so that no more than a few are in memory.
        """
        ...


class Index(Protocol):
    """What it holds is read from a snapshot; a commit makes the next generation, atomically."""

    def snapshot(self) -> Snapshot:
        """The present generation, whole."""
        ...

    def fingerprint(self, source_id: str) -> str | None:
        """Of the source as it was indexed; None if it was not."""
        ...

    def origins(self) -> dict[str, list[str]]:
        """By the place they were read from the ids of the sources that are in the index now."""
        ...

    def add(
        self,
        sources: Iterable[AnnotatedSource],
        incomplete: Collection[str] = (),
        at_once: bool = False,
    ) -> Changes:
        """All sources are indexed: new ones added, changed ones replaced.

        Many are committed in several parts, each whole, so that little is lost with who adds them;
        ``at_once`` all of them in one commit or none, with no more written than a request can wait
        for; the rest is left to ``tidy``.

        A source that an earlier call read from one of these origins and that is not among
        ``sources`` any more is removed, unless the origin is ``incomplete`` when they end: not all
        of it could be read. Standard input ("-") is not a place and removes nothing. Of one whose
        fingerprint is that of the index nothing else is looked at; nobody else writes while
        ``sources`` is gone through, so it may ask ``fingerprint``. Raises IndexBusy while somebody
        else writes.
        """
        ...

    def remove(self, source_ids: Iterable[str], later: bool = False) -> Changes:
        """These sources and their statements are gone, all in one commit, from the disk too.

        So is what earlier changes took out of the index. With ``later`` the disk is left to
        ``tidy`` where that takes longer than a request can wait. Raises NotFound, and then nothing
        is removed; IndexBusy.
        """
        ...

    def is_untidy(self) -> bool:
        """Whether changes left anything to ``tidy``."""
        ...

    def tidy(self) -> None:
        """What changes left undone is done; others read and write meanwhile.

        Raises IndexBusy where somebody else does it, or keeps the index from being written to.
        """
        ...

    def check(self) -> None:
        """Whoever opened the index now would get its present generation.

        Says nothing of what is in its files, which would have to be read. Raises IndexMissing,
        IndexOutdated, IndexCorrupt where one who opened it before goes on to answer.
        """
        ...

    def prepare(self) -> None:
        """What the first calls would wait for is made now."""
        ...

    def watch(self) -> None:
        """Commits are looked for and made ready beside the calls from now on.

        Taking a snapshot no longer waits for a commit; within a second it has it. Where the new
        generation cannot be read, snapshots are of the last one that could.
        """
        ...

    def catch_up(self) -> None:
        """The next snapshot has all that is committed by now, also where commits are watched for.

        Raises IndexUnavailable where that cannot be read.
        """
        ...

    def close(self) -> None:
        """Files are let go; the index is not used after it."""
        ...
