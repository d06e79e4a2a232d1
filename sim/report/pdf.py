"""PDF: the report as a browser prints it, by a Chromium without a window."""

import os
import subprocess
import tempfile
from pathlib import Path
from shutil import which

from sim.experiments.settings import SettingError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 120  # after which a browser that hangs is given up
ROOT = 0  # whom Chromium refuses its sandbox


def write_pdf(page: Path) -> Path:
    """Print a report to a PDF beside it and return its place.

    Raises
    ------
    SettingError : there is no Chromium on the path, or it failed.
    """
    browser = next((found for name in BROWSERS if (found := which(name))), None)
    if browser is None:
        raise SettingError(
            f"--pdf: found no browser to print with (looked for {', '.join(BROWSERS)}); "
            f"install Chromium, or open {page} and print it from your own"
        )
    out = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        done = _print(browser, page, out, profile)
    if done.returncode or not out.exists():
        raise SettingError(f"--pdf: {browser} failed: {done.stderr.strip()[-500:]}")
    return out


def _print(browser: str, page: Path, out: Path, profile: str) -> "subprocess.CompletedProcess[str]":
    options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={profile}"]
    options += ["--no-sandbox"] if getattr(os, "geteuid", lambda: None)() == ROOT else []
    command = [browser, *options, f"--print-to-pdf={out.resolve()}", page.resolve().as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
