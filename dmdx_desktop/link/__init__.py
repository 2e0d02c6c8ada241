"""The protocol between the core and everyone who asks something of it. Any process; no Qt, no database."""
