"""The nouns of Hasila: frozen, slotted, standard library only."""
