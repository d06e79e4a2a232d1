"""Makes a world's records from the rows of its tables."""

from collections.abc import Mapping

from sim.world.actors import Broker, Group, Job, Preference, Stock, Trafficking
from sim.world.located import did_you_mean
from sim.world.model import Country, Link, Mode, Place, Port, Sector
from sim.world.profiles import Profile
from sim.world.tables import Row


def country(row: Row) -> Country:
    """A country, from a row of `countries`."""
    return Country(row.text("code"), row.text("name"), row.words("members"), row.text("source"))


def sector(row: Row) -> Sector:
    """A sector, from a row of `sectors`."""
    return Sector(row.text("code"), row.text("name"), row.text("source"))


def place(row: Row) -> Place:
    """A place, from a row of `places`."""
    return Place(
        id=row.text("id"),
        name=row.text("name"),
        country=row.text("country"),
        lon=row.number("lon"),
        lat=row.number("lat"),
        population=row.whole("population"),
        wage_relative=row.number("wage_relative"),
        source=row.text("source"),
    )


def port(row: Row) -> Port:
    """A port, from a row of `ports`; an error unless it stands between two states."""
    states = row.words("states")
    if len(states) != 2:
        raise row.fail("states", "a port stands between two states: write MNG|CHN, or MNG|* for an airport")
    return Port(
        id=row.text("id"),
        name=row.text("name"),
        lon=row.number("lon"),
        lat=row.number("lat"),
        states=(states[0], states[1]),
        modes=row.words("modes"),
        months=row.months("months"),
        confidence=row.text("confidence"),
        note=row.cells["note"],
        source=row.text("source"),
    )


def mode(row: Row) -> Mode:
    """A mode, from a row of `modes`."""
    return Mode(
        code=row.text("code"),
        usd_per_km=row.number("usd_per_km"),
        fixed_usd=row.number("fixed_usd"),
        km_per_day=row.number("km_per_day"),
        source=row.text("source"),
    )


def link(row: Row, modes: Mapping[str, Mode]) -> Link:
    """A link, from a row of `links`; its cost follows from the mode unless the row states one."""
    name, km = row.cells["mode"].strip(), row.number("km")
    if name not in modes:
        raise row.fail("mode", f"unknown mode {name!r}{did_you_mean(name, modes)}; modes: {', '.join(modes)}")
    by_mode = modes[name].fixed_usd + modes[name].usd_per_km * km
    return Link(
        a=row.text("a"),
        b=row.text("b"),
        mode=name,
        km=km,
        cost_usd=row.number("cost_usd") if row.cells["cost_usd"] else by_mode,
        days=km / modes[name].km_per_day,
        is_lawful=row.flag("lawful"),
        months=row.months("months"),
        p_seen=row.number("p_seen"),
        source=row.text("source"),
    )


def group(row: Row) -> Group:
    """A group of people, from a row of `groups`."""
    return Group(
        id=row.text("id"),
        name=row.text("name"),
        nationality=row.text("nationality"),
        home=row.shares("home"),
        persons=row.whole("persons"),
        weight=row.whole("weight"),
        is_programme=row.flag("programme"),
        is_soldier=row.flag("soldier"),
        channels=row.words("channels"),
        hosts=row.words("hosts"),
        sectors=row.shares("sectors"),
        trips_per_year=row.number("trips_per_year"),
        trip_purposes=row.shares("trip_purposes"),
        trip_hosts=row.shares("trip_hosts"),
        savings_usd=row.number("savings_usd"),
        tie=row.cells["tie"].strip(),
        via=row.cells["via"].strip(),
        source=row.text("source"),
    )


def stock(row: Row) -> Stock:
    """People abroad at the start, from a row of `initial`."""
    return Stock(
        group=row.text("group"),
        place=row.text("place"),
        status=row.text("status"),
        sector=row.cells["sector"].strip(),
        persons=row.whole("persons"),
        source=row.text("source"),
    )


def job(row: Row) -> Job:
    """Posts, from a row of `jobs`."""
    return Job(
        place=row.text("place"),
        sector=row.text("sector"),
        posts_2000=row.number("posts_2000"),
        informal_2000=row.number("informal_2000"),
        source=row.text("source"),
    )


def preference(row: Row) -> Preference:
    """A preference, from a row of `preferences`."""
    return Preference(
        host=row.text("host"),
        place=row.cells["place"].strip(),
        sector=row.text("sector"),
        nationality=row.text("nationality"),
        share=row.number("share"),
        source=row.text("source"),
    )


def broker(row: Row) -> Broker:
    """A broker, from a row of `brokers`."""
    return Broker(
        id=row.text("id"),
        name=row.text("name"),
        kind=row.text("kind"),
        nationality=row.text("nationality"),
        hosts=row.words("hosts"),
        is_soldier=row.flag("soldier"),
        fee_usd=row.number("fee_usd"),
        loan_share=row.number("loan_share"),
        capacity_month=row.number("capacity_month"),
        source=row.text("source"),
    )


def trafficking(row: Row) -> Trafficking:
    """A link of traffickers, from a row of `trafficking`."""
    return Trafficking(row.text("origin"), row.text("host"), row.number("recruiters"), row.text("source"))


def profile(row: Row) -> Profile:
    """Who people are, from a row of `profiles`; what it leaves empty another row says."""
    return Profile(
        group=row.cells["group"].strip(),
        sector=row.cells["sector"].strip(),
        place=row.cells["place"].strip(),
        women=_stated(row, "women"),
        skilled=_stated(row, "skilled"),
        first_age=_stated(row, "first_age"),
        last_age=_stated(row, "last_age"),
        source=row.text("source"),
    )


def _stated(row: Row, column: str) -> float | None:
    return row.number(column) if row.cells[column].strip() else None
