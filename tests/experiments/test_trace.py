"""A life told: watching changes nothing, nothing is left out, and what is told is what happened."""

import numpy as np
import pytest

from sim.core.ledger import Item
from sim.core.witness import Notice
from sim.core.words import Event, Status
from sim.experiments.ever import Ever, lasting
from sim.experiments.life import Recorder
from sim.experiments.settings import SettingError
from sim.experiments.tales import EVENTS, NOTICES, SUMS
from sim.experiments.trace import trace
from sim.mechanisms.residents import wages
from sim.model import MigrationModel
from tests.digest.runs import RUNS, digest, scenario

MONTHS, SCALE = RUNS["short"]


def model():
    return MigrationModel(scenario(MONTHS), world_seed=11, run_seed=12, scale=SCALE)


@pytest.fixture(scope="module")
def plain():
    """The digest of a run that nobody watches."""
    run = model()
    run.run()
    return digest(run)


@pytest.fixture(scope="module")
def watched():
    """A run in which everybody is recorded; their lives, and events by month."""
    run = model()
    recorder = Recorder(run, np.arange(len(run.state.people), dtype=np.int32))
    events = []
    for _ in range(MONTHS):
        run.step()
        events.append(run.state.people.events.sum((1, 2)))
    return run, recorder.finished(), np.array(events)


def test_a_run_is_the_same_when_everybody_is_watched(plain, watched):
    assert digest(watched[0]) == plain


def test_a_run_is_the_same_when_it_is_noted_what_befalls_people(plain):
    run = model()
    run.state.people.witness = Ever(run.state.people)
    run.run()
    assert digest(run) == plain


def test_every_event_of_the_run_is_told_once(watched):
    run, lives, events = watched
    weight, words = run.state.people.cols.weight, {tale.word: event for event, tale in EVENTS.items()}
    told = np.zeros_like(events)
    for row, entries in lives.items():
        for entry in entries:
            if entry.word in words:
                told[entry.t, words[entry.word]] += weight[row]
    assert events.sum() > 0 and (told == events).all()


def test_a_life_goes_on_from_where_it_stood(watched):
    """Whoever is hired was at home, whoever returns was away, and the last entry leads to the last status."""
    run, lives, _ = watched
    home = {EVENTS[x].word for x in (Event.RETURN, Event.REMOVE, Event.HAND_OVER, Event.LAY_OFF, Event.REPATRIATE)}
    words, c = {tale.word for tale in EVENTS.values()}, run.state.people.cols
    for row, entries in lives.items():
        happened = [entry.word for entry in entries if entry.word in words]
        if happened:
            assert (happened[-1] in home) == (c.status[row] == Status.HOME)


def test_who_breaks_a_limit_and_who_pays_is_told(watched):
    run, lives, _ = watched
    c = run.state.people.cols
    hired = [(row, x) for row, entries in lives.items() for x in entries if x.word == "hired"]
    assert hired and all(x.broker for _, x in hired)
    assert any(x.owed > 0 for _, x in hired)
    in_breach = {row for row in lives if c.breach[row] > 0}
    assert in_breach and in_breach <= {row for row, entries in lives.items() if any(x.breach for x in entries)}
    covered = {name for _, x in hired for name in x.limits}
    assert covered & {"cap/RUS", "cap/CHN", "quota/RUS", "share/all"}


def test_who_is_hired_without_being_selected_waited_for_that_host(watched):
    run, lives, _ = watched
    chose = 0
    for row, entries in lives.items():
        waits = -1
        for entry in entries:
            if entry.word == "hired" and not run.state.programme[run.state.people.cols.group[row]]:
                assert entry.host == waits
                chose += 1
            waits = entry.host if entry.word == "waits" else -1 if entry.word == "waits_no_more" else waits
    assert chose


def test_what_befell_people_is_what_their_lives_tell(watched):
    """The words by which --where picks, against the entries of everybody."""
    run = model()
    run.state.people.witness = ever = Ever(run.state.people)
    run.run()
    values = ever.values()
    notices = {tale.word for notice, tale in NOTICES.items() if notice != Notice.BROUGHT}  # told with the hiring
    assert all(
        values[word].any() for word in ("held_up", "answered", "not_granted", "turned_back", "fined", "succeeded")
    )
    for word in {tale.word for tale in EVENTS.values()} | notices:
        told = [row for row, entries in watched[1].items() if any(entry.word == word for entry in entries)]
        assert np.flatnonzero(values[word]).tolist() == told
    known = lasting(run.state.world, run.state.people, run.calendar)
    assert set(known["sex"]) == {"man", "woman"} and known["persons"].sum() == run.state.people.cols.weight.sum()


class Unsummed(Recorder):
    """Adds up what each head earns and never tells of it, beside the accounts of the whole run."""

    def __init__(self, run, rows):
        super().__init__(run, rows)
        self.accounts = np.zeros(len(Item), np.int64)

    def _watched(self, step, state):
        super()._watched(step, state)
        if self.mechanism == "residents":  # the last that pays; what students earn is not told
            self.accounts += state.memory["money"].sum((1, 2))
            c, who = state.people.cols, state.people.who(Status.STUDENT)
            host = state.people.host_of[c.place[who]]
            earned = np.floor(wages(state)[host, c.sector[who]] * state.params["study_income"])
            self.accounts[Item.PAID] -= int((earned * c.weight[who]).sum())

    def _sum_up(self, row):
        pass


def test_pay_is_told_to_the_cent():
    """What all heads earn, each by itself, is what the run pays them together."""
    run = model()
    recorder, weight = Unsummed(run, np.arange(len(run.state.people), dtype=np.int32)), run.state.people.cols.weight
    run.run()
    for item in SUMS:
        assert sum(pay[item.name] * int(weight[row]) for row, pay in recorder.pay.items()) == recorder.accounts[item]
    assert recorder.accounts[Item.PAID] > recorder.accounts[Item.TAKE] > 0


def test_only_one_of_both_and_somebody_who_exists():
    case, few = scenario(1), {"scale": RUNS["tiny"][1]}
    with pytest.raises(SettingError, match="either --person or --where"):
        trace(case, 1, **few)
    with pytest.raises(SettingError, match="either --person or --where"):
        trace(case, 1, person="prk_china/0", where="returned", **few)
    with pytest.raises(SettingError, match="did you mean 'prk_china'"):
        trace(case, 1, person="prk_chna/0", **few)
    with pytest.raises(SettingError, match="the heads of prk_china are prk_china/0 to prk_china/"):
        trace(case, 1, person="prk_china/1000000", **few)
    with pytest.raises(SettingError, match=r"nobody of [0-9,]+ heads in replicate 1"):
        trace(case, 1, where='nationality == "PRK" and born == 1', **few)


def test_the_person_found_can_be_asked_for_by_name():
    case = scenario(MONTHS)
    found = trace(case, 2, where='nationality == "MNG" and worker', count=2, scale=SCALE, seed=3)
    assert found["found"] >= len(found["people"]) == 2
    for each in found["people"]:
        again = trace(case, 2, person=each["person"], scale=SCALE, seed=3)
        assert again["people"] == [each]
