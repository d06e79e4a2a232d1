"""The gallery: small pictures of every figure, by scenario."""

from sim.report.figures.picture import Picture
from sim.report.figures.style import new_figure, styled
from sim.report.gallery import save

START = b"\x89PNG"


def test_pictures_are_saved_under_their_names(tmp_path):
    @styled
    def draw():
        return new_figure(2, "A title")

    save([Picture("one", "A text.", None, draw)], tmp_path, "cap-")
    assert (tmp_path / "cap-one.png").read_bytes().startswith(START)
