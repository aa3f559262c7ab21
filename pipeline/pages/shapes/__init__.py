"""Signs told by their shapes: small networks of our own for print that no model of Tesseract reads."""
