#!/usr/bin/env python3
"""Every task of a developer of DMDX Studio, from a clean clone and Python alone: ``python dev.py --help``."""

import sys

# Said before anything that an older Python cannot read is imported.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("DMDX Studio needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

from devtools.verbs import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
