"""Checks of sentences: in themselves, against each other and against the tables that they speak of."""
