"""The ONE list of what this district has switched on: Django apps of `pumasi.services`, in menu order."""

SERVICES: list[str] = [
    "pumasi.services.deeds",
    "pumasi.services.shops",
    "pumasi.services.guide",
    "pumasi.services.giving",
    "pumasi.services.letters",
    "pumasi.services.hearings",
    "pumasi.services.members",
    "pumasi.services.settlement",
    "pumasi.services.cockpit",
    "pumasi.services.moving",
    "pumasi.services.pos",
    "pumasi.services.staff",
    "pumasi.services.week",
    "pumasi.services.texts",
    "pumasi.services.training",
    "pumasi.services.yearend",
    "pumasi.services.record",
    "pumasi.services.rulebook",
]

# Beside them on the stand of a fair (`PUMASI_BOOTH=1` in a demo), never in a district.
AT_A_STAND: list[str] = ["pumasi.services.booth"]
