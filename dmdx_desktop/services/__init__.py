"""The backends: one file each, behind the protocols of ``base``. No Qt, no library. Core process."""
