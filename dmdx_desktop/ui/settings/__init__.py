"""The settings: one page for each matter. GUI thread of the window's process."""
