"""Suites are named by what they test: tests/ mirrors service/, bench/ and training/.

tests/verification/texts/test_folding.py tests service/verification/texts/folding.py; a suite may
also be named for a package. Those that cross modules are listed here with what they are about.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"

CROSSING = {
    "api/test_acts": "the parameter act in every call",
    "api/test_bad_inputs": "random questions and bodies to every call",
    "api/test_damaged_service": "answers while the index is damaged",
    "api/test_deadline": "service/deadline.py in every call",
    "api/test_files_as_drafts": "files in the calls that verify",
    "api/test_large_answers": "the limit on every answer",
    "api/test_live_service": "the API against its OpenAPI document",
    "api/test_one_generation": "one snapshot per request, whatever is committed",
    "api/test_reach": "service/reach.py in every call",
    "api/test_tidying": "service/tidying.py after a withdrawal",
    "cli/test_documents": "commands on files of all formats",
    "cli/test_holding_back": "the hook and the workflow of docs/",
    "cli/test_odd_files": "one odd file in every command that reads",
    "cli/test_operating": "log, metrics and readiness of a running server",
    "cli/test_what_commands_import": "what each command loads",
    "deploy/test_container": "deploy/Dockerfile",
    "deploy/test_nginx": "deploy/nginx.conf",
    "deploy/test_unit": "deploy/onrecord.service",
    "examples/test_clients": "the clients in examples/",
    "extraction/speakers/test_world": "newsrooms of other countries",
    "extraction/test_any_text": "clauses in any order, cut anywhere",
    "extraction/test_cases": "small texts, each an example of its kind",
    "extraction/test_extremes": "very long and very odd texts",
    "extraction/test_golden": "seeds/ as a person read them",
    "extraction/test_marked_up": "statements that markup declares",
    "index/test_resuming": "indexing that was killed",
    "index/whoosh/test_damage": "every byte of an index, flipped",
    "index/whoosh/test_stock_whoosh": "answers against Whoosh without our codec",
    "index/whoosh/test_threads": "readers and a writer at once",
    "reading/documents/test_publishers": "pages of many publishers",
    "reading/test_any_text": "properties of any text",
    "reading/test_seeds": "the metadata of seeds/",
    "server/test_deadline": "the deadline in a worker",
    "server/test_limits_of_rate": "limits over all workers",
    "server/test_slow_requests": "clients that send and read slowly",
    "server/test_stopping": "requests while the server stops",
    "server/test_through_nginx": "the service as nginx serves it",
    "server/test_trusted_addresses": "headers of proxies",
    "server/test_writers": "writing through all workers",
    "test_callers_shell": "that settings of the caller's shell change no test",
    "test_docs": "docs/ and every command in them",
    "test_english": "messages, help, docs and docstrings",
    "test_evidence": "the reason beside each constant",
    "test_identifiers": "names in all code",
    "test_keeping_to_itself": "that nothing opens a connection",
    "test_packaging": "the wheel and the locks",
    "test_readme": "README.md",
    "test_structure": "imports and the length of functions",
    "test_suites": "this",
    "verification/test_denied": "quotations that their source denies",
    "verification/test_kept_drafts": "drafts with the labels a person gave",
    "web/test_asking_by_form": "the forms of all pages",
    "web/test_in_a_browser": "all pages in Chromium",
    "web/test_pages": "every page and its links",
    "web/test_sources_and_speakers": "the pages of sources and speakers",
}
"""Suites about more than one module, or about none."""

ELSEWHERE = {
    "api/asked": "api/calls, and random inputs in api/test_bad_inputs",
    "api/calls/pages": "web/",
    "domain": "doctests of its own, and every other room",
    "extraction/lexicon": "extraction/statements and extraction/speakers",
}
"""Rooms without a suite of their own, and where they are tested."""


def _suites() -> list[str]:
    return sorted(
        path.relative_to(TESTS).with_suffix("").as_posix() for path in TESTS.rglob("test_*.py")
    )


def _is_named(suite: str) -> bool:
    """By a module or a package of service/, or by one of bench/ or training/."""
    path = Path(suite)
    name = path.name.removeprefix("test_")
    room = path.parent
    base = ROOT if room.parts[:1] in (("bench",), ("training",)) else ROOT / "service"
    if (base / room / f"{name}.py").is_file() or (base / room / name / "__init__.py").is_file():
        return True
    return room.name == name and (base / room / "__init__.py").is_file()


def _has_logic(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(tree))


def test_each_suite_is_named_by_what_it_tests_or_listed() -> None:
    unnamed = {suite for suite in _suites() if not _is_named(suite)}
    assert unnamed == set(CROSSING)


def test_each_room_has_suites_or_says_where_it_is_tested() -> None:
    modules = [path for path in (ROOT / "service").rglob("*.py") if _has_logic(path)]
    rooms = {path.parent.relative_to(ROOT / "service").as_posix() for path in modules}
    tested = {Path(suite).parent.as_posix() for suite in _suites()}
    assert rooms - tested == set(ELSEWHERE)
