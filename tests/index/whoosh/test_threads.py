"""Many threads query during commits: every answer belongs to one generation."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from service.domain import Facet, Query, Sort
from service.errors import NotFound
from service.index.whoosh import open_index
from tests.index.articles import article

THREADS, QUESTIONS = 8, 10_000


def batch(number):
    days = ["2022-02-03", "2023", None, "2021-05-01"]
    return [
        article(
            f"{number}-{n}",
            ("Vladimir Putin", f"peace number {n} of {number} " + "and more " * (n % 4)),
            ("Putin" if n % 2 else "Xi Jinping", f"talks about trade {n}"),
            date=days[n % 4],
            publisher=["TASS", "tass", "Xinhua"][n % 3],
        )
        for n in range(20)
    ]


def steps():
    """Commits that add, replace and remove."""
    yield lambda index: index.add(batch(0) + batch(1))
    for number in range(2, 12):
        yield lambda index, number=number: index.add(batch(number))
        yield lambda index, number=number: index.remove([f"{number - 1}-{n}" for n in range(10)])
        yield lambda index, number=number: index.add(
            [article(f"{number}-3", ("Xi", f"instead of peace {number}"), version=2)]
        )


def by_id(index):
    try:
        return index.snapshot().statement(batch(1)[2].statements[0].id)
    except NotFound:
        return None


QUERIES = [
    lambda index: index.snapshot().find(Query("peace number", limit=50)),
    lambda index: index.snapshot().find(Query('"number 7"', facets=tuple(Facet))),
    lambda index: index.snapshot().find(Query(speaker="Putin", limit=7)),
    lambda index: index.snapshot().find(Query(speaker="Putin", sort=Sort.OLDEST)),
    lambda index: index.snapshot().find(Query("trade -7", speaker="Xi", publisher="tass")),
    lambda index: index.snapshot().find(Query("paece")),
    lambda index: index.snapshot().sharing("peace number 3 of 4 and more", 0.5),
    lambda index: index.snapshot().suggest("t"),
    lambda index: index.snapshot().speakers(),
    by_id,
]


def test_every_answer_is_that_of_a_generation_and_none_goes_back(tmp_path):
    twin, index = (open_index(tmp_path / name, create=True) for name in ("twin", "index"))
    expected = [[query(twin) for query in QUERIES]]
    for step in steps():
        step(twin)
        expected.append([query(twin) for query in QUERIES])
    finished, turns = [], count()

    def commit():
        for step in steps():
            step(open_index(tmp_path / "index"))
        finished.append(True)

    def ask(thread):
        asked, generation = 0, 0
        while (turn := next(turns)) < QUESTIONS or not finished:
            number = (turn + thread) % len(QUERIES)
            answer = QUERIES[number](index)
            while expected[generation][number] != answer:
                generation += 1
            asked += 1
        return asked

    with ThreadPoolExecutor(THREADS + 1) as pool:
        asking = [pool.submit(ask, thread) for thread in range(THREADS)]
        pool.submit(commit).result()
        assert sum(one.result() for one in asking) >= QUESTIONS
    assert [query(index) for query in QUERIES] == expected[-1]
