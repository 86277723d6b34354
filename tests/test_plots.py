"""Figures: gaps stay gaps, nothing is cut or lost, captions say base and n."""

from __future__ import annotations

import io
import itertools
import re
import warnings

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from speechmine import plots
from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.pledges import targets
from speechmine.plots import fonts
from speechmine.plots.captions import caption_of
from speechmine.plots.placing import spread
from speechmine.plots.series import curves_of
from speechmine.plots.widths import display_width
from speechmine.themes import (
    attention,
    bursts,
    collocation_network,
    collocations,
    fit_topics,
    keyness,
    load_corpus,
    novelty,
    rank_table,
    similarity,
    term_frequency,
    term_lifecycle,
    tone,
)

pytestmark = pytest.mark.filterwarnings("ignore::speechmine.plots.FontWarning")

TEXTS = {
    2018: "深化改革，稳定就业。要修建铁路，治理污染。必须守住底线。",
    2019: "深化改革，扩大就业。鼓励创新。增长6%左右。",
    2021: "深化改革，发展数字经济。要抓创新，治理污染。",
    2022: "发展数字经济，壮大数字经济，抓创新，稳定就业。",
    2023: "发展数字经济，抓创新，抓创新。稳定就业。",
}
TERMS = ["改革", "就业", "数字经济", "创新", "污染"]
WORDS = {"就业": ["就业"], "生态": ["污染"], "创新": ["创新", "数字经济"]}
CORPUS = load_corpus(TEXTS)
FREQUENCY = term_frequency(CORPUS, TERMS)
PANEL = targets(
    {
        2019: "今年的主要预期目标是：地区生产总值增长6%-6.5%。",
        2020: "今年没有提出全年经济增速具体目标。",
        2021: "今年的主要预期目标是：地区生产总值增长6%以上。",
    }
)
MAKERS = {
    "lines": lambda: plots.lines(FREQUENCY, title="五个词"),
    "lines of one series": lambda: plots.lines(novelty(CORPUS, window=1)),
    "lines of tone": lambda: plots.lines(tone(CORPUS)),
    "small multiples": lambda: plots.small_multiples(FREQUENCY, columns=2),
    "diverging bars": lambda: plots.diverging_bars(contrast()),
    "volcano": lambda: plots.volcano(contrast()),
    "area": lambda: plots.area(attention(CORPUS, WORDS), value="share_of_hits"),
    "area with a rest": lambda: plots.area(attention(CORPUS, WORDS), top=1),
    "heat map of pairs": lambda: plots.heat_map(similarity(CORPUS, "all")),
    "heat map": lambda: plots.heat_map(attention(CORPUS, WORDS), value="share"),
    "bump chart": lambda: plots.bump_chart(rank_table(FREQUENCY)),
    "timeline": lambda: plots.timeline(term_lifecycle(CORPUS, TERMS)),
    "timeline of bursts": lambda: plots.timeline(burst_table()),
    "target ladder": lambda: plots.target_ladder(PANEL),
    "target ladder of many places": lambda: plots.target_ladder(many_places()),
    "bars by place": lambda: plots.bar_chart(heights(31)),
    "bars beyond the top": lambda: plots.bar_chart(heights(50)),
    "network": lambda: plots.network(collocation_network(collocations(TEXTS_TWICE))),
    "topic choice": lambda: plots.topic_choice(diagnostics()),
    "heat map of 31 places": lambda: plots.heat_map(
        grid(), rows="place", columns="year", value="share"
    ),
    "twelve lines": lambda: plots.lines(many_terms(), items=[f"词{n}" for n in range(12)]),
    "lines in English": lambda: plots.lines(FREQUENCY, lang="en"),
    "ladder in English": lambda: plots.target_ladder(PANEL, lang="en"),
    "area in English": lambda: plots.area(attention(CORPUS, WORDS), top=1, lang="en"),
}
PROVINCES = [f"清溪省第{n}市" for n in range(31)]
TEXTS_TWICE = dict.fromkeys((2022, 2023), "扩大就业增加收入。修建铁路公路。" * 20)


def noted(frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs.update(method="made for a test", n_reports=31)
    return frame


def many_places() -> pd.DataFrame:
    texts = [
        Document(
            f"今年的主要预期目标是：地区生产总值增长{4 + n % 9 * 0.5}%左右。",
            id=f"{place}{year}",
            date=f"{year}-01-20",
            place=place,
        )
        for n, place in enumerate(PROVINCES)
        for year in (2024, 2025)
    ]
    panel = targets(texts)
    panel.attrs["n_reports"] = len(texts)
    return panel


def heights(n: int) -> pd.DataFrame:
    return noted(pd.DataFrame({"place": [f"第{i}市" for i in range(n)], "rate": range(n)}))


def grid() -> pd.DataFrame:
    cells = [
        (place, year, 0.0043 * n) for n, place in enumerate(PROVINCES) for year in (2024, 2025)
    ]
    return noted(pd.DataFrame(cells, columns=["place", "year", "share"]))


def many_terms() -> pd.DataFrame:
    cells = [(f"词{n}", year, n + year % 3) for n in range(12) for year in range(2015, 2025)]
    return noted(pd.DataFrame(cells, columns=["term", "year", "rate"]))


def diagnostics() -> pd.DataFrame:
    columns = {"coherence": [0.4, 0.3], "stability": [0.9, 0.6], "exclusivity": [0.9, 0.8]}
    return noted(pd.DataFrame({"k": [5, 10], **columns}))


def contrast() -> pd.DataFrame:
    return keyness(CORPUS, {"year": (2021, 2023)}, {"year": (2018, 2019)}, terms=TERMS)


def burst_table() -> pd.DataFrame:
    texts = dict.fromkeys(range(2015, 2025), "抓生产。" * 30)
    return bursts(texts | dict.fromkeys((2020, 2021), "抓生产。" * 30 + "抗疫情。" * 8), ["疫情"])


def written(figure: Figure) -> str:
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_visible()]
    return "\n".join(text.get_text() for text in texts)


@pytest.fixture(params=sorted(MAKERS), scope="module")
def figure(request: pytest.FixtureRequest) -> Figure:
    return MAKERS[request.param]()


def test_each_is_a_figure_that_leaves_no_trace(figure: Figure) -> None:
    assert isinstance(figure, Figure)
    assert mpl.rcParams["axes.spines.top"] is True
    assert "matplotlib.pyplot" not in str(type(figure.canvas.manager))


def test_the_caption_says_how_many_reports(figure: Figure) -> None:
    assert "n = " in written(figure)
    assert "方法：" in written(figure) or "method:" in written(figure)


def test_nothing_is_cut_off(figure: Figure) -> None:
    """All that is written lies inside the page."""
    width, height = figure.bbox.size
    renderer = FigureCanvasAgg(figure).get_renderer()
    ticks = [t for axis in figure.findobj(Axis) for t in axis.get_ticklabels()]
    for text in figure.findobj(mpl.text.Text):
        # Ticks outside of the limits have a label that is not drawn.
        if not text.get_text().strip() or not text.get_visible() or text in ticks:
            continue
        box = text.get_window_extent(renderer)
        assert min(box.x0, box.y0) >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()


def test_every_glyph_is_there(figure: Figure) -> None:
    if plots.chinese_font() is None:
        pytest.skip("no Chinese font is installed")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(io.BytesIO(), format="png")


def test_the_same_table_gives_the_same_picture() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        plots.lines(FREQUENCY).savefig(out, format="png", metadata={"Software": None})
    assert first.getvalue() == second.getvalue()


def test_a_missing_year_is_a_hole() -> None:
    one = curves_of(FREQUENCY, item="term", value="rate", items=["改革"])[0]
    assert one.years.tolist() == [2018, 2019, 2020, 2021, 2022, 2023]
    assert np.isnan(one.heights).tolist() == [False, False, True, False, False, False]
    axes = plots.lines(FREQUENCY, items=["改革"]).axes[0]
    drawn = axes.lines[0].get_ydata()
    assert np.isnan(drawn[2])
    assert drawn[4] == 0
    assert len(axes.patches) == 1


def test_a_lone_year_between_gaps_is_drawn() -> None:
    texts = dict.fromkeys((*range(1980, 2020), 2024, 2030), "抓改革。")
    axes = plots.lines(term_frequency(texts, ["改革"])).axes[0]
    assert axes.lines[1].get_xdata().tolist() == [2024, 2030]


def test_areas_break_at_gaps() -> None:
    axes = plots.area(attention(CORPUS, WORDS), value="share_of_hits").axes[0]
    assert len(axes.collections) == 2 * len(WORDS)
    years = [p.vertices[:, 0] for c in axes.collections for p in c.get_paths()]
    assert not any((span.min() < 2020) and (span.max() > 2020) for span in years)


def test_bars_say_both_counts() -> None:
    text = written(plots.diverging_bars(contrast()))
    assert "数字经济 (4 : 0)" in text
    assert "2021—2023" in text
    assert "2018—2019" in text


def test_every_name_of_a_heat_map_is_there() -> None:
    axes = plots.heat_map(grid(), rows="place", columns="year", value="share").axes[0]
    assert {text.get_text() for text in axes.get_yticklabels()} == set(PROVINCES)


def test_more_places_than_colours_become_rows() -> None:
    axes = plots.target_ladder(many_places()).axes[0]
    assert {text.get_text() for text in axes.get_yticklabels()} == set(PROVINCES)


def test_what_is_not_drawn_is_said() -> None:
    assert "另有4项未画" in written(plots.lines(many_terms()))
    assert "40 of 50 are listed" in written(plots.bar_chart(heights(50), lang="en"))
    assert "未画" not in written(plots.lines(FREQUENCY))


def test_no_two_lines_look_the_same() -> None:
    drawn = plots.lines(many_terms(), items=[f"词{n}" for n in range(12)]).axes[0].lines
    looks = {
        (line.get_color(), str(line._dash_pattern)) for line in drawn if line.get_ls() != "None"
    }
    assert len(looks) == 12


def test_ticks_of_shares_are_what_they_say() -> None:
    """A tick at 0.25 % is not written as 0.2 %."""
    axes = plots.lines(
        noted(grid().assign(term=grid()["place"])), value="share", item="place"
    ).axes[0]
    axes.figure.canvas.draw()
    for place, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True):
        assert float(label.get_text().rstrip("%")) == pytest.approx(place * 100)


def test_parts_that_overlap_are_not_stacked() -> None:
    cells = [(year, topic, 0.52) for year in (2023, 2024) for topic in ("甲", "乙")]
    table = pd.DataFrame(cells, columns=["year", "topic", "share"])
    with pytest.raises(UsageError, match="sum to 104%"):
        plots.area(table)
    top = plots.area(table.assign(share=0.5)).axes[0].get_ylim()[1]
    assert top == 1.0


def test_a_term_of_two_reports_is_no_long_bar() -> None:
    texts = dict.fromkeys(range(1960, 2012), "抓生产。")
    texts |= {1960: "抓改革。", 2011: "抓改革。"}
    axes = plots.timeline(term_lifecycle(texts, ["改革"])).axes[0]
    assert sorted(patch.get_width() for patch in axes.patches) == pytest.approx([0.8, 0.8])


def test_many_years_are_told_as_a_span() -> None:
    told = caption_of(term_frequency(CORPUS.select(year=[2018, 2019, 2021, 2022, 2023]), ["改革"]))
    assert "年份 2018—2019、2021—2023" in told


@pytest.mark.parametrize("make", [plots.lines, plots.small_multiples])
def test_english_figures_say_no_chinese_of_ours(make) -> None:
    words = written(make(FREQUENCY, lang="en"))
    left = re.sub("|".join(TERMS), "", words)
    assert not re.search("[\u4e00-\u9fff]", left), left


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="zh, en"):
        plots.lines(FREQUENCY, lang="fr")  # type: ignore[arg-type]


def test_a_dollar_sign_is_no_formula() -> None:
    table = FREQUENCY.assign(term=FREQUENCY["term"].replace("改革", "$\\frac{1}{0}$<b>"))
    assert "$\\frac{1}{0}$<b>" in written(plots.lines(table))


def test_the_ladder_shows_ranges_bounds_and_absence() -> None:
    drawn = plots.target_ladder(PANEL).axes[0].lines
    assert [6.0, 6.5] in [list(line.get_ydata()) for line in drawn if line.get_linewidth() == 5]
    assert [line.get_xdata()[0] for line in drawn if line.get_marker() == "x"] == [2020]


def test_topics_have_their_intervals() -> None:
    text = "修建铁路公路。\n扩大就业稳定就业。\n公路铁路联网。\n就业创业。"
    model = fit_topics(
        {2023: text, 2024: text}, 2, min_words=2, min_paragraphs=2, max_share=0.9, seeds=0
    )
    figure = plots.lines(model.prevalence())
    assert "95%区间" in written(figure)
    assert len(figure.axes[0].collections) == 2


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plots.lines(pd.DataFrame({"year": [2020], "x": [1]})), "name the column"),
        (lambda: plots.lines(FREQUENCY, items=["没有"]), "no row with term"),
        (lambda: plots.lines(FREQUENCY.assign(rate=pd.NA)), "nothing to draw"),
        (lambda: plots.lines(pd.concat([FREQUENCY, FREQUENCY])), "several rows"),
        (lambda: plots.diverging_bars(FREQUENCY), "no column"),
        (lambda: plots.heat_map(pd.concat([FREQUENCY, FREQUENCY])), "several rows"),
        (lambda: plots.target_ladder(PANEL, indicator="cpi"), "gdp_growth"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_named(call: object, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        call()  # type: ignore[operator]


def test_without_a_chinese_font_there_is_one_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        plots.lines(FREQUENCY, title="五个词")
    assert [w.category for w in caught] == [plots.FontWarning]
    assert "fonts-noto-cjk" in str(caught[0].message)


def test_labels_move_apart_and_stay_inside() -> None:
    places = spread([0.5, 0.5, 0.51, 0.98, 1.0], 0.1, 0.0, 1.0)
    assert all(b - a >= 0.0999 for a, b in itertools.pairwise(sorted(places)))
    assert min(places) >= 0
    assert max(places) <= 1
    assert places[0] < places[1] < places[2] < places[3] < places[4]


def test_widths_count_chinese_twice() -> None:
    assert display_width("G2对数") == 6
