"""The calculator of legal dates: cases read from a file, dates explained in words and drawn."""
