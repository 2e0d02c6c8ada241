"""Makes resources/fonts and resources/icons from the packages they come from. By hand, when either changes.

    npm install lucide-static@1.62.0 @fontsource-variable/inter@5.3.0
    pip install fonttools brotli
    python -m devtools.appearance node_modules

The fonts are static: one file a weight and script, because not every system of Qt's finds the weights of a variable
font that a program brings along. Scripts other than Latin have families of their own, for the same reason; the theme
names them all.
"""

import json
import shutil
import sys
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
TOKENS = RESOURCES / "theme" / "tokens.json"
FAMILIES = {
    "latin": "Inter",
    "latin-ext": "Inter Latin Extended",
    "cyrillic": "Inter Cyrillic",
    "greek": "Inter Greek",
}
WEIGHTS = {400: "Regular", 450: "Book", 500: "Medium", 600: "SemiBold"}
NAME_IDS = {
    1: "{family} {style}",
    2: "Regular",
    4: "{family} {style}",
    6: "{compact}-{style}",
    16: "{family}",
    17: "{style}",
}


def main(packages: Path) -> None:
    """Write both folders anew."""
    _icons(packages / "lucide-static")
    _fonts(packages / "@fontsource-variable" / "inter")


def _icons(package: Path) -> None:
    names = json.loads(TOKENS.read_text(encoding="utf-8"))["icon"]["names"]
    target = RESOURCES / "icons"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in names:
        shutil.copyfile(package / "icons" / f"{name}.svg", target / f"{name}.svg")
    shutil.copyfile(package / "LICENSE", target / "LICENSE")


def _fonts(package: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    target = RESOURCES / "fonts"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for script, family in FAMILIES.items():
        for weight, style in WEIGHTS.items():
            font = TTFont(package / "files" / f"inter-{script}-wght-normal.woff2")
            font = instantiateVariableFont(font, {"wght": weight})
            font["OS/2"].usWeightClass = weight
            font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b100001) | (0b1000000 if weight == 400 else 0)
            _name(font, family, style)
            font.flavor = None
            font.save(target / f"{family.replace(' ', '')}-{style}.ttf")
    shutil.copyfile(package / "LICENSE", target / "LICENSE")


def _name(font: object, family: str, style: str) -> None:
    table = font["name"]  # type: ignore[index]
    table.names = [record for record in table.names if record.nameID not in {3, 21, 22, 25}]
    for name_id, pattern in NAME_IDS.items():
        text = pattern.format(family=family, style=style, compact=family.replace(" ", ""))
        table.setName(text, name_id, 3, 1, 0x409)
        table.removeNames(name_id, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
