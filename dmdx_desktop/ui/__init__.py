"""The window: everything of Qt is in here. The window's process."""
