"""The pages in a real Chromium, with its JavaScript and without, on a telephone and in the dark."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.api.test_files_as_drafts import word
from tests.web.pages import addresses

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium"
)

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DEVICES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "telephone at night": {**TELEPHONE, "color_scheme": "dark"},
    "without-scripts": {"java_script_enabled": False},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Root's Chromium has no sandbox of its own."""
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=alone)
        yield started
        started.close()


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory,
    seeds_index: Path,
    free_port: Callable[[], int],
    serving: Callable[..., Any],
) -> Iterator[str]:
    """The address of a real server with a path prefix."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/on/record"
    command = [Path(sys.executable).parent / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    settings = {"ONRECORD_INDEX": str(seeds_index), "ONRECORD_URL": address}
    settings["ONRECORD_EXTRACTOR"] = "rules"
    settings["ONRECORD_CHECKS"] = str(tmp_path_factory.mktemp("checks"))
    with serving(command, port, tmp_path_factory.mktemp("service"), **settings):
        yield address


@pytest.fixture
def opened(browser: Browser, service: str) -> Iterator[Callable[..., Page]]:
    """A page of the service in a new window with certain settings. It requests nothing else, and
    nothing fails or is refused while it is open."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(path: str, device: str = "desk", expected: int = 200) -> Page:
        context = browser.new_context(**DEVICES[device])
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: wrong.append(sent.url) if _is_foreign(sent.url) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        answer = page.goto(service + path)
        assert answer is not None and answer.status == expected
        return page

    def _is_foreign(url: str) -> bool:
        return not url.startswith((service, "data:"))

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def test_screen_readers_stumble_over_nothing(
    opened: Callable[..., Page], browser: Browser, service: str, seeds_browser: Any
) -> None:
    """Checks every rule of axe-core, and that nothing is wider than the window."""
    for device in ("desk", "telephone at night"):
        page = opened("/", device)
        for path in [*addresses(seeds_browser), "/quotes?speaker=Putin&from=2022&act=any"]:
            page.goto(service + path)
            found = Axe().run(page).response["violations"]
            violations = [(one["id"], one["nodes"][0]["html"]) for one in found]
            assert violations == [], (device, path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                device,
                path,
            )


def test_search_needs_no_scripts(opened: Callable[..., Page]) -> None:
    page = opened("/", "without-scripts")
    page.fill("#f-q", "relations")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=relations")
    page.click("aside >> text=TASS")
    assert page.url.endswith("/search?q=relations&publisher=TASS")
    listed = page.locator(".statement").count()
    assert listed > 0 and f"{listed} statements" in page.inner_text("#found")
    page.click("text=Publisher: TASS")
    assert page.url.endswith("/search?q=relations")
    page.click(".statement >> text=Context and copy")
    page.click("text=In the source’s text")
    named = page.url.partition("#")[2]
    assert page.inner_text(f"[id='{named}']").strip()


def test_draft_is_checked_without_scripts(opened: Callable[..., Page]) -> None:
    page = opened("/verify", "without-scripts")
    page.fill("#text", "“We shall never ever leave this land,” Putin said.")
    page.click("text=Check the draft")
    assert page.url.endswith("/on/record/verify/document")
    assert "Not found" in page.inner_text(".verdict.red")
    page.fill(
        "#quote", "distant neighbors bound by centuries-old traditions of friendship and trust"
    )
    page.click("text=Verify the quotation")
    assert "distant" in page.inner_text("del") and "close" in page.inner_text("ins")


@pytest.mark.parametrize("device", list(DEVICES))
def test_file_is_checked_and_the_check_is_kept(
    opened: Callable[..., Page], tmp_path: Path, device: str
) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(word())
    page = opened("/verify", device)
    page.set_input_files("#file", draft)
    page.click("text=Check the file")
    assert page.url.endswith("/on/record/verify/document")
    assert "never" in page.inner_text("del")
    mark = "getComputedStyle(document.querySelector('code.key'), '::before').content"
    assert page.evaluate(mark) == "none"  # a timeline's legend has the same class, with a square
    page.click("text=Link to this check")
    assert re.search("/on/record/checks/c-[0-9a-f]{32}$", page.url)
    assert "Words differ" in page.inner_text(".verdict.red")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if device != "without-scripts":
        assert Axe().run(page).response["violations"] == []


def test_page_is_used_with_the_keyboard_alone(opened: Callable[..., Page]) -> None:
    page = opened("/search?q=relations")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached
    assert {"f-q", "f-speaker", "SUMMARY"} <= set(reached)


def test_names_are_suggested_while_typing(opened: Callable[..., Page]) -> None:
    page = opened("/")
    page.locator("#f-speaker").press_sequentially("Put")
    offered = page.locator("#suggested-speaker option")
    offered.first.wait_for(state="attached")
    assert "Vladimir Putin" in [one.get_attribute("value") for one in offered.all()]


def test_copies_go_to_the_clipboard(opened: Callable[..., Page], service: str) -> None:
    page = opened("/quotes?q=friendship")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=service)
    page.click(".statement >> text=Context and copy")
    page.click("button[aria-label='Copy as Citation']")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#copy-citation")


def test_place_in_another_part_is_found(opened: Callable[..., Page]) -> None:
    page = opened("/sources")
    page.click(".rows a")
    first = page.locator(".text a").first.get_attribute("id")
    page.goto(f"{page.url}#{first}")
    assert page.locator(f"[id='{first}']").is_visible()


def test_policy_lets_nothing_else_run(opened: Callable[..., Page]) -> None:
    page = opened("/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')"
    )
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'ran=1'}))"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
