"""Hearings 의견제출과 이의: notice, opinion, decision, objection for whatever the district takes back or stops."""
