"""The role codes of `civic.people` as plain strings, for manifests, which are read before any model may be imported.

A test holds them equal to `civic.people.models.RoleName`.
"""

RESIDENT = "RESIDENT"
SHOP_KEEPER = "SHOP_KEEPER"
FACILITY_CASHIER = "FACILITY_CASHIER"
DONG_OFFICIAL = "DONG_OFFICIAL"
ISSUER = "ISSUER"
BUDGET_OFFICER = "BUDGET_OFFICER"
AUDITOR = "AUDITOR"
REVIEWER = "REVIEWER"
TREASURY = "TREASURY"
CHARITY_MANAGER = "CHARITY_MANAGER"
