"""Ruled lines become the cells of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.readers.paged.page_rules import RuledLine, find_grids


def flat(y: float, left: float = 0, right: float = 100) -> RuledLine:
    return RuledLine(upright=False, at=y, start=left, end=right)


def upright(x: float, top: float = 0, bottom: float = 40) -> RuledLine:
    return RuledLine(upright=True, at=x, start=top, end=bottom)


FRAME = [flat(0), flat(40), upright(0), upright(100)]
CASES = [
    ("a frame is one cell", FRAME, [(0, 0, 1, 1)]),
    ("a line across makes two rows", [*FRAME, flat(20)], [(0, 0, 1, 1), (1, 0, 1, 1)]),
    (
        "a cell over two rows",
        [*FRAME, upright(50), flat(20, 50, 100)],
        [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)],
    ),
    (
        "a cell over two columns",
        [*FRAME, flat(20), upright(50, 20, 40)],
        [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)],
    ),
    ("open at its sides", [flat(0), flat(40), upright(50)], [(0, 0, 1, 1), (0, 1, 1, 1)]),
    ("drawn in pieces", [flat(0, 0, 50), flat(0, 50.5, 100), *FRAME[1:]], [(0, 0, 1, 1)]),
    ("lines that do not meet", [flat(0), flat(40)], None),
    ("one line under a head", [flat(10)], None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rules", "cells"), CASES, ids=[name for name, _, _ in CASES])
def test_lines_make_cells(
    name: str, rules: list[RuledLine], cells: list[tuple[int, int, int, int]] | None
) -> None:
    found = find_grids(rules, 2)
    made = [[(c.row, c.column, c.rows, c.columns) for c in grid.cells] for grid in found]
    assert made == ([] if cells is None else [cells])


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
)
def test_a_full_grid_has_all_its_cells_and_none_overlap(wide: list[int], high: list[int]) -> None:
    xs = [sum(wide[:n]) * 10 for n in range(len(wide) + 1)]
    ys = [sum(high[:n]) * 10 for n in range(len(high) + 1)]
    rules = [flat(y, 0, xs[-1]) for y in ys] + [upright(x, 0, ys[-1]) for x in xs]
    (grid,) = find_grids(rules, 2)
    assert len(grid.cells) == len(wide) * len(high)
    middles = [((c.left + c.right) / 2, (c.top + c.bottom) / 2) for c in grid.cells]
    assert all(sum(cell.holds(*middle) for cell in grid.cells) == 1 for middle in middles)
