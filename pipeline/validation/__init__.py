"""Series and Readings in, Findings and a Verdict out."""
