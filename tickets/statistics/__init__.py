"""Figures on requests, counted from their events: what approval exists for."""
