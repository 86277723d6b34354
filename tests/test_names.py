"""A name says one thing: no two modules give one class, public function or constant its name."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src/speechmine"
#: Where one thing that is done is offered once more: a command, a tool of an agent, an address.
FACES = ("agents", "cli", "workbench")
#: What many modules have to have, each its own: asked for by Python, a framework or a declaration.
PROTOCOL = {
    "ANALYSES", "__all__", "__dir__", "__getattr__", "branch_labels", "depends_on",
    "down_revision", "main", "revision", "router", "upgrade",
}  # fmt: skip
#: One idea in two places that must not know each other, or at two depths: of a document, of a view.
SAME = {"Floats", "Lang", "SHARES", "find_quantities", "find_times"}
#: Folders whose private functions have names of their own, too.
FOLDERS = (
    "batch", "integrations", "ledger", "model", "readers", "report", "tables", "trackers",
    "writers",
)  # fmt: skip
FILES = ("checks.py", "conversions.py", "frame.py", "frame_extraction.py")
#: What stands for a module that may be missing.
OPTIONAL: set[tuple[str, str]] = set()
#: The same of each tracker: what it answers, as a task of ours.
OF_EACH_TRACKER = {"_remote"}


def every_module() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def named_apart() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((PACKAGE / folder).rglob("*.py"))
    yield from (PACKAGE / name for name in FILES)


def defined(path: Path) -> Iterator[str]:
    """Functions, classes, constants and types that stand at the top of a module."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                listed = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from (name.id for name in listed if isinstance(name, ast.Name))


def homes(paths: Iterator[Path]) -> dict[str, list[str]]:
    """Every name, with the modules that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for name in dict.fromkeys(defined(path)):
            found[name].append(path.relative_to(PACKAGE).as_posix())
    return found


def is_class(name: str) -> bool:
    """Private constants (``_NEAR``) are their module's own and may be called alike."""
    bare = name.lstrip("_")
    return bare[:1].isupper() and (not name.startswith("_") or not bare.isupper())


def test_public_names_and_classes_are_defined_once() -> None:
    shared = {
        name: places
        for name, places in homes(every_module()).items()
        if (is_class(name) or not name.startswith("_"))
        and len([place for place in places if not place.startswith(FACES)] or places[:1]) > 1
    }
    assert {name: shared[name] for name in shared.keys() - PROTOCOL - SAME} == {}


def test_private_functions_are_not_worn_out() -> None:
    """Two places may call a small step of their own alike, not three."""
    worn = {
        name: places
        for name, places in homes(named_apart()).items()
        if len(places) > 2 and not name.lstrip("_").isupper()
    }
    assert set(worn) <= OF_EACH_TRACKER | PROTOCOL, worn


def test_a_module_says_a_name_once() -> None:
    """What is folded together must not take a constant from what was there before."""
    twice = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in every_module()
        for name, times in Counter(defined(path)).items()
        if times > 1
    }
    assert twice - OPTIONAL == set()


def test_there_is_something_to_look_at() -> None:
    assert len(homes(every_module())) > 4000
