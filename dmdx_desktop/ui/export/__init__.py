"""Images on their way out: the dialog, and what it asks of the core. The window's process, GUI thread."""
