"""One cell or column of a table: its number, its unit, the order of its digits."""
