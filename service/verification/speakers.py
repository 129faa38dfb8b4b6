"""Speakers: whom the name beside a claimed quotation means in this index.

Names are matched as everywhere in the API: an id, or a name or alias, whole or in part. A claimed
quotation often comes with more than the name ("Russian President Vladimir V. Putin"); then the
name within it is looked for.
"""

import re
from itertools import chain

from service.domain import Query, Speaker
from service.index.port import Snapshot
from service.verification.words import fold_words

_AND = re.compile(r"\s+(?:and|&)\s+|,\s*")


def speakers_meant(index: Snapshot, name: str | None) -> tuple[Speaker, ...]:
    """Nobody where the index knows no such name; of "Putin and Xi" both."""
    if name is None:
        return ()
    found = _named(index, name)
    if found:
        return found
    together = _AND.split(name)
    if len(together) > 1:
        each = (speakers_meant(index, one) for one in together if one.strip())
        return tuple(dict.fromkeys(chain.from_iterable(each)))
    words = fold_words(name).words
    if len(words) < 2:
        return ()
    whole = set(words)
    return tuple(
        speaker
        for speaker in _named(index, words[-1])
        if len(known := set(fold_words(speaker.name).words)) > 1 and known <= whole
    )


def _named(index: Snapshot, name: str) -> tuple[Speaker, ...]:
    return index.find(Query(speaker=name, limit=1)).speakers
