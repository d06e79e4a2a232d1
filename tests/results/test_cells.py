"""The digest of rows, by which two runs are told apart."""

import pyarrow as pa
import pytest

from sim.results.cells import rows_digest

ROWS = {"host": ["MNG", "KOR"], "date": [1, 2], "value": [1.0, 2.0]}


def digest(words: list[str] | None = None, **changed: list[object]) -> str:
    """The digest of two rows; the dictionary of hosts holds these words in this order."""
    rows = ROWS | changed
    known = words or list(dict.fromkeys(rows["host"]))
    indices = pa.array([known.index(word) for word in rows["host"]], pa.int32())
    host = pa.DictionaryArray.from_arrays(indices, pa.array(known))
    return rows_digest(pa.table({"host": host, "date": pa.array(rows["date"], pa.date32()), "value": rows["value"]}))


@pytest.mark.parametrize("words", [["KOR", "MNG"], ["MNG", "KOR"], ["JPN", "MNG", "KOR"]])
def test_how_words_are_kept_does_not_matter(words: list[str]) -> None:
    assert digest(words) == digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"value": [2.0, 1.0]},
        {"value": [1.0, 2.0 + 2**-51]},
        {"host": ["KOR", "MNG"]},
        {"host": ["MNG", "JPN"]},
        {"date": [2, 1]},
        {"date": [2, 1], "value": [2.0, 1.0], "host": ["KOR", "MNG"]},
    ],
)
def test_rows_in_another_order_or_with_other_numbers_are_others(changed: dict[str, list[object]]) -> None:
    assert digest(**changed) != digest()
