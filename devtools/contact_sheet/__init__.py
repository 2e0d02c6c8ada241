"""Contact sheets of drafts: every sample through every scene and metal, for eyes to judge. A developer's process."""
