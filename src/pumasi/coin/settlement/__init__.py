"""Settlement 정산: what shops have taken is paid out in won, by a maker and a checker, once the record shows it."""
