"""Tables with rules: where their cells are, and which of them are heads, stubs and figures."""
