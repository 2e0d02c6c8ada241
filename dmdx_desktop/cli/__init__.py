"""The command line: what scripts and people in a terminal rely on. A process of its own, its main thread."""
