"""Pure picture functions on Pillow and NumPy. Files from outside are opened in picture processes only."""
