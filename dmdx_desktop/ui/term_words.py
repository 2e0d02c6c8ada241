"""Words of the vocabulary in the language of the window: the one way from a term to what is shown. Pure; any thread.

English labels are the source: ``dev.py translations`` puts those of every term into the catalogue. Prompts, file names
and what files say of themselves stay English and take ``label`` itself.
"""

from dmdx_desktop.models.term import Term
from dmdx_desktop.ui.wording import tr, within_line


def term_name(term: Term) -> str:
    """A term as it stands by itself."""
    return tr(term.label)


def term_within_line(term: Term) -> str:
    """A term as it stands in the middle of a line."""
    return within_line(term.label)
