"""How often terms are said, and which words are said most."""
