"""Pictures of every screen of the window, for README, docs and review."""
