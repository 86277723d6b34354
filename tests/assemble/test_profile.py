"""Office profiles suggest who and by when; what the text states stays as it is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import speechmine
from speechmine.assemble.profile import Profile, parse_profile
from speechmine.errors import UsageError
from speechmine.model import SuggestedDeadline, SuggestedParty, Task

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "profile.toml"
DAY = "2026-03-01"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return speechmine.load_profile(EXAMPLE)


def only(text: str, profile: Profile, date: str | None = DAY) -> Task:
    (task,) = speechmine.extract(text, date=date, profile=profile).tasks
    return task


def test_who_usually_does_it_is_suggested_where_nobody_is_named(profile: Profile) -> None:
    task = only("要新建农村公路60公里。", profile)
    assert task.parties == ()
    assert task.suggested_parties == (
        SuggestedParty("区交通运输局", "lead", "profile:roads"),
        SuggestedParty("各镇", "cooperate", "profile:roads"),
    )


@pytest.mark.parametrize("text", ["要新建農村公路60公里。", "要 新 建 农 村 公 路 60 公 里 。"])
def test_words_of_a_profile_are_found_however_they_are_written(text: str, profile: Profile) -> None:
    assert only(text, profile).suggested_parties[0].text == "区交通运输局"


def test_a_theme_suggests_too(profile: Profile) -> None:
    task = only("要建成污水处理厂2座。", profile)
    assert [(p.text, p.role) for p in task.suggested_parties] == [("区生态环境局", "responsible")]


def test_a_named_party_leaves_nothing_to_suggest(profile: Profile) -> None:
    task = only("区住建局要新建农村公路60公里。", profile)
    assert [p.text for p in task.parties] == ["区住建局"]
    assert task.suggested_parties == ()


def test_a_generic_addressee_names_nobody(profile: Profile) -> None:
    task = only("各单位要修订防汛预案。", profile)
    assert [p.text for p in task.suggested_parties] == ["区水利局", "区政府督查室"]
    assert [p.text for p in task.parties] == ["各单位"]


LIMITS = [
    ("要尽快排查危旧桥梁12座。", SuggestedDeadline(3, "2026-03-04", "policy:urgent")),
    ("要尽快制定搬迁方案。", SuggestedDeadline(15, "2026-03-16", "policy:report")),
    ("要制定搬迁方案。", SuggestedDeadline(15, "2026-03-16", "policy:report")),
    ("要在5月底前制定搬迁方案。", None),
    ("要在2028年底前新建水库3座。", SuggestedDeadline(365, "2027-03-01", "policy:max_days")),
    ("X月要召开总结表彰大会。", None),
    ("要改造农村公路30公里。", None),
]


@pytest.mark.parametrize(("text", "limit"), LIMITS)
def test_house_limits(text: str, limit: SuggestedDeadline | None, profile: Profile) -> None:
    assert only(text, profile).suggested_deadline == limit


def test_without_a_day_only_days_are_counted(profile: Profile) -> None:
    task = only("要制定搬迁方案。", profile, date=None)
    assert task.suggested_deadline == SuggestedDeadline(15, None, "policy:report")
    assert (task.deadline.kind, task.deadline.edtf) == ("open", None)


FIRST = [
    ("要扩建粮库2座。（区发改委、区财政局负责）", ["区发改委"]),
    ("要扩建粮库2座。（区发改委牵头，区财政局、各镇负责）", []),
    ("要扩建粮库2座。（区发改委负责）", []),
    ("要扩建粮库2座。（区发改委、区财政局负责）\n责任单位排名不分先后。\n", []),
]


@pytest.mark.parametrize(("text", "leads"), FIRST)
def test_the_first_of_several_may_lead(text: str, leads: list[str], profile: Profile) -> None:
    task = speechmine.extract(text, profile=profile).tasks[0]
    assert [p.text for p in task.suggested_parties] == leads
    assert [p.role for p in task.parties if p.text in leads] == ["responsible"] * len(leads)


def test_facts_are_the_same_with_and_without(profile: Profile) -> None:
    text = "各镇要新建农村公路60公里。区水利局、区应急局要尽快修订防汛预案。要制定方案。"
    bare = speechmine.extract(text, date=DAY, mode="full")
    full = speechmine.extract(text, date=DAY, mode="full", profile=profile)
    assert any(task.suggested_parties for task in full.tasks)
    cleared = tuple(
        dataclasses.replace(task, suggested_parties=(), suggested_deadline=None)
        for task in full.tasks
    )
    assert dataclasses.replace(full, tasks=cleared) == bare


def test_suggestions_have_columns_of_their_own(profile: Profile) -> None:
    result = speechmine.extract("要尽快新建农村公路60公里。", date=DAY, profile=profile)
    (row,) = result.to_frame().to_dict("records")
    assert (
        row["suggested_parties"]
        == "区交通运输局（牵头，profile:roads）、各镇（配合，profile:roads）"
    )
    assert row["suggested_limit"] == "3日（policy:urgent）"
    assert str(row["suggested_latest"])[:10] == "2026-03-04"


BAD = [
    ("name = ", "not valid TOML"),
    ("nam = '甲'", "field nam: there is no such field; there are: name, first_is_lead"),
    ("first_is_lead = '是'", "field first_is_lead: true or false is expected, not '是'"),
    ("max_days = 0", "field max_days: a number of days from 1 to 3660 is expected, not 0"),
    ("max_days = true", "not True"),
    ("name = 3", "field name: text in quotation marks is expected, not 3"),
    ("party = '甲'", "field party: entries are expected, each under a line [[party]]"),
    ("[[party]]\nwords = ['路']", "party 1: field id: a name for the entry is expected"),
    ("[[party]]\nid = 'a'\nlead = ['甲局']", "party 'a': field words: words or themes are"),
    ("[[party]]\nid = 'a'\nwords = ['路']", "party 'a': field lead: a party is expected"),
    ("[[party]]\nid = 'a'\nwords = '路'", "party 'a': field words: a list of texts is expected"),
    (
        "[[party]]\nid = 'a'\nwords = ['路']\nleads = ['甲局']",
        "party 'a': field leads: there is no",
    ),
    ("[[party]]\nid = 'a'\nthemes = ['路']\nlead = ['甲局']", "'路' is unknown; there are: "),
    ("[[limit]]\nid = 'a'\ndays = 3", "limit 'a': field kinds: kinds of deadlines are expected"),
    ("[[limit]]\nid = 'a'\nkinds = ['soon']\ndays = 3", "'soon' is unknown; there are: by, within"),
    ("[[limit]]\nid = 'a'\nkinds = ['open']", "limit 'a': field days: a number of days from 1"),
    ("[[limit]]\nid = 'a'\nkinds = ['open']\ndays = '3'", "is expected, not '3'"),
    (2 * "[[limit]]\nid = 'a'\nkinds = ['open']\ndays = 3\n", "limit 'a': field id: used twice"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_a_broken_profile_says_where_and_what(content: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_profile(content, source="p.toml")
    assert str(caught.value).startswith("p.toml: ")
    assert message in str(caught.value)


def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: the profile cannot be read"):
        speechmine.load_profile(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("name = '甲办'".encode("gbk"))
    with pytest.raises(UsageError, match="not UTF-8"):
        speechmine.load_profile(tmp_path / "gbk.toml")
