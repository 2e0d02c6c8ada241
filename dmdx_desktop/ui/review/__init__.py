"""The workspace in which images are judged one by one. The window's process, GUI thread."""
