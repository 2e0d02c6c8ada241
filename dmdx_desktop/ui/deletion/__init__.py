"""Deleting pieces and images: what goes is told first, and it can be undone for a while. Window process, GUI thread."""
