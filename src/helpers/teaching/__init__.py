"""Exercises that answer back."""

from helpers.teaching.exercises import check, hint, progress, solution

__all__ = ["check", "hint", "progress", "solution"]
