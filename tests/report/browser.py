"""A page in a browser without a window, as its reader has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE = "NO CHROMIUM HERE, SO THE REPORT WAS NOT OPENED. Install it (Debian: apt-get install chromium) and test again."


@dataclass
class Seen:
    """A page, what it asked for, and what went wrong."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def opened(path: Path) -> Iterator[Seen]:
    """Open a file in the system's Chromium."""
    chromium = next((found for name in CHROMIUMS if (found := which(name))), None)
    if chromium is None:
        pytest.skip(NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        seen = Seen(browser.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda told: seen.errors.append(told.text) if told.type == "error" else None)
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("dialog", lambda dialog: (seen.errors.append(dialog.message), dialog.dismiss()))
        seen.page.goto(path.as_uri())
        yield seen
        browser.close()
