"""What a build prepares comes to the same as what is worked out anew."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from re import _compiler, _parser

import pytest

import speechmine
from speechmine import patterns, prepared
from speechmine.patterns import compiled, listening, rebuilt
from speechmine.prepared import Code, Prepared, opened, stored
from speechmine.preparing import of_asked, prepare, write
from speechmine.rules import gates, loader
from speechmine.rules.gates import gate_of, gate_parts
from speechmine.rules.openings import openings, openings_anew


def _text(name: str) -> str:
    return (Path(__file__).parents[1] / "corpus" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> Prepared:
    """As a build makes it; what modules ask for at import was asked for before."""
    return opened(stored(prepare()))


@pytest.fixture
def with_prepared(monkeypatch):
    """Have a prepared file of this content in place of the package's own."""

    def have(known: Prepared) -> None:
        for module in (patterns, loader):
            monkeypatch.setattr(module, "prepared", lambda: known)

    return have


def test_prepared_patterns_are_those_that_re_compiles(made):
    """But for the head of the code, which may know more of how a match begins."""
    assert len(made.codes) > 500
    for (pattern, flags), code in made.codes.items():
        plain = re.compile(pattern, flags)
        assert rebuilt(pattern, code).flags == plain.flags
        assert rebuilt(pattern, code).groupindex == plain.groupindex
        assert _behind_head(code.words) == _behind_head(_code_of(pattern, flags))


def _code_of(pattern: str, flags: int) -> list[int]:
    return _compiler._code(_parser.parse(pattern, flags), flags)


def _behind_head(words) -> list[int]:
    """How long the head is stands second in it."""
    return list(words[1 + words[1] :])


def test_prepared_patterns_match_alike(made):
    text = _text("wangjiang-2024-gongzuobaogao")[:3000]
    for (pattern, flags), code in made.codes.items():
        plain = [m.regs for m in re.compile(pattern, flags).finditer(text)]
        assert [m.regs for m in rebuilt(pattern, code).finditer(text)] == plain


def test_characters_are_those_that_are_worked_out(made):
    assert made.openings
    for pattern, begun in made.openings.items():
        assert begun == openings_anew(pattern)
    assert made.gates
    for pattern, gate in made.gates.items():
        assert gate == gate_parts(gates.worked_out(pattern))


def test_rules_are_those_of_the_files(made, with_prepared):
    with_prepared(Prepared())
    plain = loader.load_rules()
    with_prepared(made)
    fast = loader.load_rules()
    assert fast.version == plain.version
    assert dict(fast.tables) == dict(plain.tables)


def test_changed_rule_files_are_read_from_the_files(with_prepared):
    changed = Prepared(rules="another", tables={"verbs": b"[]"})
    with_prepared(changed)
    assert loader.load_rules().table("verbs")


def test_an_overlay_lies_over_prepared_rules(made, with_prepared, tmp_path):
    (tmp_path / "deadline_cues.toml").write_text(
        '[[rule]]\nid = "own"\nvalue = "immediate"\nterms = ["麻利地"]\n'
        'examples = ["麻利地办好"]\n',
        encoding="utf-8",
    )
    with_prepared(Prepared())
    plain = loader.load_rules(tmp_path)
    with_prepared(made)
    fast = loader.load_rules(tmp_path)
    assert fast.version == plain.version
    assert dict(fast.tables) == dict(plain.tables)


def test_a_text_gives_the_same_either_way(made, with_prepared):
    text = _text("liudu-2023-fangxun")
    found = []
    for known in (Prepared(), made):
        with_prepared(known)
        rules = loader.load_rules()
        found.append(speechmine.extract(text, rules=rules, mode="full").to_dict())
    assert found[0] == found[1]


def test_the_stored_form_is_the_same_for_the_same_content(made):
    assert stored(opened(stored(made))) == stored(made)


def _broken(content: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "changed": content[:-1] + bytes([content[-1] ^ 1]),
        "no file of ours": b"\x80\x04K\x00." * 20,
        "another interpreter": content.replace(b'"cpython ', b'"cpython_ '),
    }


@pytest.mark.parametrize("kind", _broken(b"0123456789"))
def test_a_broken_file_is_as_good_as_none(kind, monkeypatch, tmp_path):
    file = tmp_path / "prepared.bin"
    file.write_bytes(_broken(stored(Prepared(rules="a", tables={"b": b"[]"})))[kind])
    monkeypatch.setattr(prepared, "prepared_file", lambda: file)
    assert prepared.prepared.__wrapped__() == Prepared()


@pytest.mark.parametrize("words", [[], [99999], [2**40], [17, 3, 1]])
def test_code_that_is_none_is_compiled_anew(words, with_prepared):
    with_prepared(Prepared(codes={("年底前?", 0): Code(32, (), words)}))
    assert compiled("年底前?").search("年底前") is not None
    assert compiled("年底前?") == re.compile("年底前?")


def test_an_unsound_pattern_is_an_error_as_ever():
    with pytest.raises(re.error):
        compiled("(年")


def test_what_is_asked_for_is_prepared():
    with listening() as asked:
        compiled("(?P<day>某日)[一二三四五]", re.DOTALL)
        openings("某日|某时")
        gate_of("[一-龥]{2,8}某日")
    known = of_asked(asked)
    assert rebuilt("(?P<day>某日)[一二三四五]", known.codes[("(?P<day>某日)[一二三四五]", 16)])
    assert known.openings == {"某日|某时": {"某": "日时"}}
    assert known.gates == {"[一-龥]{2,8}某日": gate_parts(gate_of("[一-龥]{2,8}某日"))}


def test_a_file_is_written_in_one_step(tmp_path):
    file = tmp_path / "prepared.bin"
    file.write_bytes(b"old")
    write(Prepared(rules="new"), file)
    assert opened(file.read_bytes()).rules == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["prepared.bin"]


@pytest.mark.slow
def test_a_build_prepares_the_same_bytes_each_time(tmp_path):
    """Patterns of modules are asked for at import, so this takes processes of their own."""
    source = Path(speechmine.__file__).parents[1]
    made = []
    for seed in ("1", "2"):
        file = tmp_path / seed
        command = [sys.executable, "-m", "speechmine.preparing", str(file)]
        env = {"PYTHONPATH": str(source), "PYTHONHASHSEED": seed, "PATH": ""}
        subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
        made.append(file.read_bytes())
    assert made[0] == made[1]
    assert len(opened(made[0]).codes) > 800
