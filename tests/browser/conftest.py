"""One Chromium for the tests of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import chromium
import pytest


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if chromium.PATH is None:
        if os.environ.get("WELTOFFEN_NEEDS_BROWSER"):
            pytest.fail("no Chromium was found, and this run needs one")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        yield made
        made.close()
