"""Paragraphs and call-outs, and the figures in their sentences."""
