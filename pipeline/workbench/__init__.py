"""An Edition in, a picture or a decision of a person out."""
