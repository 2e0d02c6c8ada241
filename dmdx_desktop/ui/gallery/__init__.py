"""The workspace in which images are found, rated and chosen. The window's process, GUI thread."""
