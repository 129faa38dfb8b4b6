"""How much of whole articles is speech, and how much of the speech is found.

    python -m bench.reported POLNEAR/dev [--only FILE] [--acts FILE ...]

Every statement of speech that the service finds is looked up in PolNeAR's annotation, which holds
attitudes too: an attribution is speech if it is quoted or a word of its cue is a verb of saying or
writing (lexicon/acts.toml). --only restricts it to the articles that are keys of a JSON file;
--acts overrides the annotation by hand-labelled statements (training/acts/reading.py). Prints for
the model and for the rules alone

given       the share of indirect statements, and of all, that are annotated, and as speech
sentences   the share of sentences with annotated speech of which half or more is found
quotations  the share of quoted stretches in annotated speech that is found, by their length
nobody's    of quoted stretches in no annotation, those that get a speaker
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.polnear import AnnotatedArticle, Attributed, characters, read_articles
from bench.quality import source_of
from service.domain import Act, Extractor, Form, Span, Statement
from service.extraction import annotate
from service.extraction.lexicon.acts import acts
from service.extraction.page.layout import Article, lay_out
from service.extraction.statements.acts import OUTCOMES
from training.acts.reading import Read, read_acts, share

SPEECH_VERBS = frozenset(("say", "write", "judge", "urge", "promise", "show", "name", "topic"))
SAME, FOUND = 0.5, 0.5
"""Two statements that share this much of the shorter are the same; a sentence is found if this much
of its speech is.
"""
LEAST = 15
"""Characters of annotated speech in a sentence, so that a name in the next one is not counted."""
LONG_WORDS = 5
"""PolNeAR's scorer counts quotations from here; shorter ones include titles and scare quotes."""

_WORD = re.compile(r"[a-z'-]+")
_MARK = re.compile(r"\s*[“\"‘'„«`]")
_SAYING = frozenset(("said", "says", "say", "told", "according"))


@dataclass(slots=True)
class Counts:
    """By name, how many were found, and how many were looked for."""

    found: Counter[str] = field(default_factory=Counter)
    every: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, is_found: bool) -> None:
        self.every[name] += 1
        self.found[name] += is_found

    def show(self) -> None:
        for name, every in self.every.items():
            print(f"  {name:36} {self.found[name] / every:.3f}  {self.found[name]} of {every}")


def is_speech(text: str, one: Attributed) -> bool:
    """Whether it is quoted, or a word of its cue is a verb of saying or writing."""
    words = _WORD.findall(" ".join(span.of(text) for span in one.cue).lower().replace("’", "'"))
    if not words or _MARK.match(one.content[0].of(text)) or not _SAYING.isdisjoint(words):
        return True
    lexicon = acts()
    verbs = {name for word in words for name in lexicon.verbs.get(word, ())}
    nouns = {name for word in words for name in lexicon.nouns.get(word, ())}
    return not SPEECH_VERBS.isdisjoint(verbs) or "speech" in nouns


def count(
    article: AnnotatedArticle, statements: Sequence[Statement], read: Sequence[Read], counts: Counts
) -> None:
    """Adds one article's counts; what the annotators set aside is left out."""
    speech_found = [one for one in statements if one.act is Act.SPEECH and not one.denied]
    speech_found = [one for one in speech_found if not _is_undecided(article, one.spans)]
    speech = [one for one in article.statements if is_speech(article.text, one)]
    for one in speech_found:
        annotated, as_speech = _judged(one, article.statements, speech, read)
        for kind in ("indirect", "all") if one.form is Form.INDIRECT else ("all",):
            counts.add(f"given: {kind}, annotated", annotated)
            counts.add(f"given: {kind}, annotated as speech", as_speech)
    page = lay_out(source_of(article))
    _count_sentences(article, page, speech_found, speech, counts)
    _count_quotations(article, page, speech_found, counts)


def _is_undecided(article: AnnotatedArticle, spans: Iterable[Span]) -> bool:
    covered = characters(spans)
    return len(covered & article.undecided) > len(covered) / 2


def _judged(
    one: Statement, every: Iterable[Attributed], speech: Iterable[Attributed], read: Iterable[Read]
) -> tuple[bool, bool]:
    """Whether it is annotated at all, and whether as speech."""
    by_people = [row for row in read if share(one.spans, row.spans) >= SAME]
    if by_people:
        outcome = OUTCOMES[by_people[0].outcome]
        return outcome is not None, outcome is Act.SPEECH
    return _is_among(one.spans, every), _is_among(one.spans, speech)


def _is_among(spans: Sequence[Span], annotated: Iterable[Attributed]) -> bool:
    return any(share(spans, other.content) >= SAME for other in annotated)


def _count_sentences(
    article: AnnotatedArticle,
    page: Article,
    found: Iterable[Statement],
    speech: Iterable[Attributed],
    counts: Counts,
) -> None:
    ours = characters(span for one in found for span in one.spans)
    theirs = [characters(one.content) - article.undecided for one in speech]
    for sentence in page.sentences:
        here = frozenset(range(sentence.start, sentence.end))
        said = [part for one in theirs if len(part := one & here) >= LEAST]
        if said:
            hit = any(len(part & ours) >= FOUND * len(part) for part in said)
            counts.add("sentences of speech found", hit)


def _count_quotations(
    article: AnnotatedArticle, page: Article, found: Sequence[Statement], counts: Counts
) -> None:
    theirs = characters(span for one in article.statements for span in one.content)
    for quotation in page.quotations:
        inner = quotation.inner
        body = characters([inner])
        if body & article.undecided:
            continue
        owners = [one for one in found if len(body & characters(one.spans)) >= len(body) / 2]
        if len(body & theirs) >= len(body) / 2:
            long = len(inner.of(article.text).split()) >= LONG_WORDS
            counts.add(f"quotations found: {'long' if long else 'short'}", bool(owners))
        else:
            named = any(one.speaker is not None for one in owners)
            counts.add("nobody's given to somebody", named)


def _measured(
    articles: Iterable[AnnotatedArticle], read: Mapping[str, Sequence[Read]], extractor: Extractor
) -> Counts:
    counts = Counts()
    for article in articles:
        statements = annotate(source_of(article), extractor=extractor).statements
        count(article, statements, read.get(article.name, ()), counts)
    return counts


def _articles(folder: Path, only: Path | None) -> Iterator[AnnotatedArticle]:
    wanted = None if only is None else tuple(json.loads(only.read_text(encoding="utf-8")))
    for article in read_articles(folder):
        if wanted is None or article.name.startswith(wanted):
            yield article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="holds text/ and attributions/")
    parser.add_argument("--only", type=Path, help="a JSON file whose keys are the articles")
    parser.add_argument("--acts", type=Path, nargs="*", default=[], help="statements people read")
    arguments = parser.parse_args()
    try:
        articles = list(_articles(arguments.folder, arguments.only))
    except FileNotFoundError as error:
        parser.error(str(error))
    read = {name: rows for path in arguments.acts for name, rows in read_acts(path).items()}
    print(f"{len(articles)} articles")
    for extractor in Extractor:
        print(extractor)
        _measured(articles, read, extractor).show()


if __name__ == "__main__":
    main()
