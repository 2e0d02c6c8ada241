"""How manual pages are laid out: filled to the terminal, never wider than a page. The command line's thread."""

import argparse
import shutil
import textwrap
from typing import Final

from dmdx_desktop.cli.manual import PAGE_WIDTH

NARROWEST: Final = 40
HELP_COLUMN: Final = 20


class ManualFormat(argparse.HelpFormatter):
    """Fills paragraphs of running text, and leaves lists and examples, which begin with a blank, as they are."""

    def __init__(self, prog: str) -> None:
        width = max(NARROWEST, min(PAGE_WIDTH, shutil.get_terminal_size().columns))
        super().__init__(prog, max_help_position=HELP_COLUMN, width=width)
        self._page_width = width

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n\n".join(self._laid_out(part) for part in text.split("\n\n"))

    def _laid_out(self, paragraph: str) -> str:
        if "\n  " in paragraph:
            return paragraph
        return textwrap.fill(paragraph, self._page_width, break_on_hyphens=False, break_long_words=False)

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        # The list of verbs stands under its own title; a line that only says VERB again is noise.
        return text.partition("\n")[2] if action.nargs == argparse.PARSER else text
