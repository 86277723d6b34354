"""The body table against facts gathered apart from it; skipped where they are not at hand."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest

from speechmine.extractors.assignments import find_assignments
from speechmine.extractors.parties import clause_parties, find_party_groups
from speechmine.extractors.party_lexicon import lexicon_of
from speechmine.model import AdministrativeLevel, Party
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import Rule

from shared import SHARED

RULES = default_rules()

FACTS = SHARED / "facts" / "bodies"
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason=f"no facts at {FACTS}")

ACTING = ("lead", "responsible")
LEVELS: tuple[AdministrativeLevel, ...] = ("national", "province", "county")
Row = dict[str, str]


def read(name: str) -> list[tuple[int, Row]]:
    """The rows of a file with their line numbers."""
    with (FACTS / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(enumerate(rows, start=2))


@cache
def reform_dates() -> tuple[str, ...]:
    """The months around every reform of the table."""
    years = {int(d[:4]) for b in default_rules().table("bodies") for d in (b.since, b.until) if d}
    return tuple(sorted({f"{y + late}-{m}" for y in years for late, m in ((0, "02"), (1, "10"))}))


def stands(since: str | None, until: str | None, date: str, *, late: int) -> bool:
    """Whether something stood at a date; local bodies took up to a year longer to change."""
    end = f"{int(until[:4]) + late}{until[4:]}" if until else "9999"
    return (since or "0") <= date < end


def is_national(name: str, body: Rule) -> bool:
    return name == body.value and name not in (body.attribute("local"), body.attribute("province"))


@pytest.mark.parametrize("level", LEVELS)
def test_no_name_is_one_of_another_time(level: AdministrativeLevel) -> None:
    """Over all bodies and the dates of all reforms: a canonical name held at its date."""
    lexicon = lexicon_of(default_rules())
    wrong = set()
    for alias in default_rules().table("body_aliases"):
        for date in reform_dates():
            body, name = lexicon.identify(alias.terms[0], date, level)
            if body is None or name is None:
                continue
            entry = lexicon.bodies[body]
            late = 0 if is_national(name, entry) else 1
            if not stands(entry.since, entry.until, date, late=late):
                wrong.add((alias.terms[0], date, name))
    assert wrong == set()


@needs_facts
def test_no_name_is_one_of_another_time_by_the_facts() -> None:
    """The same law, by the dates of the facts and not by those of the table."""
    lexicon = lexicon_of(default_rules())
    dates = {row["id"]: (row["valid_from"], row["valid_to"]) for _, row in read("bodies")}
    wrong = set()
    for alias in default_rules().table("body_aliases"):
        for date in reform_dates():
            body, name = lexicon.identify(alias.terms[0], date, "county")
            if body is None or name is None or body not in dates:
                continue
            late = 0 if is_national(name, lexicon.bodies[body]) else 1
            since, until = dates[body]
            if not stands(since, until or None, date, late=late):
                wrong.add((alias.terms[0], date, name))
    assert wrong == set()


@needs_facts
def test_the_table_has_every_body_and_nearly_every_spelling() -> None:
    known = {body.id for body in default_rules().table("bodies")}
    assert {row["id"] for _, row in read("bodies")} <= known
    spellings = [row for _, row in read("aliases")]
    missing = [row["surface"] for row in spellings if not knows(row)]
    # What is left: common nouns of places (村, 园区), ministries named like a trade (铁路),
    # pairs that are better two, and a few local short names that two bodies share.
    assert len(missing) / len(spellings) <= 0.015, missing


def knows(row: Row) -> bool:
    """A spelling is in the table for that body, or is one of the addressees by kind."""
    entries = lexicon_of(default_rules()).spellings.get(row["surface"], ())
    if any(entry.value == row["body_id"] for entry in entries):
        return True
    sentence = f"会后由{row['surface']}牵头办理"
    found = [p for group in find_party_groups(sentence, RULES) for p in group.parties]
    return [p.text for p in found] == [row["surface"]] and (
        found[0].generic or found[0].body == row["body_id"]
    )


# Traps that are read otherwise, by line, with the reason.
OTHER_TRAPS = {
    176: "a headquarters named after two roads: by its shape it could be two",
}
_NEGATIVE = ("topic", "person", "cue", "other", "other_org", "class", "anaphor")
_POSITIVE = ("positive", "shared", "local", "quote", "ambiguous")


@needs_facts
def test_traps() -> None:
    """Words that look like bodies are none, and bodies that look like words are found."""
    rows = read("traps")
    wrong = [line for line, row in rows if not holds(row)]
    assert len(wrong) / len(rows) <= 0.02, wrong
    assert set(wrong) <= set(OTHER_TRAPS), wrong


def holds(row: Row) -> bool:
    text, category = row["text"], row["category"]
    groups = find_party_groups(text, RULES)
    parties = [p for group in groups for p in group.parties]
    if category == "prefix":
        return whole(row, parties)
    if category in ("role", "modal", "level"):
        return plays(row, clause_parties(text, 0, len(text), groups, rules=RULES), parties)
    wanted = ids(row["truth"])
    looks = set(row["looks_like"].split(";")) - {"-"}
    found = {p.body for p in parties if p.body}
    if wanted:
        return bool(wanted & found) or not found
    if category in _POSITIVE or "同级" in row["truth"] or row["truth"] in ("机构", "1个", "各级"):
        return related(looks, found) or (bool(parties) and all(p.generic for p in parties))
    if category == "set":
        return related(looks, found) or all(p.generic for p in parties)
    return not (looks & found) if category in _NEGATIVE or looks else True


def ids(truth: str) -> set[str]:
    return set(re.findall(r"[a-z][a-z_]{3,}", truth)) & set(lexicon_of(default_rules()).bodies)


def related(looks: set[str], found: set[str]) -> bool:
    """The bodies themselves, or whoever took over from them."""
    bodies = lexicon_of(default_rules()).bodies
    heirs = {bodies[body].attribute("successor") for body in looks if body in bodies}
    return looks <= found or (len(looks) == 1 and bool(heirs & found))


def whole(row: Row, parties: list[Party]) -> bool:
    """市政协 is one body with its level; 市辖区 is none."""
    if re.search("地名|级别|区划|class|外部", row["truth"]):
        return all(p.generic or p.body is None for p in parties)
    body = "municipal" if row["text"] == "市政局" else None
    return [p.text for p in parties] == [row["text"]] and (body in (None, parties[0].body))


def plays(row: Row, given: tuple[Party, ...], parties: list[Party]) -> bool:
    """Who asks, is praised or is asked for help owes nothing."""
    roles = {p.role for p in given}
    if "report_to" in row["truth"]:
        return roles == {"report_to"}
    if "cooperate" in row["truth"]:
        return {p.role for p in given} == {"responsible", "cooperate"}
    if row["truth"] == "generic":
        return all(p.generic for p in given) and bool(given)
    if row["truth"].startswith("被要求方"):
        asked = row["text"] + "整改"
        named = clause_parties(asked, 0, len(asked), find_party_groups(asked, RULES), rules=RULES)
        return [p.role for p in named] == ["responsible"]
    if "裸用" in row["truth"]:
        return bool(parties) and all(p.body for p in parties)
    return not roles & set(ACTING)


# Parts of the facts in the guideline's roles (P1, P3, P7).
ROLES = {
    "lead": "lead",
    "cooperate": "cooperate",
    "supervise": "supervise",
    "responsible": "responsible",
    "parallel": "responsible",
    "executor": "responsible",
    "implement": "responsible",
    "participate": "cooperate",
    "cc_to": "report_to",
    "joint": "responsible",
    "target": None,
}


@needs_facts
def test_responsibility_lines() -> None:
    """Each line of real documents names the expected bodies in the expected roles."""
    rows = read("gold_lines")
    assert [line for line, row in rows if not same(row)] == []


def same(row: Row) -> bool:
    text = row["text"]
    groups = find_party_groups(text, RULES)
    assigned = [p for a in find_assignments(text, RULES, groups=groups) for p in a.parties]
    found = assigned or clause_parties(text, 0, len(text), groups, rules=RULES)
    got = sorted({(p.body or "generic" if not p.generic else "generic", p.role) for p in found})
    return fits(expected(row), got)


def expected(row: Row) -> list[tuple[str, set[str | None]]]:
    """Body and the roles that are right for it; a role is written once behind its list."""
    # A set (工青妇) is found as the set; who belongs to it stands in the table.
    bare = re.sub(r"→[^:]*", "", row["expected"])
    plain = re.sub(r"（[^）]*）|\([^()]*\)|\+document.*", lambda m: by_rule(m[0]), bare)
    found: list[tuple[str, set[str | None]]] = []
    role = ""
    for part in reversed([p for p in plain.split(";") if p.strip()]):
        name, _, given = part.partition(":")
        role = given.strip() or role
        if name.strip() in ("open", "none") or not name.strip():
            continue
        generic = re.match(r"generic|person\b", name) is not None
        body = "generic" if generic else name.split("@")[0].strip()
        found.append((body, roles(role, row)))
    return found


def by_rule(note: str) -> str:
    return note if "by rule" in note else ""


def roles(role: str, row: Row) -> set[str | None]:
    plain = role.split("(", maxsplit=1)[0].strip()
    right: set[str | None] = {ROLES.get(plain)}
    if "by rule" in row["expected"] or "document rule" in row["expected"]:
        # The others of a list led by its first are responsible (P3); the rule may stand elsewhere.
        right |= {"responsible"}
    if "会同" in row["text"] and plain == "lead":
        right |= {"responsible"}  # P1: who acts together with others
    if plain == "joint":
        right |= {"cooperate"}  # P2: who is joined
    if plain == "supervise" and "要跟踪问效" in row["text"]:
        right |= {"responsible"}  # P7: as subject it is responsible
    if "(resource)" in row["expected"] and plain == "cooperate":
        right |= {"responsible"}  # P1: an own subject with an own deed
    if "person" in row["expected"]:
        right |= {"leader"}
    return right


def heirs(body: str) -> set[str]:
    """A body and who took over from it: the lines do not all say when they were written."""
    entry = lexicon_of(default_rules()).bodies.get(body)
    return {body, entry.attribute("successor") or body} if entry else {body}


def fits(wanted: list[tuple[str, set[str | None]]], got: list[tuple[str, str]]) -> bool:
    """Every expected one is there in a right role, and nobody else acts."""
    if not all(None in r or any(x in heirs(b) and y in r for x, y in got) for b, r in wanted):
        return False
    allowed = {heir for body, right in wanted if None not in right for heir in heirs(body)}
    return all(body in allowed or role not in ACTING for body, role in got)
