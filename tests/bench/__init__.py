"""Measurements: ``python -m tests.bench [topic…]`` runs them and rewrites their sections of README.md."""
