"""What a request teaches everybody: a question and an answer, from which persons are taken out."""
