"""The headline figures, each measured against a peer in the same run: ``python dev.py bench``."""
