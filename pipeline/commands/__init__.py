"""The commands of ``hasila``, one module for each kind of question."""
