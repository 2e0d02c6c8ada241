"""The movers on this computer: between files, engines and the library. Core process, except ``picture_process``."""
