"""Pages in, Tables, Readings and Mentions out, as printed."""
