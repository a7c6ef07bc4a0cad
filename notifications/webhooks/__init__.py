"""Webhooks: other programs told of what happens to requests, without a word of what they hold."""
