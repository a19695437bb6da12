"""What happens at shops and facilities beyond the coin's own operations: one transaction each, by module.

`lifecycle` applies, verifies, opens, suspends and closes; `counter` takes coins; `devices` binds a counter; `prices`
sets price lists.
"""
