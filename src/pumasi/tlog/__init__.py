"""The standards of the public log, one file each: RFC 6962 trees and the C2SP formats. No Django, network or clock.

Not here: what an entry means and which rules it must keep (`verify`), and who makes entries and when (`seal`).
"""
