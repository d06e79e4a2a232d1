"""Picture: a figure with its text and its numbers, drawn when it is asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image

from sim.report.figures.style import SETTINGS

PATHS = re.compile(r'\bd="[^"]*"')
LONG = re.compile(r"(\.\d\d)\d+")  # digits of a point in a path that nobody sees
DOTS = 100  # per inch
COLOURS = 96


@dataclass(frozen=True)
class Picture:
    """One figure of a report.

    name : unique within a report, fit for a file's name.
    text : what it shows, for those who do not see it.
    table : its numbers, unit by unit as they were found, not scaled.
    draw : returns the figure, anew with each call.
    """

    name: str
    text: str
    table: pd.DataFrame
    draw: Callable[[], Figure]

    def svg(self) -> str:
        """Return the figure as SVG, from its <svg> tag on; the same figure gives the same text."""
        found = BytesIO()
        with rc_context(SETTINGS):
            self.draw().savefig(found, format="svg", metadata={"Date": None, "Creator": None})
        text = found.getvalue().decode("utf-8")
        return PATHS.sub(lambda found: LONG.sub(r"\1", found[0]), text[text.index("<svg") :])

    def png(self, dots: int = DOTS) -> bytes:
        """Return the figure as PNG with so many dots an inch, and few colours: a third of the size."""
        whole, small = BytesIO(), BytesIO()
        with rc_context(SETTINGS):
            self.draw().savefig(whole, format="png", dpi=dots, pil_kwargs={"compress_level": 0})
        image = Image.open(whole).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        image.save(small, format="png", optimize=True)
        return small.getvalue()
