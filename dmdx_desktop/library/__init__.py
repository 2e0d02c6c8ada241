"""The library on disk: the SQLite store, the blob store and the preview store. Core process, and window readers."""
