"""The movers on this computer: between files, engines and the library. Core process only, but for ``picture_process``."""
