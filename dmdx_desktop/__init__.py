"""DMDX Studio desktop: photorealistic pictures of jewellery from CAD renders, sketches and product photos."""

__version__ = "0.1.0"
