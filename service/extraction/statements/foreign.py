"""Foreign: quotations in articles that are not in English, by signs that need no language.

    »Wir bleiben«, sagte Ute Karg.    Иван Петров заявил: «Мы остаёмся».    「ここに残る」

Marks show what is quoted; a label, a signature, or a name with at most a verb between shows the
speaker. Neither the rules nor the network are used, as both know only English.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from service.domain import Provenance, Source, Span
from service.extraction.lexicon import load
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation, with_continuations
from service.extraction.proposal import Proposal
from service.extraction.statements.dialogue import is_dialogue, read_dialogue
from service.extraction.statements.signatures import read_signatures
from service.extraction.statements.transcripts import read_turns

NAMED, UNNAMED = 0.85, 0.6
"""Confidence of a quotation beside a name, and of one by its marks alone."""
BETWEEN = 3
"""Words between a quotation and its speaker's name: "a déclaré", "said on Monday" in English."""
TITLE_WORDS = 2
"""Words of an office, in languages that write it in lower case: "la primera ministra"."""
REACH = 120
"""Characters before and after a quotation that are searched for its speaker's name."""
FRAGMENT_WORDS, FRAGMENT_LETTERS = 5, 8
"""Fewer words, or letters in scripts without spaces, are a title or a scare quote unless the
context shows a quotation.
"""
CLAUSE_WORDS = 4
"""From this many words on, content that begins in lower case, as titles do not, is more than a
scare quote.
"""
VERB_WORDS = 3
"""Most words between a quotation and the end of its sentence, in languages with the verb last:
"Mehmet Aydın, “Burada kalıyoruz” dedi.".
"""

_ENGLISH = re.compile(r"\b(?:the|and|that|with|they|would|have|said|says|was|from|his|her)\b")
_FOREIGN_MARKS = re.compile(r"[„»«‹›「」『』‚]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|[^\s\w]")
_WORDS = load("foreign.toml")
_PARTICLES = frozenset(_WORDS["particles"].split())
_ARTICLES = frozenset(_WORDS["articles"].split())
_LEAD = re.compile(r"(?:^|[.!?…”»\"] +)(?P<subject>[^\W\d_][^.!?“”\"«»,:]{2,60}), ?$", re.MULTILINE)
_VERB = re.compile(rf" (?P<verb>[^\W\d_]+(?: [^\W\d_]+){{0,{VERB_WORDS - 1}}})(?=[.!?]|\n|$)")
_VERB_LAST = frozenset(("tr", "az", "kk", "ky", "uz", "tk"))
"""Turkic languages, in which the content is between the speaker and the verb."""
_COMMAS = (",", "،", "，", "、")
_NOUNS_CAPITAL = frozenset(("de", "lb"))
"""Languages that capitalise every noun, so that two capitals do not make a name."""


_CAPITALISED = r"[A-ZÀ-Þ][^\W\d_]+"
_FULL = re.compile(rf"\b(?P<first>{_CAPITALISED}) (?=(?P<last>{_CAPITALISED}(?:-{_CAPITALISED})?))")


class _Page(NamedTuple):
    """What the whole article shows about names."""

    language: str | None
    surnames: frozenset[str]


def is_foreign(source: Source) -> bool:
    """Whether the source is in a language other than English, as far as is known."""
    if source.language is not None and not source.language.value.lower().startswith("en"):
        declared = source.language.provenance is Provenance.DECLARED
        return declared or len(set(_ENGLISH.findall(source.text[:5000].lower()))) < 2
    return source.language is None and _is_foreign(source.text[:2000])


def _is_foreign(text: str) -> bool:
    """Whether the text has no English words, but marks or letters that English does not use."""
    if _ENGLISH.search(text.lower()) is not None:
        return False
    if is_dialogue(text):
        return True
    letters = len(_LETTER.findall(text))
    return _FOREIGN_MARKS.search(text) is not None or (
        letters > 0 and len(_LATIN.findall(text)) < letters / 2
    )


def read_foreign(article: Article, language: str | None) -> list[Proposal]:
    """One statement per quotation, in reading order; those attributed by the layout take
    precedence.
    """
    page = _Page(language, _surnames(article.flow))
    settled = [*read_turns(article), *read_signatures(article)]
    if not settled:
        settled = read_dialogue(article, lambda tokens: _name(tokens, page))
    taken = [span for proposal in settled for span in proposal.spans]
    found = [
        proposal
        for group in with_continuations(article.quotations)
        if not any(span.overlaps(group[0].outer) for span in taken)
        for proposal in _proposal(article, group, page)
    ]
    return sorted([*settled, *found], key=lambda proposal: proposal.spans[0])


def _proposal(article: Article, group: tuple[Quotation, ...], page: _Page) -> Iterator[Proposal]:
    named = (
        _named_after(article, group[-1], page)
        or _before(article, group[0], page)
        or _around(article, group, page)
    )
    cue, mention = named if named is not None else (None, None)
    if mention is None and not _is_quotation(article, group[0], page.language):
        return
    spans = tuple(quotation.outer for quotation in group)
    yield Proposal(spans, cue, mention, NAMED if mention else UNNAMED)


def _is_quotation(article: Article, quotation: Quotation, language: str | None) -> bool:
    """Whether it is long, opens a sentence or follows a colon, unlike titles and scare quotes."""
    text = quotation.inner.of(article.flow)
    spaced = " " in text
    size = len(text.split()) if spaced else len(text)
    if size >= (FRAGMENT_WORDS if spaced else FRAGMENT_LETTERS) and not text.isascii():
        return True
    if len(text.split()) >= (FRAGMENT_WORDS if text[0].isupper() else CLAUSE_WORDS):
        return True
    if _last_verb(article, quotation, language) is not None:
        return True
    start = quotation.outer.start
    before = article.flow[max(0, start - 4) : start].rstrip(" ")[-1:]
    after = article.flow[quotation.outer.end : quotation.outer.end + 3].strip(" ")[:1]
    opens = before in ("", "\n", ".", "!", "?", ":", "：", "。", "—", "–")
    said_after = after in _COMMAS or text[-1] in _COMMAS or after in tuple("—–-")
    return before in (":", "：") or (opens and (said_after or text[-1] in ".!?…。"))


def _named_after(
    article: Article, quotation: Quotation, page: _Page
) -> tuple[Span | None, Span] | None:
    """Cue and name after the quotation: "«...», a déclaré Anne Leroy", "„...“ (Ute Karg)"."""
    start = quotation.outer.end
    paragraph = article.paragraphs[article.paragraph_at(quotation.outer.start)]
    tokens = list(_TOKEN.finditer(article.flow, start, min(paragraph.end, start + REACH)))
    at = 0
    while at < len(tokens) and tokens[at].group() in ",—–-(":
        at += 1
    gap = article.flow[start : tokens[at].start()] if at < len(tokens) else "."
    first = at
    while at < len(tokens) and at - first < BETWEEN and tokens[at].group()[0].islower():
        if at > first and tokens[at].group() in _ARTICLES:
            break
        at += 1
    named = tokens[at + _title_words(tokens[at:]) :]
    if at > first and tokens[at - 1].group() in _PARTICLES - _ARTICLES:
        return None  # "a novel of Anne Leroy's"
    name = _name(named, page) if at > first or gap.strip() else None
    if name is None:
        return None
    cue = Span(tokens[first].start(), tokens[at - 1].end()) if at > first else None
    return cue, name


def _before(article: Article, quotation: Quotation, page: _Page) -> tuple[Span | None, Span] | None:
    """Cue and name before the quotation, from a sentence's beginning: "Anne Leroy a déclaré : « ...
    »", "Ute Karg: „...“".
    """
    start = quotation.outer.start
    paragraph = article.paragraphs[article.paragraph_at(start)]
    low = max(paragraph.start, start - REACH)
    lead = article.flow[low:start].rstrip(" ")
    if not lead.endswith((":", "：")):
        return None
    begin = max(lead.rfind(mark) for mark in (". ", "! ", "? ", "» ", "“ ", "” ")) + 1
    tokens = list(_TOKEN.finditer(article.flow, low + begin, low + len(lead) - 1))
    tokens = tokens[_title_words(tokens) :]
    labelled = len(tokens) > 1 and all(token.group()[0].isupper() for token in tokens)
    name = _name(tokens, page._replace(language="") if labelled else page)
    if name is None:
        return None
    rest = [token for token in tokens if token.start() >= name.end]
    if len(rest) > BETWEEN or not all(token.group()[0].islower() for token in rest):
        return None
    return (Span(rest[0].start(), rest[-1].end()) if rest else None), name


def _around(
    article: Article, group: tuple[Quotation, ...], page: _Page
) -> tuple[Span | None, Span] | None:
    """Verb and name around the quotation: "Mehmet Aydın, “Burada kalıyoruz” dedi.". The name has
    two words or begins with a first name.
    """
    verb = _last_verb(article, group[-1], page.language)
    lead = None if verb is None else _LEAD.search(article.flow, *_reach_before(article, group[0]))
    if lead is None:
        return None
    tokens = list(_TOKEN.finditer(article.flow, *lead.span("subject")))
    known = people().first_names
    first = [at for at, token in enumerate(tokens) if token.group().lower() in known]
    if len(tokens) > 2 and not first:
        return None
    name = _name(tokens[first[-1] :] if len(tokens) > 2 else tokens, page)
    return None if name is None else (verb, name)


def _last_verb(article: Article, quotation: Quotation, language: str | None) -> Span | None:
    """The verb that alone follows the quotation in its sentence, or None."""
    if (
        language not in _VERB_LAST
        or _LEAD.search(article.flow, *_reach_before(article, quotation)) is None
    ):
        return None
    found = _VERB.match(article.flow, quotation.outer.end)
    return None if found is None else Span(*found.span("verb"))


def _reach_before(article: Article, quotation: Quotation) -> tuple[int, int]:
    start = quotation.outer.start
    paragraph = article.paragraphs[article.paragraph_at(start)]
    return max(paragraph.start, start - REACH), start


def _title_words(tokens: list[re.Match[str]]) -> int:
    """Number of words of an office before a name: "la ministre Claire Dubois"."""
    if not tokens or tokens[0].group().lower() not in _ARTICLES:
        return 0
    after = tokens[1 : TITLE_WORDS + 2]
    words = list(takewhile(lambda token: token.group()[0].islower(), after))
    no_particle = all(word.group() not in _PARTICLES for word in words)
    return 1 + len(words) if no_particle and 0 < len(words) <= TITLE_WORDS else 0


def _name(tokens: list[re.Match[str]], page: _Page) -> Span | None:
    """The certain name of a person at the beginning of the tokens, or None: a full name, or the
    surname of somebody whom the article names in full.
    """
    language = page.language
    nouns = language is None or language.split("-")[0] in _NOUNS_CAPITAL
    if tokens and tokens[0].group().lower() in people().honorifics:
        tokens = tokens[1:]
    tokens = tokens[_office_words(tokens) :]
    particles = _PARTICLES - _ARTICLES if nouns else _PARTICLES
    last = 0
    while last < len(tokens) and (
        tokens[last].group()[0].isupper()
        or (last > 0 and tokens[last].group() in particles and _goes_on(tokens, last))
    ):
        last += 1
        if tokens[last - 1].group().endswith(".") and len(tokens[last - 1].group()) > 2:
            break
    words = [token.group().rstrip(".") for token in tokens[:last]]
    if len(words) == 1 and words[0] in page.surnames:
        return Span(tokens[0].start(), tokens[0].start() + len(words[0]))
    if not 2 <= len(words) <= 4 or words[0].lower() in _ARTICLES:
        return None
    if nouns and (len(words) > 2 or words[0].lower() not in people().first_names):
        return None
    return Span(tokens[0].start(), tokens[last - 1].start() + len(words[-1]))


def _office_words(tokens: list[re.Match[str]]) -> int:
    """Number of capitalised words before a first name: "SPD-Chef Lars Klingbeil"."""
    for at, token in enumerate(tokens[: TITLE_WORDS + 1]):
        if not token.group()[0].isupper():
            break
        if token.group().lower() in people().first_names:
            return at
    return 0


def _surnames(flow: str) -> frozenset[str]:
    """Surnames of all people named in full, the words after a known first name."""
    known = people().first_names
    return frozenset(
        found["last"] for found in _FULL.finditer(flow) if found["first"].lower() in known
    )


def _goes_on(tokens: list[re.Match[str]], at: int) -> bool:
    return at + 1 < len(tokens) and (
        tokens[at + 1].group()[0].isupper() or tokens[at + 1].group() in _PARTICLES
    )
