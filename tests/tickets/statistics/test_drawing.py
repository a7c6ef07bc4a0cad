"""Pictures: to scale, in whole numbers, with words for who does not see them."""

from tickets.statistics.drawing import WIDTH
from tickets.statistics.drawing.bars import MOST_LINES, draw_bars
from tickets.statistics.drawing.columns import draw_columns
from tickets.statistics.drawing.grid import draw_grid


def test_bars_are_drawn_to_scale():
    drawing = draw_bars(["a", "b"], [("un", [10, 5]), ("deux", [0, 1])])

    widths = [[bar.width for bar in group.bars] for group in drawing.groups]
    assert widths == [[WIDTH - 40, (WIDTH - 40) // 2], [0, (WIDTH - 40) // 10]]
    assert drawing.words == "un\u00a0: a 10, b 5\u00a0; deux\u00a0: a 0, b 1"


def test_bars_leave_out_what_makes_a_wall():
    drawing = draw_bars(["a"], [(str(number), [number]) for number in range(MOST_LINES + 3)])

    assert (len(drawing.groups), drawing.left_out) == (MOST_LINES, 3)


def test_columns_are_drawn_to_scale_and_say_their_highest():
    drawing = draw_columns(["a", "b"], [("01", "janvier", [4, 1]), ("02", "février", [2, 0])])

    assert [column.height for column in drawing.columns] == [120, 30, 60, 0]
    assert {column.y + column.height for column in drawing.columns} == {drawing.base}
    assert (drawing.highest, drawing.curves) == ("4", [])
    assert drawing.words == "a\u00a0: 4 (janvier)\u00a0; b\u00a0: 1 (janvier)"


def test_columns_too_many_to_be_seen_become_lines():
    drawing = draw_columns(["a"], [(str(day), str(day), [day % 7]) for day in range(100)])

    assert (drawing.columns, len(drawing.curves)) == ([], 1)
    assert drawing.curves[0].points.split()[:2] == ["2,134", "5,114"]
    assert all(0 <= mark.x < WIDTH - 30 for mark in drawing.marks)


def test_grid_marks_a_cell_as_much_as_its_number():
    drawing = draw_grid(["lundi", "mardi"], [("0", "0 h"), ("1", "1 h")], [[0, 1], [5, 10]], room=60)

    assert [cell.level for cell in drawing.cells] == [0, 1, 3, 5]
    assert [cell.words for cell in drawing.cells][1] == "lundi, 1 h\u00a0: 1"
    assert drawing.words == "mardi, 1 h\u00a0: 10"
    assert max(cell.x for cell in drawing.cells) + drawing.cell_width <= WIDTH


def test_nothing_draws_nothing():
    assert draw_bars(["a"], []).height == 1
    assert draw_columns(["a"], []).columns == []
    assert draw_grid([], [], [], room=60).cells == []
