"""The questions people ask: who sees which, what readers say, what staff write."""
