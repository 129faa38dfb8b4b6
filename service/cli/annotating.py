"""Annotating: extracts the statements of many sources on several cores.

Groups of sources go to worker processes, each of which loads the model once and runs it on one
thread; results come in the order of the sources, whatever the number of workers. Only a few groups
are in flight at a time, so memory does not grow with the input.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process

from service.cli.command import Failure
from service.domain import AnnotatedSource, Extractor, KnownSpeaker, Source
from service.extraction import annotate, open_tagger

GROUP_SOURCES = 16
GROUP_CHARACTERS = 40_000
"""A group is full at either limit: with the model it takes a second, and its transfer a thousandth
of that."""

GROUPS_AHEAD = 3
"""Groups in flight per worker: one in work, one waiting, one done."""

Annotate = Callable[[Source], AnnotatedSource]
Group = list[Source | AnnotatedSource]


@dataclass(frozen=True, slots=True)
class Annotator:
    """How sources are annotated, and by how many processes."""

    known: tuple[KnownSpeaker, ...]
    extractor: Extractor
    jobs: int

    def all(self, sources: Iterable[Source | AnnotatedSource]) -> Iterator[AnnotatedSource]:
        """The annotated sources in order; those already annotated pass through.

        Starts workers only if there is more than one group. Raises Failure if one dies.
        """
        groups = _groups(sources)
        first = list(islice(groups, 2))
        alone = partial(annotate, known=self.known, extractor=self.extractor)
        if self.jobs == 1 or len(first) < 2:
            for group in chain(first, groups):
                yield from _annotate_group(group, alone)
            return
        with _pool(self) as pool:
            yield from self._by_workers(pool, chain(first, groups))

    def _by_workers(
        self, pool: ProcessPoolExecutor, groups: Iterable[Group]
    ) -> Iterator[AnnotatedSource]:
        waiting: deque[Future[list[AnnotatedSource]]] = deque()
        try:
            for group in groups:
                waiting.append(_submitted(pool, group))
                if len(waiting) >= self.jobs * GROUPS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise Failure(
                "a worker process died, perhaps because it ran out of memory; committed work "
                "is kept: run the same command again with fewer --jobs"
            ) from error


def _submitted(pool: ProcessPoolExecutor, group: Group) -> Future[list[AnnotatedSource]]:
    """Starts no process for a group that is already annotated."""
    done = [one for one in group if isinstance(one, AnnotatedSource)]
    if len(done) == len(group):
        there: Future[list[AnnotatedSource]] = Future()
        there.set_result(done)
        return there
    with uninterrupted():
        return pool.submit(_in_worker, group)


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _groups(sources: Iterable[Source | AnnotatedSource]) -> Iterator[Group]:
    group: Group = []
    characters = 0
    for one in sources:
        group.append(one)
        # annotated sources need no work
        characters += len(one.text) if isinstance(one, Source) else 0
        if len(group) == GROUP_SOURCES or characters >= GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _annotate_group(group: Group, work: Annotate) -> list[AnnotatedSource]:
    return [work(one) if isinstance(one, Source) else one for one in group]


@contextmanager
def _pool(annotator: Annotator) -> Iterator[ProcessPoolExecutor]:
    # spawn: a fork could copy the progress bar's locks while they are held
    pool = ProcessPoolExecutor(
        annotator.jobs, get_context("spawn"), _start_worker, (annotator.known, annotator.extractor)
    )
    with _one_thread_each():
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delays an interrupt to the end of the block.

    During the start of a process it would leave that process waiting for its task for ever, and the
    command waiting for the process.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # set by nohup and &
        yield
        return
    came: list[int] = []
    former = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
    if came:
        raise KeyboardInterrupt


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Limits processes started in the block to one arithmetic thread each; there is one process per
    core."""
    name = "OPENBLAS_NUM_THREADS"
    former = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if former is None:
            del os.environ[name]
        else:
            os.environ[name] = former


_worker: list[Annotate] = []
"""In a worker process: the function it applies to a source."""


def _start_worker(known: tuple[KnownSpeaker, ...], extractor: Extractor) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command decides what an interrupt does
    threading.Thread(target=end_with_parent, daemon=True).start()
    if extractor is Extractor.MODEL:
        open_tagger()
    _worker[:] = [partial(annotate, known=known, extractor=extractor)]


def end_with_parent() -> None:
    """Ends this worker when its parent is killed; otherwise it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_worker(group: Group) -> list[AnnotatedSource]:
    return _annotate_group(group, _worker[0])
