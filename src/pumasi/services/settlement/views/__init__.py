"""Pages of the treasury (`desk`, `around`) and of the shops (`shop`)."""
