"""Words that every floor shares: time, ids, amounts, canonical bytes, refusals and who acts. Pure stdlib, no Django."""
