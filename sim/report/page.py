"""Page: the report of a comparison, one HTML file that asks for nothing outside itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.experiments import several
from sim.experiments.limits import policy_of
from sim.experiments.numbers import counted, signed, written
from sim.report import fits, fonts, rules, tables
from sim.report.drawings import PLACES, Drawings, Drawn
from sim.report.evidence import Evidence
from sim.report.figures.every import pictures
from sim.report.figures.words import readable
from sim.report.wording import is_null, name_of, period, sentence_of, why
from sim.results.files import StoreError, read_json, write_text
from sim.results.identity import file_digest, model_version
from sim.results.measures import MEASURES
from sim.results.store import MANIFEST, SUMMARY
from sim.scenario.checks import other_start
from sim.world.priors import Priors

REPORT = "report.html"
KEY_NUMBERS = 3
FEW = 8  # replicates below which no interval should be quoted
Row = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """One scenario of the report, beside the reference."""

    name: str
    summary: Row
    period: str
    key_numbers: list[Row]
    answer: str
    why: str
    effects: list[tables.Table]
    rest: tables.Table | None
    unmoved: list[str]
    harm: tables.Table | None
    fates: list[tables.Table]
    refused: str
    limits: tables.Table | None
    spreads: tables.Table | None
    assumed: list[tables.Table]
    rules: list[Row]
    parameters: tables.Table | None
    figures: dict[str, list[Drawn]]


def write_report(out: Path, priors: Path, fit: Row | None) -> Path:
    """Write the report of a finished comparison into its directory and return its place.

    Parameters
    ----------
    priors : the file of the runs, for what rests on assumptions.
    fit : what `fits.judged` takes; None leaves the fit out.

    Raises
    ------
    StoreError : the directory holds no finished comparison.
    """
    write_text(out / REPORT, _page(out, check_finished(out), priors, fit))
    return out / REPORT


def check_finished(out: Path) -> Row:
    """Return the manifest of a finished comparison; StoreError if the directory holds none."""
    manifest = read_json(out / MANIFEST)
    if manifest.get("kind") != "compare":
        raise StoreError(f"{out}: holds no comparison; a report is made of `neamig compare` only")
    if not manifest.get("complete"):
        raise StoreError(f"{out}: the comparison is not finished; the same command goes on with it")
    return manifest


def _page(out: Path, manifest: Row, priors: Path, fit: Row | None) -> str:
    known = Priors.load(priors)
    summaries = several.each(read_json(out / SUMMARY))
    drawings = Drawings.of(pictures(Evidence.read(out), (fit or {}).get("patterns", ())), len(summaries))
    return _template().render(
        scenarios=[_compared(summary, at, drawings, manifest, known) for at, summary in enumerate(summaries, start=1)],
        figures={name: drawings.section(name) for name in PLACES},
        fonts=fonts.faces(drawings.letters),
        reference=readable(summaries[0]["reference"]),
        standing=rules.standing_rules(summaries[0], manifest["scenarios"]),
        standing_at=period(summaries[0]).partition(" to ")[0],
        fit=fits.judged(fit),
        near=fits.NEAR,
        manifest=manifest,
        replicates=counted(manifest["replicates"], "replicate"),
        is_another_model=manifest["model"] != model_version(),
        is_other_priors=manifest["data"]["priors"] != file_digest(priors),
        model_now=model_version(),
        few=FEW,
        out=str(out),
        begins=_begins(manifest["scenarios"][summaries[0]["reference"]]),
    )


def _begins(plain: Row) -> str:
    """Return the warning that the runs begin with stocks of another month; nothing if they do not."""
    why = other_start(plain["world"], date.fromisoformat(plain["start"]))
    return f"{why[:1].upper()}{why[1:]}." if why else ""


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("sim.report", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"readable": readable}
    numbers = count(1)
    environment.globals["new_id"] = lambda: f"n{next(numbers)}"
    return environment.get_template("page.html")


def _compared(summary: Row, at: int, drawings: Drawings, manifest: Row, known: Priors) -> Compared:
    shown = [row for row in summary["headline"] if row["about"] != "rest"]
    moved = [row for row in shown if not is_null(row)]
    return Compared(
        name=readable(summary["scenario"]),
        summary=summary,
        period=period(summary),
        key_numbers=[_key_number(row, summary) for row in moved[:KEY_NUMBERS]],
        answer=sentence_of(shown[0], summary),
        why=why(summary),
        effects=[found for about in tables.ABOUTS[:-1] if (found := tables.of_differences(summary, about))],
        rest=tables.of_differences(summary, tables.ABOUTS[-1]),
        unmoved=tables.unmoved(summary),
        harm=tables.of_harm(summary),
        fates=[tables.of_fates(summary, account) for account in ("job", "worker")] if _blocked(summary) else [],
        refused=_refused(summary),
        limits=tables.of_limits(summary),
        spreads=tables.of_spreads(summary),
        assumed=list(_assumed(summary, known)),
        rules=rules.changed_rules(summary, manifest["scenarios"], known),
        parameters=rules.changed_parameters(summary, manifest["scenarios"]),
        figures={name: drawings.section(name, at) for name in PLACES},
    )


def _key_number(row: Row, summary: Row) -> Row:
    """Return a number for the head of the page, with what it is of and how sure it is."""
    share = tables.in_percent(row)
    return {
        "value": signed(row["mean"]),
        "unit": row["unit"],
        "of": name_of(row),
        "how": "on average" if MEASURES[row["measure"]].over_time == "mean" else "in all",
        "percent": f"{share} of the reference" if share else "",
        "interval": "" if summary["replicates"] == 1 else f"90 % of replicates: {tables.interval(row)}",
    }


def _blocked(summary: Row) -> float:
    return float(summary["leakage"]["blocked"])


def _refused(summary: Row) -> str:
    """Return how much the changed limits refused, and which."""
    names = sorted({readable(policy_of(row["limit"])) for row in summary["binds"] if row["changed"]})
    if not names:
        return "The change sets no limit on requests for workers, so no job had to go elsewhere."
    if not _blocked(summary):
        return f"No request for a worker was refused by {', '.join(names)}, so no job had to go elsewhere."
    return (
        f"Requests for {written(_blocked(summary))} workers were refused by {', '.join(names)} (mean over replicates)."
    )


def _assumed(summary: Row, known: Priors) -> Iterator[tables.Table]:
    """Give a table of priors for each part of the effect that rests on them alone."""
    heads = ("Assumption", "Range", "Unit", "Reason")
    for what, names in summary["assumed"].items():
        yield tables.Table(what[:1].upper() + what[1:], heads, tuple(_prior(names, known)), texts=heads)


def _prior(names: Sequence[str], known: Priors) -> Iterator[tuple[str, ...]]:
    for prior in (known[name] for name in names if name in known):
        yield readable(prior.name), f"{written(prior.low)} to {written(prior.high)}", prior.unit, prior.reason
