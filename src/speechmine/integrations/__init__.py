"""Adapters to other people's pipelines; each can be deleted."""
