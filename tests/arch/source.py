"""The project's own source as the architecture tests see it: tracked files, parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "dmdx_desktop"
NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}


@dataclass(frozen=True)
class Module:
    """One Python file below the root: its dotted name, text and syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def layer(self) -> str:
        """The first name below the package: a folder or module of the floor plan."""
        return self.name.split(".")[1] if "." in self.name else "__init__"

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Import:
    """One imported module, as a full dotted name, and where the import statement stands."""

    target: str
    line: int
    in_function: bool
    for_types_only: bool


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project that is not ignored: tracked or about to be; all of them where there is no git."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in set(found) if path.is_file()))


@cache
def modules(top: str = PACKAGE) -> tuple[Module, ...]:
    """The parsed Python files below the folder ``top`` of the root."""
    return tuple(_parsed(path) for path in files() if path.suffix == ".py" and (ROOT / top) in path.parents)


@cache
def module_names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def imports_of(module: Module) -> Iterator[Import]:
    """What ``module`` imports; ``from package import module`` counts as importing that module."""
    for node, in_function, for_types_only in _walk(module.tree, False, False):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.where}:{node.lineno}: relative import"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = [name if name in module_names() else node.module or "" for name in whole]
        else:
            continue
        for target in dict.fromkeys(targets):
            yield Import(target, node.lineno, in_function, for_types_only)


def _walk(node: ast.AST, in_function: bool, for_types_only: bool) -> Iterator[tuple[ast.AST, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        inside = in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        types = for_types_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
        yield child, inside, types
        yield from _walk(child, inside, types)


def _parsed(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text(encoding="utf-8")
    return Module(name, path, text, ast.parse(text, filename=str(path)))
