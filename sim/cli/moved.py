"""Moved: what an ablation found, printed for people or written as a page."""

from collections.abc import Iterator
from math import inf, log
from pathlib import Path
from typing import Any

from sim.cli.show import show_json, show_table
from sim.experiments.experiment import Outcome
from sim.experiments.numbers import counted, signed, written
from sim.results.files import read_json, write_text
from sim.results.store import MANIFEST

Row = dict[str, Any]
Line = tuple[str, str, str, str, str]
ROWS = 4  # patterns and as many headlines of one mechanism that are printed; summary.json holds all
HEADS = ("what moves", "with it", "without it", "change", "count that moves most")
FAMILIES = {"patterns": "error", "counts": "count", "headlines": "difference"}  # what intervals hold together
VERDICTS = {
    "undecided": "UNDECIDED, moves something by itself and not among so many numbers, which more replicates would tell",
    "chance": "MOVES NOTHING by more than chance",
    "dead": "MOVES NOTHING AT ALL, not one of these numbers differs in any replicate",
}
SHOWN_VERSIONS = ("neamig", "python", "numpy", "numba")


def show_ablation(outcome: Outcome, as_json: bool) -> None:
    """Print what an ablation found."""
    summary = outcome.summary
    if as_json:
        show_json(summary | {"out": outcome.out})
        return
    print(f"{_title(summary)}\n{_how(summary)}\n\n{_reading(summary)}\n")
    rows: list[tuple[str, ...]] = []
    for each in summary["mechanisms"]:
        rows.append((each["name"], each["says"], *[""] * (len(HEADS) - 1)))
        rows += [("", *line) for line in _lines(each, summary)]
    show_table(("mechanism", *HEADS), rows, right=HEADS[1:3], spare=HEADS[-1:])
    for sentence in _verdicts(summary):
        print(sentence)
    print(f"{'Computed now' if outcome.runs else 'Complete already, nothing to compute'}. Results: {outcome.out}")


def write_page(outcome: Outcome, path: Path) -> None:
    """Write what an ablation found as a page in Markdown, with all that it takes to make it again."""
    summary, manifest = outcome.summary, read_json(outcome.out / MANIFEST)
    versions = ", ".join(f"{name} {manifest['versions'][name]}" for name in SHOWN_VERSIONS)
    lines = [f"# {_title(summary)}", "", f"{_how(summary)} Made with `{manifest['command']}` ({versions}).", ""]
    lines += [_reading(summary), "", *(f"- {sentence}" for sentence in _verdicts(summary)), ""]
    lines += [_cells("mechanism", "what it says", *HEADS), _cells(*["---"] * (len(HEADS) + 2))]
    for each in summary["mechanisms"]:
        columns = zip(*_lines(each, summary), strict=True)
        says = f"{each['says']} ({each['where']})"
        lines.append(_cells(f"`{each['name']}`", says, *("<br>".join(column) for column in columns)))
    write_text(path, "\n".join(lines) + "\n")


def _cells(*words: str) -> str:
    return f"| {' | '.join(word.replace('|', '/') for word in words)} |"


def _title(summary: Row) -> str:
    first, *others = summary["scenarios"]
    against = f"{', '.join(others)}, against {first}" if others else first
    return f"Mechanisms switched off one by one: {against}"


def _how(summary: Row) -> str:
    drawn = "at their point values" if summary["point"] else "drawn anew for each, alike with and without a mechanism"
    scale = summary["scale"] if isinstance(summary["scale"], str) else f"{summary['scale']:g}"
    runs = f"{counted(summary['replicates'], 'replicate')}, seed {summary['seed']}, scale {scale}"
    return f"{runs}, parameters {drawn}; {summary['from'][:7]} to {summary['to'][:7]}."


def _reading(summary: Row) -> str:
    level = f"{100 * summary['together']:g} %"
    families = [counted(summary[each], word) for each, word in FAMILIES.items() if summary[each]]
    return (
        "The error of a pattern is the factor by which its counts are off, in the geometric mean; a count within what "
        "is documented is not off. Only what moves by more than its interval is named: paired over replicates, "
        f"{level} for all intervals of a kind together ({', '.join(families)})."
    )


def _verdicts(summary: Row) -> Iterator[str]:
    """Say what moves nothing, and where the model is nearer to the documents without a mechanism."""
    for verdict, words in VERDICTS.items():
        if names := [each["name"] for each in summary["mechanisms"] if each["verdict"] == verdict]:
            yield f"{words}: {', '.join(names)}."
    nearer = {
        each["name"]: [move["pattern"] for move in each["patterns"] if move["moves"] == "error" and move["times"] < 1]
        for each in summary["mechanisms"]
    }
    told = [f"{name} ({', '.join(map(_words, patterns))})" for name, patterns in nearer.items() if patterns]
    if told:
        yield f"Nearer to what is documented without it: {'; '.join(told)}."


def _lines(mechanism: Row, summary: Row) -> list[Line]:
    """What a mechanism moves, the most first."""
    patterns = sorted((each for each in mechanism["patterns"] if each["moves"]), key=_of_pattern)
    headlines = sorted((each for each in mechanism["headlines"] if each["moves"]), key=_of_headline)
    several = len(summary["scenarios"]) > 2
    lines = [_pattern(each) for each in patterns[:ROWS]] + [_headline(each, several) for each in headlines[:ROWS]]
    more = [_words(each["pattern"]) for each in patterns[ROWS:]] + [each["name"] for each in headlines[ROWS:]]
    if more:
        lines.append((f"and {len(more)} more: {'; '.join(more)}", "", "", "", ""))
    return lines or list(_nearest(mechanism, several))


def _nearest(mechanism: Row, several: bool) -> Iterator[Line]:
    """That nothing moves for sure; and of what differs, the number that comes nearest to moving."""
    yield "undecided" if mechanism["verdict"] == "undecided" else "moves nothing", "", "", "", ""
    patterns = [(_width(each), _pattern(each | {"moves": "error"})) for each in mechanism["patterns"] if each["times"]]
    headlines = [(_of_headline(each), _headline(each, several)) for each in mechanism["headlines"]]
    width, (what, *numbers) = min([*patterns, *headlines], default=(inf, ("", "", "", "", "")))
    if width < inf:
        yield f"nearest: {what}", numbers[0], numbers[1], numbers[2], numbers[3]


def _of_pattern(move: Row) -> tuple[bool, float]:
    return move["moves"] != "error", -abs(log(move["times"])) if move["times"] else 0.0


def _of_headline(move: Row) -> float:
    """Least first: the interval over the change, which has no unit."""
    return (move["high"] - move["low"]) / abs(move["change"]) if move["change"] else inf


def _width(move: Row) -> float:
    """The same of a pattern, in logarithms."""
    size = abs(log(move["times"]))
    return log(move["high"] / move["low"]) / size if size else inf


def _pattern(move: Row) -> Line:
    name = _words(move["pattern"])
    most = f"{move['target']}: {written(move['target_on'])} → {written(move['target_off'])}"
    if move["times"] is None:
        return f"counts, {name}", "", "", "checks only, no error", most
    on, off = f"×{written(move['on'])}", f"×{written(move['off'])}"
    if move["moves"] != "error":
        return f"counts, {name}", on, off, "error within chance", most
    side = "farther" if move["times"] > 1 else "nearer"
    interval = f"({written(move['low'])} to {written(move['high'])})"
    return f"error, {name}", on, off, f"{side}, ×{written(move['times'])} {interval}", most


def _headline(move: Row, several: bool) -> Line:
    name = f"{move['name']} [{move['scenario']}]" if several else move["name"]
    interval = f"({signed(move['low'])} to {signed(move['high'])})"
    changed = f"{signed(move['change'])} {interval} {move['unit']}"
    return name, signed(move["on"]), signed(move["off"]), changed, ""


def _words(name: str) -> str:
    return name.replace("_", " ")
