"""Topics of paragraphs: the model, how it is fitted, and how many topics to ask for."""
