"""Texts 안내 글: what officers write on the pages themselves: notices, questions and answers, days off, an outage."""
