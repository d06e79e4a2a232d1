"""Everything that can befall somebody has a sentence, and every sentence can be filled in."""

from string import Formatter

import pytest

from sim.core.authors import described
from sim.core.witness import Notice
from sim.core.words import Event, Status
from sim.experiments.ever import names
from sim.experiments.tales import EVENTS, NOTICES, OWN, STATUSES, SUMS
from sim.world import load_world

KNOWN = {"place", "host", "until", "was", "was_host", "employer", "former"}
MORE = {"limit", "fate", "permit", "broker", "channel", "fine", "born", "hosts", "times", "months", "year", "sums"}


def test_every_event_notice_and_status_has_a_sentence():
    assert set(EVENTS) == set(Event)
    assert set(NOTICES) == set(Notice)
    assert set(STATUSES) == set(Status)


@pytest.mark.parametrize("tale", [*EVENTS.values(), *NOTICES.values(), *OWN.values()], ids=lambda tale: tale.word)
def test_sentences_use_what_is_known_and_tables_that_there_are(tale):
    assert {name for _, name, _, _ in Formatter().parse(tale.says) if name} <= KNOWN | MORE
    axes = {axis for table in tale.tables for axis in described()[table][0]}
    assert axes <= {"host", "nation", "place", "sector", "channel"}


def test_events_and_statuses_need_nothing_that_only_a_notice_brings():
    for says in [*(tale.says for tale in EVENTS.values()), *STATUSES.values()]:
        assert {name for _, name, _, _ in Formatter().parse(says) if name} <= KNOWN
    assert all("{usd}" in text for text in SUMS.values())


def test_no_word_says_two_things():
    words = [tale.word for tale in (*EVENTS.values(), *NOTICES.values(), *OWN.values())]
    words += [status.name.lower() for status in Status]
    assert len(set(words)) == len(words)
    asked = names(load_world("northeast_asia"))
    assert (
        len(asked)
        == len(Event) + len(Notice) + len(Status) + len({x for x in asked if asked[x].sort != "yes or no"}) + 1
    )
    assert all(name.says and "{" not in name.says for name in asked.values())
