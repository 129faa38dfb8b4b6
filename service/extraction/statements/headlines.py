"""Headlines that end with who says so: "Mill will close in May – Ann Bell", "‘We won’ - Bell".

The same form names a publisher or an author; the article itself must say that the person spoke.
"""

import re
from collections.abc import Iterator
from itertools import islice

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.page.layout import Article
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.signatures import is_credit

FEWEST_WORDS = 4
"""Least words before the dash: "Weather – Ann Bell" is a column."""
NAMES_READ = 20
"""Names in the article beside which a word of speech is looked for, to keep time linear."""
BESIDE = 40
"""Characters before and after a name that are searched for it."""

_SIGNED = re.compile(
    r" (?P<dash>--|[–—-]) (?P<who>[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]+){0,3})$"
)
_TELLING = frozenset(("told", "tell", "tells", "telling", "asked", "asks", "reminded"))
"""Before a name these have it as their hearer."""
_WORD = re.compile(r"[a-z]+|[.!?\n]")


def read_headline(article: Article) -> Iterator[Proposal]:
    """Yields what the headline says, if its end names who says it."""
    title = article.title
    signed = None if title is None else _SIGNED.search(article.flow, title.start, title.end)
    if title is None or signed is None:
        return
    words, who = Span(title.start, signed.start()), Span(*signed.span("who"))
    name, written = signed["who"], {one.of(article.flow) for one in article.bylines}
    if len(words.of(article.flow).split()) < FEWEST_WORDS or name in written:
        return
    paper = is_credit(name) or name.startswith("The ")
    if not paper and _speaks(article, name.rpartition(" ")[2], title.end):
        yield Proposal((words,), Span(*signed.span("dash")), who, LAID_OUT, settled=True)


def _speaks(article: Article, surname: str, start: int) -> bool:
    """Whether a word of speech is right before or after the surname somewhere below."""
    named = re.compile(rf"\b{re.escape(surname)}\b")
    for found in islice(named.finditer(article.flow, start), NAMES_READ):
        after = _WORD.findall(article.lowered, found.end(), found.end() + BESIDE)[:2]
        before = _WORD.findall(article.lowered, found.start() - BESIDE, found.start())[-3:]
        spoken = (*(word for word in before if word not in _TELLING), *after)
        if not cues().report.isdisjoint(spoken):
            return True
    return False
