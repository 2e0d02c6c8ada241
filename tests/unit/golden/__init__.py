"""The golden prompts and the cases they were made of."""
