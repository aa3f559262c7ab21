"""Text in, text or number out; knows no PDF and no pandas."""
