"""The house rules of the code: who imports whom, which library lives where, how long things may grow."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RULES = tomllib.loads((ROOT / "tests" / "architecture.toml").read_text(encoding="utf-8"))


def modules(root: Path) -> list[tuple[str, Path]]:
    """Dotted names below ``pipeline`` (and ``flows``) with their files."""
    found = [
        (".".join(path.relative_to(root / "pipeline").with_suffix("").parts), path)
        for path in sorted((root / "pipeline").rglob("*.py"))
    ]
    beside = [("flows", root / "flows.py")]
    return [*found, *((name, path) for name, path in beside if path.exists())]


def imports(tree: ast.AST) -> Iterator[str]:
    """Full dotted names of what a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "." * node.level
            else:
                yield from (f"{node.module}.{name.name}" for name in node.names)


def faults(root: Path) -> list[str]:
    """Every rule that is broken, as one line each."""
    said: list[str] = []
    for name, path in modules(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        room = name.split(".")[0]
        for imported in imports(tree):
            said += import_faults(name, room, imported)
        said += size_faults(name, path, tree)
        if set(name.split(".")) & set(RULES["limits"]["banned_names"]):
            said.append(f"{name}: the name explains nothing")
    return said


def import_faults(name: str, room: str, imported: str) -> Iterator[str]:
    top, *rest = imported.split(".")
    if imported.startswith("."):
        yield f"{name}: relative import"
    elif top == "pipeline" and rest and room != "__init__":
        target = rest[0]
        known = RULES["imports"].get(room)
        if known is None:
            yield f"{name}: {room} has no row in architecture.toml"
        elif target in RULES["imports"] and target != room and target not in known:
            yield f"{name}: imports {imported}, {room} may not import {target}"
        elif target == room:
            yield from crossing_faults(name, rest)
    elif top in RULES["only_in"]:
        allowed = RULES["only_in"][top]
        if not any(name == place or name.startswith(f"{place}.") for place in allowed):
            yield f"{name}: imports {top}, which belongs in {', '.join(allowed)}"


def crossing_faults(name: str, imported: list[str]) -> Iterator[str]:
    """A sub-package imports only what its row names of the package that it is in."""
    inner, target = ".".join(name.split(".")[:2]), imported[1] if imported[1:] else ""
    permitted = RULES["within"].get(inner)
    if permitted is not None and target not in (*permitted, inner.split(".")[1]):
        yield f"{name}: imports pipeline.{'.'.join(imported)}, {inner} may not import {target}"


def size_faults(name: str, path: Path, tree: ast.AST) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > RULES["limits"]["module_lines"] and path.stem not in ("__init__", "__main__"):
        yield f"{name}: {lines} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > RULES["limits"]["function_lines"]:
                yield f"{name}.{node.name}: {length} lines"


def test_the_house_rules_hold() -> None:
    assert faults(ROOT) == []


def test_every_room_of_the_package_has_its_row_of_permitted_imports() -> None:
    rooms = {name.split(".")[0] for name, _ in modules(ROOT)} - {"__init__"}
    assert rooms == set(RULES["imports"])
    inner = {".".join(name.split(".")[:2]) for name, _ in modules(ROOT) if name.count(".") == 2}
    assert inner == set(RULES["within"])


@pytest.mark.parametrize(
    ("place", "source", "said"),
    [
        (
            "readings/prose/sentences.py",
            "from pipeline.pages.page import read_pages\n",
            "readings may not import pages",
        ),
        ("readings/prose/sentences.py", "from pipeline import pages\n", "readings may not import pages"),
        ("series/observe.py", "import prefect\n", "imports prefect"),
        ("pages/page.py", "def f():\n    import duckdb\n", "imports duckdb"),
        ("pages/utils.py", "", "the name explains nothing"),
        ("pages/page.py", "x = 1\n" * 351, "351 lines"),
        ("pages/page.py", "def long():\n" + "    x = 1\n" * 60, "page.long: 61 lines"),
        ("pages/page.py", "from . import lines\n", "relative import"),
        (
            "pages/image/raster.py",
            "from pipeline.pages.ocr import voting\n",
            "pages.image may not import ocr",
        ),
        ("stray/page.py", "from pipeline.model import page\n", "no row"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, place: str, source: str, said: str) -> None:
    planted = tmp_path / "pipeline" / place
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")
    assert any(said in fault for fault in faults(tmp_path))


def test_no_module_is_part_of_an_import_cycle() -> None:
    graph = {name.removesuffix(".__init__"): set[str]() for name, _ in modules(ROOT)}
    for name, path in modules(ROOT):
        for imported in imports(ast.parse(path.read_text(encoding="utf-8"))):
            inner = imported.removeprefix("pipeline.")
            for target in (inner, inner.rpartition(".")[0]):
                if imported.startswith("pipeline.") and target in graph:
                    graph[name.removesuffix(".__init__")].add(target)
                    break
    while leaves := {name for name, targets in graph.items() if not targets & graph.keys()}:
        for leaf in leaves:
            del graph[leaf]
    assert sorted(graph) == []


def test_the_package_is_imported_without_prefect() -> None:
    code = "import sys, pipeline.cli, pipeline.run; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_tracked_file_names_a_package_index() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    here = Path(__file__).resolve()
    tracked = [ROOT / name for name in listed.stdout.split("\0") if name and not name.endswith(".pdf")]
    hosts = re.compile(rb"pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org|index-url")
    named = [file for file in tracked if file.is_file() and file != here and hosts.search(file.read_bytes())]
    assert named == []
