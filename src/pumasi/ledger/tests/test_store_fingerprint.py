"""The schema's fingerprint is that of the committed files, and tampering of every sort shows in it by name."""

import pytest
from django.db import connection

from pumasi.ledger.store import fingerprint

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

TAMPERING = {
    "sqlite": {
        "drop trigger ledger_posting_stays": "trigger ledger_posting_stays is missing",
        "create trigger quiet after insert on ledger_posting begin select 1; end": (
            "trigger quiet does not belong to the schema"
        ),
        "drop index ledger_pending_by_due": "index ledger_pending_by_due is missing",
        "alter table ledger_account add column note text": "table ledger_account is not as committed",
        "create table ledger_notes (id integer)": "table ledger_notes does not belong to the schema",
    },
    "postgresql": {
        "drop trigger ledger_posting_stays on ledger_posting": "trigger ledger_posting_stays is missing",
        "alter table ledger_posting disable trigger ledger_posting_stays": (
            "trigger ledger_posting_stays is not as committed"
        ),
        "alter table ledger_account drop constraint ledger_account_check": "constraint ledger_account_check is missing",
        "alter table ledger_account add column note text": "table ledger_account is not as committed",
        "create rule quiet as on delete to ledger_posting do instead nothing": (
            "rule quiet does not belong to the schema"
        ),
        "create or replace function ledger_refuse() returns trigger language plpgsql as 'begin return new; end'": (
            "function ledger_refuse is not as committed"
        ),
        "alter table ledger_posting drop constraint ledger_posting_account_id_fkey, add constraint"
        " ledger_posting_account_id_fkey foreign key (account_id) references ledger_account (id) not valid": (
            "constraint ledger_posting_account_id_fkey is not as committed"
        ),
    },
}


def test_a_fresh_database_has_the_committed_fingerprint() -> None:
    """After a change of the schema that was meant, `fingerprint.record(connection)` writes the new one, per store."""
    assert fingerprint.check(connection) is None
    assert fingerprint.fingerprint(connection) == fingerprint.expected(connection.vendor)


def test_tampering_is_named() -> None:
    for statement, difference in TAMPERING[connection.vendor].items():
        with connection.cursor() as cursor:
            cursor.execute("savepoint untouched")
            cursor.execute(statement)
            assert fingerprint.check(connection) == difference
            assert fingerprint.fingerprint(connection) != fingerprint.expected(connection.vendor)
            cursor.execute("rollback to savepoint untouched")
    assert fingerprint.check(connection) is None
