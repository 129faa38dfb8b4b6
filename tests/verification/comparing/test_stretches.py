"""A claim beside a statement as long as a speech: beside the stretch that has it, and no more."""

from pathlib import Path
from random import Random

import pytest

from service.domain import Query, Span, Statement
from service.index.whoosh import WhooshIndex, open_index
from service.verification import cluster, verify
from service.verification.comparing.comparison import compare, compare_with
from service.verification.findings import Verdict, Wording
from service.verification.texts.passages import passage_of
from service.verification.texts.words import fold_words
from tests.index.articles import article

ENGLISH, RUSSIAN = map(
    str.split,
    (
        "we will not raise the taxes of farmers, and they don’t want “more” of them: in 2025 1,500 "
        "villages said so. Why? Peña & Sons paid 3.5 percent, the U.S. paid nothing; every harvest "
        "was [much] better than... anybody thought (sic) it would be, and nobody was ever thanked.",
        "мы никогда не хотели этой войны, и мы её закончим; пусть все наши друзья знают.",
    ),
)
CHINESE = list("我们不会离开自己的朋友，他们知道。明天再说！")


def speech(words: list[str], seed: int) -> list[str]:
    """Six thousand words, many of them rare."""
    random = Random(seed)
    return [
        word + str(random.randrange(300)) * (word.isalpha() and random.random() < 0.4)
        for word in random.choices(words, k=6_000)
    ]


SPEECHES = [
    (" ", speech(ENGLISH, 1)),
    (" ", speech(RUSSIAN, 2)),
    ("", speech(CHINESE, 3)),
]
NAMES = ["English", "Russian", "Chinese"]


def claims(joint: str, words: list[str]) -> list[str]:
    """Stretches, as they are, edited, in capitals, with others from far off behind "..."."""
    random = Random(5)
    made = []
    for _ in range(40):
        start, length = random.randrange(len(words) // 2), random.randrange(4, 100)
        far = random.randrange(len(words) // 2, len(words) - 100)
        stretch = joint.join(words[start : start + length])
        other = joint.join(words[far : far + length // 2 + 2])
        edited = joint.join(
            "other" if random.random() < 0.1 else word for word in words[start : start + length]
        )
        made += [stretch, edited, stretch.upper(), f"{stretch} ... {other}"]
    return made


def statement(text: str) -> Statement:
    return article("s1", ("Jane Doe", text)).statements[0]


@pytest.mark.parametrize(("joint", "words"), SPEECHES, ids=NAMES)
def test_stretch_has_what_the_whole_statement_has(joint: str, words: list[str]) -> None:
    whole = statement(joint.join(words))
    passage = passage_of(whole)
    for claim in map(fold_words, claims(joint, words)):
        beside_all, beside = compare(claim, passage), compare_with(claim, whole)
        assert (beside.found, beside.similarity, beside.wording) == (
            beside_all.found,
            beside_all.similarity,
            beside_all.wording,
        )


def test_no_more_is_folded_than_may_matter() -> None:
    said = " ".join(SPEECHES[0][1])
    claim = fold_words(said[20_000:20_400])
    assert len(compare_with(claim, statement(said)).passage.folded.text) < 4_000
    nowhere = fold_words("Something else that no speech has")
    assert compare_with(nowhere, statement(said)).passage.folded.text == ""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    made = open_index(tmp_path_factory.mktemp("long") / "index", create=True)
    made.add(
        article(f"s{number}", ("Jane Doe", joint.join(words)))
        for number, (joint, words) in enumerate(SPEECHES)
    )
    return made


@pytest.mark.parametrize(("joint", "words"), SPEECHES, ids=NAMES)
@pytest.mark.parametrize("start", [0, 3_000, 5_960])
def test_words_of_a_speech_are_found_in_place(
    index: WhooshIndex, joint: str, words: list[str], start: int
) -> None:
    claimed = joint.join(words[start : start + 40])
    found = verify(index.snapshot(), claimed, "Jane Doe")
    assert (found.verdict, found.wording) == (Verdict.VERBATIM, Wording.VERBATIM)
    assert found.best is not None
    [span] = found.best.spans
    text = index.snapshot().source(found.best.statement.source.id).source.text
    assert span.of(text).strip(_MARKS) == claimed.strip(_MARKS)


_MARKS = " ,.;:?!“”()[]&，。！"


def test_words_of_the_second_piece_are_in_the_second_piece() -> None:
    one = article(
        "s1",
        ("Jane Doe", " ".join(SPEECHES[0][1])),
        ("Jane Doe", " ".join(reversed(SPEECHES[0][1]))),
    )
    first, second = one.statements
    text = f"{first.text} […] {second.text}"
    spans = (*first.spans, *second.spans)
    joined = type(first)(**{**_fields(first), "text": text, "spans": spans, "quoted": spans})
    claim = fold_words(second.text[9_000:9_300])
    compared = compare_with(claim, joined)
    [span] = compared.passage.spans(compared.steps[0].j1, compared.steps[-1].j2 - 1)
    assert compared.speaker_share == 1
    assert span.start >= second.spans[0].start
    assert Span(span.start, span.end).of(one.source.text) == compared.found


def _fields(of: Statement) -> dict[str, object]:
    return {name: getattr(of, name) for name in of.__struct_fields__}


def test_speech_is_one_quotation_with_its_reprints_alone(tmp_path: Path) -> None:
    words = SPEECHES[0][1]
    reprint = [word if k % 50 else "misprint" for k, word in enumerate(words)]
    said = {
        "speech": words,
        "reprint": reprint,
        "most": words[:4_000],
        "part": words[:300],
        "other": speech(ENGLISH, 9),
    }
    index = open_index(tmp_path / "index", create=True)
    index.add(article(name, ("Jane Doe", " ".join(sentences))) for name, sentences in said.items())
    snapshot = index.snapshot()
    [first] = [hit.statement for hit in snapshot.find(Query(source="speech")).items]
    found = cluster(snapshot, first.id).circulation
    assert {one.statement.source.id for one in found.mentions} == {"speech", "reprint", "most"}
    assert all(len(one.text) <= 4_000 for one in found.mentions)
