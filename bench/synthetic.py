"""Synthetic records: any number of annotated sources, the same ones every time.

Words are as unevenly frequent as in news (Zipf and Mandelbrot: rank r has weight 1 / (r + 2.7)),
the function words of English first; a word is often followed by one of the few that follow it
elsewhere, so that phrases recur, and a long tail keeps the vocabulary growing with the number of
records (Heaps). Speakers and publishers are Zipf-distributed, dates uniform over ten years.

A source is generated from its number alone, so that a million of them need no memory and a question
can be made from any of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice, repeat
from random import Random

from service.domain import (
    AnnotatedSource,
    Attested,
    Attribution,
    Context,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    slug,
    statement_id,
)
from service.index.analysis import term_of

STATEMENTS_A_SOURCE = 4
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
FOLLOWERS, FOLLOWING, RARE = 4, 0.25, 0.02
COMMON, SELDOM = 70, 1_000
"""Ranks of words used in questions: they carry meaning, and are in 0.1 to 2 % of statements."""
MANY = 1_100
"""Statements of a speaker whose fiftieth page is asked for."""
FORMS = (Form.DIRECT, Form.DIRECT, Form.MIXED, Form.INDIRECT)


def _words(text: str) -> list[str]:
    return text.split()


FUNCTION_WORDS = _words(
    "the of and to in a that is for on it with as was be by he said at are this have from not but"
    " we they an his has will i or their one you were all which she would there been more when who"
    " what about if can her them no so up out our into do than some could only other its new time"
)

_SYLLABLES = _words(
    "ba con der el fi gan ho in ja kel lo mar ni or pre qua ri sol ta ul ver wi xen yo zu th st"
    " ment er"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, taken from the records so that they have answers."""

    speakers: list[str]
    busiest: list[str]
    pairs: list[str]
    phrases: list[str]
    narrow: list[tuple[str, str]]
    words: list[str]
    misspelt: list[str]
    sentences: list[str]
    ids: list[str]


class Writer:
    """Generates sources."""

    def __init__(self, seed: int = 7) -> None:
        random = Random(seed)
        self._seed = seed
        invented = [*FUNCTION_WORDS, *(_word(random, 2, 4) for _ in range(100_000))]
        # distinct stems, so that engines with and without stemming agree
        distinct = {term_of(word): word for word in reversed(invented)}
        invented = sorted(set(distinct.values()) - set(FUNCTION_WORDS))
        random.shuffle(invented)
        self.words = [*FUNCTION_WORDS, *invented[:40_000]]
        self._rare = invented[40_000:]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(self.words) + 1)))
        self._followers = {
            word: random.choices(self.words, cum_weights=self._weights, k=FOLLOWERS)
            for word in self.words[:5_000]
        }
        names = {f"{_word(random, 2, 3)} {_word(random, 2, 3)}".title() for _ in range(5_000)}
        self.speakers = [Speaker(slug(name), name, SpeakerKind.PERSON) for name in sorted(names)]
        random.shuffle(self.speakers)
        self._speaker_weights = list(accumulate(1 / rank for rank, _ in enumerate(names, start=1)))
        self._publishers = [f"The {_word(random, 2, 3).title()} Post" for _ in range(200)]
        self._publisher_weights = list(accumulate(rank**-0.8 for rank in range(1, 201)))

    def sources(self, statements: int) -> Iterator[AnnotatedSource]:
        """Sources with this many statements in all."""
        return map(self.source, range(statements // STATEMENTS_A_SOURCE))

    def source(self, number: int) -> AnnotatedSource:
        random = Random(f"{self._seed}:{number}")
        quotations = [
            self._sentence(random, random.randint(10, 60)) for _ in range(STATEMENTS_A_SOURCE)
        ]
        text = "".join(f"“{words}”, he said. " for words in quotations)
        day = FIRST_DAY + timedelta(random.randrange(DAYS))
        [publisher] = random.choices(self._publishers, cum_weights=self._publisher_weights)
        source = Source(
            id=f"source-{number:08}",
            text=text,
            origin=f"{number // 1000}.jsonl",
            title=Attested(quotations[0][:60], Provenance.DECLARED),
            publisher=Attested(publisher, Provenance.DECLARED),
            published=Attested(PartialDate(day.year, day.month, day.day), Provenance.DECLARED),
            language=Attested("en", Provenance.DECLARED),
        )
        start, statements = 0, []
        for words in quotations:
            start = text.index(words, start)
            statements.append(self._statement(random, source, Span(start, start + len(words))))
        return AnnotatedSource(source, tuple(statements), str(number))

    def _statement(self, random: Random, source: Source, span: Span) -> Statement:
        mention, cue = Span(span.end + 3, span.end + 5), Span(span.end + 6, span.end + 10)
        [speaker] = random.choices(self.speakers, cum_weights=self._speaker_weights)
        return Statement(
            id=statement_id(source.id, [span]),
            form=random.choice(FORMS),
            text=span.of(source.text),
            spans=(span,),
            quoted=(span,),
            speaker=speaker,
            attribution=Attribution(
                Excerpt("he", mention), Excerpt("said", cue), 0.9, ("he", speaker.name)
            ),
            context=Context(source.text[: span.start][-150:], source.text[span.end :][:150]),
            source=source.reference(),
        )

    def _sentence(self, random: Random, length: int) -> str:
        words: list[str] = []
        for drawn in random.choices(self.words, cum_weights=self._weights, k=length):
            chance = random.random()
            if chance < RARE:
                words.append(random.choice(self._rare))
            elif chance < RARE + FOLLOWING and words and words[-1] in self._followers:
                words.append(random.choice(self._followers[words[-1]]))
            else:
                words.append(drawn)
        return " ".join(words)

    def questions(self, statements: int, count: int = 60) -> Asked:
        """Returns ``count`` questions of each kind, about the first ``statements``."""
        random = Random(self._seed)
        rank = {word: place for place, word in enumerate(self.words)}

        def statement() -> Statement:
            number = random.randrange(statements // STATEMENTS_A_SOURCE)
            return random.choice(self.source(number).statements)

        def telling(text: str, first: int = COMMON, last: int = SELDOM) -> list[str]:
            return [word for word in text.split() if first <= rank.get(word, 0) < last]

        def some(make: Callable[[Statement], str]) -> list[str]:
            """``count`` questions from as many statements as are needed; empty ones do not
            count.
            """
            made = (make(statement()) for _ in repeat(None))
            return list(islice(filter(None, made), count))

        def pair(one: Statement) -> str:
            words = list(dict.fromkeys(telling(one.text)))
            return " ".join(random.sample(words, 2)) if len(words) > 1 else ""

        def phrase(one: Statement) -> str:
            words = one.text.split()
            start = random.randrange(len(words) - 2)
            three = words[start : start + 3]
            return " ".join(three) if telling(" ".join(three), last=len(rank)) == three else ""

        def word(one: Statement) -> str:
            return next(iter(telling(one.text, last=3 * COMMON)), "")

        def misspelt(one: Statement) -> str:
            long = [word for word in telling(one.text) if 6 <= len(word) <= 9]
            wrong = _mistype(random, random.choice(long)) if long else ""
            return "" if wrong in rank else wrong

        return Asked(
            speakers=some(lambda one: one.speaker.id if one.speaker else ""),
            busiest=[
                speaker.id
                for rank, speaker in enumerate(self.speakers[:10], start=1)
                if statements / (rank * self._speaker_weights[-1]) > MANY
            ],
            pairs=some(pair),
            phrases=some(phrase),
            narrow=[(text, random.choice(self.speakers[:100]).id) for text in some(word)],
            words=some(word),
            misspelt=some(misspelt),
            sentences=some(lambda one: " ".join(one.text.split()[:25]) if _long(one) else ""),
            ids=some(lambda one: one.id),
        )


def _long(statement: Statement) -> bool:
    return len(statement.text.split()) >= 25


def _mistype(random: Random, word: str) -> str:
    """Two letters swapped, one removed or one replaced; never the first."""
    place = random.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[0] + letter + after[1:]
    return random.choice([swapped, before + after, before + "e" + after])


def _word(random: Random, fewest: int, most: int) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(fewest, most)))
