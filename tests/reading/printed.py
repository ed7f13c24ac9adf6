"""Made-up PDFs: lines of words at exact places of pages in letter size."""

from collections.abc import Sequence
from io import BytesIO

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

WIDTH, HEIGHT = 612.0, 792.0  # points
LEFT, TOP, FOOT = 72.0, 690.0, 60.0
STEP = 13.0  # from line to line
# Where a line begins, in points from the left and from below; its words; its size and weight.
Print = (
    tuple[float, float, str]
    | tuple[float, float, str, float]
    | tuple[float, float, str, float, str]
)


def printed(pages: Sequence[Sequence[Print]]) -> bytes:
    """Return a PDF with lines printed at their places.

    Parameters
    ----------
    pages : sequence of sequence of tuple
        By page its lines: x, y, words and, if they are not 10 and "normal", size and weight.
    """
    file = BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(file) as pdf:
        for lines in pages:
            figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
            for x, y, words, *style in lines:
                size, weight = [*style, *(10.0, "normal")[len(style) :]]
                figure.text(x / WIDTH, y / HEIGHT, words, size=size, weight=weight)
            pdf.savefig(figure)
    return file.getvalue()


def column(
    lines: Sequence[str], top: float = TOP, size: float = 10.0, weight: str = "normal"
) -> list[Print]:
    """Return lines one below the other; an empty one is a space of a line."""
    return [
        (LEFT, top - STEP * row, words, size, weight) for row, words in enumerate(lines) if words
    ]
