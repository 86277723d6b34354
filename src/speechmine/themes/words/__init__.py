"""What words are: shipped lists, files of the user's own, and how a text is cut into them."""
