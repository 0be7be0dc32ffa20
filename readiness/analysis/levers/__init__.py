"""Levers: the cheapest way out of the scenarios a group is on that leads into no other."""
