"""Collects the words of the window into a catalogue that translators work on. The environment's Python, main thread.

    python -m devtools.translations [--check] [--compile]

English is the source and its own key, so that resources/translations/dmdx_en.ts is complete when it has every text that
can be looked up: what is given to ``tr`` and to the parts of the window that do so themselves, and whatever reads as
words in a table or in an error, for those are looked up by value. Rather one text too many than one too few.

A translator copies the file to dmdx_LANGUAGE.ts, fills it with Qt Linguist, and has it compiled: ``--compile`` makes a
.qm of each file, which is what the window reads. A .qm of English would say nothing and is not made.
"""

import argparse
import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from devtools.environment import ROOT
from dmdx_desktop.models.term import Term
from dmdx_desktop.ui.wording import CONTEXT

PACKAGE = ROOT / "dmdx_desktop"
FOLDER = ROOT / "resources" / "translations"
ENGLISH = FOLDER / "dmdx_en.ts"
PRESETS = ROOT / "resources" / "channels"
TOKENS = ROOT / "resources" / "theme" / "tokens.json"
LOOKING_UP = {"tr", "text_label", "Button", "IconButton", "TickBox", "Tab", "StepHead", "show_icon", "setText", "_row"}
"""Whose texts are looked up whatever they look like."""
NOT_WORDS = {"setObjectName", "setProperty", "compile", "execute", "executescript", "debug", "info", "warning", "error"}
"""Whose texts nobody reads in the window."""
WORDS = re.compile(r"(?=.*[a-z])&?[A-Z{“\d][^\n]*")
CODE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|WITH|BEGIN|ALTER)\b|.*[\\<>]|[A-Z]\w*[A-Z_]\w*$")


def main() -> int:
    """Write the catalogue, or say whether it is as it should be; 0 when it is."""
    parser = argparse.ArgumentParser(prog="dev.py translations", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the catalogue is not up to date"
    )
    parser.add_argument("--compile", action="store_true", help="also make .qm files of every language but English")
    options = parser.parse_args()
    texts = texts_of(PACKAGE)
    written = catalogue(texts)
    if options.check:
        is_current = ENGLISH.exists() and ENGLISH.read_text(encoding="utf-8") == written
        print(f"{len(texts)} texts; the catalogue is {'up to date' if is_current else 'not up to date'}")
        return 0 if is_current else 1
    FOLDER.mkdir(exist_ok=True)
    ENGLISH.write_text(written, encoding="utf-8")
    print(f"{ENGLISH.relative_to(ROOT)}: {len(texts)} texts")
    if options.compile:
        for source in sorted(set(FOLDER.glob("dmdx_*.ts")) - {ENGLISH}):
            compile_language(source, source.with_suffix(".qm"))
    return 0


def texts_of(package: Path) -> tuple[str, ...]:
    """Every text of the program that may be looked up, in order."""
    modules = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(package.rglob("*.py"))}
    named = {name for module in modules.values() for name in _names_looked_up(module)}
    found = {*_names_of_grounds(), *labels_of_terms(), *texts_of_presets()}
    for file, module in modules.items():
        shown = file.is_relative_to(package / "ui")
        found.update(_texts_in(module, shown, shown or file.is_relative_to(package / "models")))
        found.update(_constants(module, named))
    return tuple(sorted(found))


def _names_of_grounds() -> Iterator[str]:
    """What the grounds are called that pictures are judged on: they are in the tokens of the look."""
    yield from (one["name"] for one in json.loads(TOKENS.read_text(encoding="utf-8"))["reviewSurrounds"])


def texts_of_presets() -> Iterator[str]:
    """What the built-in export presets are called and say of themselves."""
    for file in sorted(PRESETS.glob("*.json")):
        preset = json.loads(file.read_text(encoding="utf-8"))
        yield from (preset[name] for name in ("name", "summary", "note", "source") if preset.get(name))


def labels_of_terms() -> Iterator[str]:
    """What every word of the vocabulary is called: most labels are made of the word's id, and stand in no source."""
    for file in sorted((PACKAGE / "models").rglob("*.py")):
        if "(Term)" in file.read_text(encoding="utf-8"):
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    for terms in Term.__subclasses__():
        yield from (term.label for term in terms if any(sign.isalpha() for sign in term.label))


def catalogue(texts: tuple[str, ...]) -> str:
    """The file of Qt Linguist with each text as its own translation."""
    root = ElementTree.Element("TS", version="2.1", language="en", sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        ElementTree.SubElement(message, "translation").text = text
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def compile_language(source: Path, target: Path) -> None:
    """Make the .qm of a .ts file, by the tool that comes with PySide6. Raises CalledProcessError where it cannot."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", source, "-qm", target], check=True)


def _names_looked_up(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        # tr(NAME), and map(tr, NAMES)
        looked_up = node.args[:1] if _called(node) == "tr" else node.args[1:] if _called(node) == "map" else []
        yield from (one.id for one in looked_up if isinstance(one, ast.Name))


def _constants(module: ast.Module, names: set[str]) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in names:
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] if node.value else []
            yield from filter(None, map(_text, values))


def _texts_in(module: ast.Module, is_window: bool, has_single_words: bool) -> Iterator[str]:
    for node in _nodes(module):
        if isinstance(node, ast.Call) and _called(node) in LOOKING_UP and is_window:
            yield from (text for text in map(_text, node.args) if text and re.search("[A-Za-z]{2}", text))
        text = _text(node)
        if text and WORDS.fullmatch(text) and not CODE.match(text) and (has_single_words or " " in text):
            yield text


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is below it, without documentation, annotations, f-strings and what nobody reads."""
    yield node
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Call) and _called(node) in NOT_WORDS):
        below: list[ast.AST] = [
            part.value for part in getattr(node, "values", []) if isinstance(part, ast.FormattedValue)
        ]
    else:
        below = [one for name, one in _fields(node) if name not in ("annotation", "returns", "decorator_list")]
    for one in below:
        if not (isinstance(one, ast.Expr) and _text(one.value)):
            yield from _nodes(one)


def _fields(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield name, one


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


if __name__ == "__main__":
    sys.exit(main())
