"""Tables without a full net of rules: found by figures that stand under each other."""
