"""All tables of a report: the best account of each, its captions, its parts on other pages, its doubts."""
