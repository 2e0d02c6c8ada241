"""The protocol between the core and everyone who asks something of it. No Qt, no database."""
