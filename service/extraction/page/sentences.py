"""Sentences: where one ends and the next begins, without splitting quotations.

A quotation is one piece whatever it contains. What follows its closing mark belongs to the same
sentence unless the quotation ended one and a new one begins.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.page.marks import UNSEEN, Quotation

# matches only at the first mark, so that ten thousand full stops in a row take one look
_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[)\]]?(?=[\s“\"])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'–—-])(?:"
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Prof|Rev|Reps|Sens|Messrs|Hon|Fr|Adm|Maj|Cmdr"
    r"|No|Nos|vs|v|Inc|Ltd|Cos?|Corp|Bros|Ave|Blvd|approx|cf|e\.g|i\.e|a\.m|p\.m"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb"
    r"|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)"
    r"|(?:[A-Z]\.)*[A-Z])\.$"
)
_NEXT = re.compile(
    rf"[{UNSEEN}]*(?:\s+(?:[{UNSEEN}\"“‘'«(\[`]+ ?)?|[“\"])[A-Z0-9À-ÞА-Я]"  # "It is late.“I know,”"
)
LONGEST = 5000
"""Longest sentence in characters; longer ones are split."""


def split_sentences(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Sentences of one paragraph in reading order, without the white space around them."""
    for sentence in _split(text, paragraph, quotations):
        if len(sentence) <= LONGEST:
            yield sentence
        else:
            yield from _cut(text, sentence, quotations)


def _cut(text: str, sentence: Span, quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Yields an overlong sentence, which nobody writes, in pieces, to limit the memory it takes."""
    start = sentence.start
    while sentence.end - start > LONGEST:
        end = start + LONGEST
        at = bisect_right(quotations, end, key=lambda q: q.outer.start) - 1
        if at >= 0:
            end = max(end, quotations[at].outer.end)
        end = text.find(" ", end, sentence.end)
        if end < 0:
            break
        yield Span(start, end)
        start = _skip_space(text, end, sentence.end)
    yield Span(start, sentence.end)


def _split(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Iterator[Span]:
    first = bisect_left(quotations, paragraph.start, key=lambda q: q.outer.start)
    start = position = paragraph.start
    at = first
    while position < paragraph.end:
        quotation = quotations[at] if at < len(quotations) else None
        limit = min(quotation.outer.start, paragraph.end) if quotation else paragraph.end
        end = _next_end(text, position, limit, paragraph.end)
        if end is None and quotation and quotation.outer.start < paragraph.end:
            at += 1
            position = quotation.outer.end
            end = position if _ends_sentence(text, quotation, paragraph.end) else None
        elif end is None:
            break
        else:
            position = end
        if end is not None:
            yield Span(start, end)
            start = _skip_space(text, end, paragraph.end)
            position = max(position, start)
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _next_end(text: str, position: int, limit: int, paragraph_end: int) -> int | None:
    limit += text[limit : limit + 1] in ("“", '"')
    for match in _END.finditer(text, position, limit):
        stop = match.end()
        if match.group() == "." and _ABBREVIATION.search(text, max(0, stop - 12), stop):
            continue
        if _NEXT.match(text, stop, paragraph_end):
            return stop
    return None


def _ends_sentence(text: str, quotation: Quotation, paragraph_end: int) -> bool:
    """Whether the quotation's last words end a sentence and what follows begins one."""
    last, after = text[quotation.inner.end - 1], quotation.outer.end
    if last not in ".!?…" or text[after : after + 1] == "." or not _NEXT.match(text, after):
        return False
    # "Who is it?" Smith asked. "We stay." Smith said.
    named = _named_verb().match(text, after, paragraph_end)
    if named is None:
        return True
    return last == "." and text[named.end() : named.end() + 1] not in (".", ",", "")


@cache
def _named_verb() -> re.Pattern[str]:
    """Matches a name and a verb of saying with nothing said after it."""
    verbs = "|".join(sorted(cues().report))
    return re.compile(
        rf"\s+(?:(?:[A-Z][\w.’'-]*|of|the)\s+){{1,6}}(?:{verbs})\b(?!:| that|,? [“\"])"
    )


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position
