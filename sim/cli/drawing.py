"""Drawing: arrows between lanes as SVG, one row an arrow, so that no label ever lies over another."""

from collections.abc import Iterable, Sequence
from html import escape

Arrow = tuple[int, int, str, str]  # lane from, lane to, what it is called, who owns it

LANE, ROW, HEAD, LEFT = 104, 22, 44, 210  # pixels: a lane's width, a row's height, room above, room for names
OWNER = 122  # where the owner's name begins
LOOP = 5  # half of the height of an arrow that comes back to its lane
COLOURS = ("#1b6ca8", "#b3541e", "#2f7d32", "#7b3fa0", "#a3262f", "#5f6b1a", "#0f7f83", "#8a4b6e")
STYLE = "text{font:12px sans-serif;fill:#222}.lane{stroke:#ccc}.band{fill:#f5f5f2}.head{font-weight:bold}"


def lanes(names: Sequence[str], arrows: Sequence[Arrow]) -> str:
    """Return the picture: a lane for each name, a row for each arrow, rows that leave one lane together."""
    arrows = sorted(arrows, key=lambda arrow: arrow[0])
    owners = list(dict.fromkeys(owner for *_, owner in arrows))
    width, bottom = LEFT + LANE * len(names), HEAD + ROW * len(arrows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + HEAD}" width="{width}">',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{bottom + HEAD}" fill="white"/>',
        *_bands(arrows, width),
        *_heads(names, bottom),
    ]
    for row, arrow in enumerate(arrows):
        colour = COLOURS[owners.index(arrow[3]) % len(COLOURS)]
        parts += _arrow(arrow, HEAD + ROW * row + ROW / 2, colour)
    return "\n".join([*parts, "</svg>"])


def _x(lane: int) -> float:
    return LEFT + LANE * (lane + 0.5)


def _bands(arrows: Sequence[Arrow], width: int) -> Iterable[str]:
    """Every other group of rows that leave the same lane lies on a band."""
    groups = list(dict.fromkeys(arrow[0] for arrow in arrows))
    for row, arrow in enumerate(arrows):
        if groups.index(arrow[0]) % 2 == 0:
            yield f'<rect class="band" y="{HEAD + ROW * row}" width="{width}" height="{ROW}"/>'


def _heads(names: Sequence[str], bottom: int) -> Iterable[str]:
    for lane, name in enumerate(names):
        x = _x(lane)
        yield f'<line class="lane" x1="{x}" y1="{HEAD - 8}" x2="{x}" y2="{bottom + 8}"/>'
        for y in (HEAD - 16, bottom + 24):
            yield f'<text class="head" x="{x}" y="{y}" text-anchor="middle">{escape(name)}</text>'


def _arrow(arrow: Arrow, y: float, colour: str) -> list[str]:
    """The name, the owner, and a line from the dot to the head."""
    before, after, name, owner = arrow
    a, b = _x(before), _x(after)
    start, end = (y - LOOP, y + LOOP) if before == after else (y, y)
    side = 1 if a >= b else -1  # of the head, where the line comes from
    bend = f"C{a + 8 * LOOP},{start} {a + 8 * LOOP},{end}" if before == after else "L"
    head = f"{b},{end} {b + side * 8},{end - 4} {b + side * 8},{end + 4}"
    return [
        f'<text x="8" y="{y + 4}">{escape(name)}</text>',
        f'<text x="{OWNER}" y="{y + 4}" style="fill:{colour}">{escape(owner)}</text>',
        f'<circle cx="{a}" cy="{start}" r="3.5" fill="{colour}"/>',
        f'<path d="M{a},{start} {bend} {b + side * 7},{end}" fill="none" stroke="{colour}" stroke-width="1.6"/>',
        f'<polygon points="{head}" fill="{colour}"/>',
    ]
