"""« Que cherchez-vous ? »: from the words of a requester to a theme, an answer, or where else to go."""
