"""The months that a number speaks of."""

from datetime import date

import pytest

from calibration.spans import Span, SpanError


@pytest.mark.parametrize(
    ("text", "first", "last", "months", "shown"),
    [
        (2003, date(2003, 1, 1), date(2003, 12, 1), 12, "2003"),
        ("2003-08", date(2003, 8, 1), date(2003, 8, 1), 1, "2003-08"),
        ("2005..2011", date(2005, 1, 1), date(2011, 12, 1), 84, "2005-2011"),
        ("2017-01..2017-07", date(2017, 1, 1), date(2017, 7, 1), 7, "2017-01 to 2017-07"),
    ],
)
def test_a_text_is_months(text, first, last, months, shown):
    span = Span.parse(text)
    assert (span.first, span.last, span.months, str(span)) == (first, last, months, shown)


@pytest.mark.parametrize("text", ["2003-13", "soon", "2003..2004..2005", None, "2004..2003"])
def test_what_is_no_months(text):
    with pytest.raises(SpanError):
        Span.parse(text)


def test_spans_move_and_grow():
    march = Span.parse("2015-03")
    assert march.earlier(12) == Span.parse("2014-03")
    assert march.longer(5) == Span.parse("2014-10..2015-03")
    assert march.within(Span.parse(2015)) and not Span.parse(2015).within(march)
