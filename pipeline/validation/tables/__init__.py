"""Checks inside one table: what its figures have to do with each other, and which cell is wrong."""
