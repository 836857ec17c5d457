"""What all tests share: the browser, and an order in which two workers end at about the same time."""

import gc
from collections.abc import Iterator

import pytest

from browsing import BROWSER, QUIET

LONGEST = ("test_site.py", "test_notebooks.py", "test_style.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, or a worker is alone with one of them at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: all modules and tests, which it would walk again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium that fetches nothing by itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield chromium
        chromium.close()
