"""How the studio's eye is made: pictures with known truth, a small network trained on them, and its export.

Nothing here ships with the program; see README.md beside this file.
"""
