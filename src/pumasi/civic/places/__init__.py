"""Places of the district where coins are earned and spent: shops, facilities, centres and machines.

The state of a place (open or suspended, hours, what it accepts and needs, daily limits, stickers) lives here. Not here:
enrolment, takings and pages of shops (`services/shops`), and money in any form: a place knows only the pseudonymous
owner id of its till.
"""
