"""The workspace in which a piece is described and its pictures are made. The window's process, GUI thread."""
