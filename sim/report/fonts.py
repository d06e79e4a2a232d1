"""Fonts: the letters that figures use, brought along in the page, so that words are as wide there as when drawn."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from markupsafe import Markup
from matplotlib.font_manager import FontProperties, findfont

from sim.report.figures.style import SETTINGS

WEIGHTS = ("normal", "bold")
UNUSED = ("GPOS", "GSUB", "GDEF", "MATH", "FFTM")  # tables that plain words in Latin letters do without
FACE = Markup("@font-face {{ font-family: '{}'; font-weight: {}; src: url(data:font/ttf;base64,{}); }}\n")


def faces(letters: str) -> Markup:
    """Return CSS that holds some letters of the figures' font, in both weights."""
    family = SETTINGS["font.family"]
    return Markup("").join(FACE.format(family, weight, _font(family, weight, letters)) for weight in WEIGHTS)


def _font(family: str, weight: str, letters: str) -> str:
    """Return a font of some letters only, as base64; the same letters give the same text."""
    path = findfont(FontProperties(family=family, weight=weight))
    options: Any = Options(hinting=False, layout_features=[], name_IDs=[], legacy_kern=True)
    options.drop_tables += UNUSED
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        subsetter: Any = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        small = BytesIO()
        font.save(small)
    return b64encode(small.getvalue()).decode()
