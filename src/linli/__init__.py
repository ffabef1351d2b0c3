"""Linli 邻里: one system for the work of a neighbourhood."""

VERSION = "0.1.0"
