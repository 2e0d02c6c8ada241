"""Deleting pieces and images: what goes is told first, and it can be undone for ten seconds. Window process, GUI thread."""
