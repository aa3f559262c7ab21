"""Words of a page image: Tesseract, and the second readings of every figure."""
