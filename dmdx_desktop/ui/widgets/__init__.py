"""Parts of windows that know nothing of jewellery, libraries or cores. The window's process, GUI thread."""
