"""Ctrl-C, also where Python drops what it raises."""

import os
import signal

import pytest

from sim.experiments.interrupts import heeded, ignored


@pytest.fixture(autouse=True)
def _python_answers():
    """As Python begins; in a background job it would ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Dropped:
    """An object during whose destruction Ctrl-C strikes."""

    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(10))  # handlers run between two steps of the interpreter


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_lost_in_a_destructor_is_raised_at_the_next_check():
    with heeded() as check:
        check()
        lost = Dropped()
        del lost
        with pytest.raises(KeyboardInterrupt):
            check()


def test_an_interrupt_is_raised_where_it_strikes():
    with pytest.raises(KeyboardInterrupt), heeded():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_interrupts_goes_on_ignoring_them():
    with ignored(), heeded() as check:
        os.kill(os.getpid(), signal.SIGINT)
        check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
