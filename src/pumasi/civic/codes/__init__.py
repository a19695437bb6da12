"""One grammar for every code of the city: rotating codes of people and places, and addresses on stickers.

Not here: what a scan is good for (services), and the pages that show or take codes.
"""
