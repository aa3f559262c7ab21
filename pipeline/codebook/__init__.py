"""What a statistician edits, as CSV and TOML, loaded and cross-checked."""
