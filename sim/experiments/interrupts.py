"""Interrupts: Ctrl-C stops an experiment wherever it strikes, and reaches this process alone."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def heeded() -> Iterator[Callable[[], None]]:
    """Answer Ctrl-C by KeyboardInterrupt, and give a function that raises it again if it was lost.

    Python drops what is raised inside a destructor or a callback of the garbage collector; a cluster has many of both.
    """
    struck = threading.Event()

    def note(number: int, frame: Any) -> None:
        struck.set()
        raise KeyboardInterrupt

    def check() -> None:
        if struck.is_set():
            raise KeyboardInterrupt

    with _answered_by(note if signal.getsignal(signal.SIGINT) is signal.default_int_handler else None):
        yield check


@contextmanager
def ignored() -> Iterator[None]:
    """Let processes that start meanwhile ignore Ctrl-C: this process alone answers it, and stops them."""
    with _answered_by(signal.SIG_IGN):
        yield


@contextmanager
def _answered_by(answer: Any) -> Iterator[None]:
    """Answer Ctrl-C so for a while; only the main thread may, and None leaves everything as it is."""
    if answer is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
