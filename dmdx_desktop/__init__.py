"""DMDX Studio desktop: photorealistic pictures of jewellery from CAD renders, sketches and photos. Every process."""

__version__ = "0.1.0"
