"""Figures: one file a figure, each with `data` (its table), `draw` (a matplotlib Figure) and `text` (its alt text).

`data` takes what `sim.report.evidence.Evidence` read from a directory of results, `draw` and `text` take that table:

    from sim.report.evidence import Evidence
    from sim.report.figures import fan

    found = Evidence.read("results/demo")
    table = fan.data(found, found.headline[0])
    fan.draw(table)
"""
