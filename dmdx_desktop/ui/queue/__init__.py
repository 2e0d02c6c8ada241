"""The workspace that shows what is being made, and what needs the user. The window's process, GUI thread."""
