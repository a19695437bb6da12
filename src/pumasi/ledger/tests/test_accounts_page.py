"""The page of accounts is current, and the tables that it is made from agree with the builders."""

from pathlib import Path

import pytest

from pumasi.ledger import accounts_page
from pumasi.ledger.chart import CHART, Pool
from pumasi.ledger.commands import Command
from pumasi.ledger.fields import BUILDERS, Builder
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.tests.commands import EXAMPLES

PAGE = Path(__file__).resolve().parents[4] / "docs" / "accounts.md"


class TestThePage:
    def test_is_what_the_code_says(self) -> None:
        assert PAGE.read_text(encoding="utf-8") == accounts_page.render(), "out of date: run ./pumasi docs"

    def test_names_every_account_and_every_journal(self) -> None:
        page = accounts_page.render()

        assert [code for code in CHART if f"\n| {code} |" not in page] == []
        assert [kind for kind in JOURNALS if f"\n| `{kind}` |" not in page] == []

    def test_writes_the_identity_with_every_class_of_coins(self) -> None:
        identity = accounts_page.render().split("```")[1]

        assert [pool for pool in Pool if pool is not Pool.WON and pool.value not in identity] == []
        assert "B100" not in identity

    def test_says_that_a_payment_moves_coins_from_wallets_to_takings(self) -> None:
        assert accounts_page.effect(JOURNALS["PAY"]) == "wallets → with shops and facilities<br>= won book"


class TestTheJournals:
    def test_every_kind_has_a_builder_and_every_builder_a_kind(self) -> None:
        assert set(BUILDERS) == set(JOURNALS)

    def test_every_leaf_type_is_known_and_used(self) -> None:
        assert {journal.leaf for journal in JOURNALS.values()} == set(accounts_page.LEAVES)

    def test_every_account_of_a_journal_is_in_the_chart(self) -> None:
        codes = {code for journal in JOURNALS.values() for pair in journal.pairs for code in pair}

        assert codes - CHART.keys() == set()

    def test_no_journal_moves_between_the_coin_book_and_the_won_book(self) -> None:
        mixed = [j.kind for j in JOURNALS.values() if any(CHART[s].coin != CHART[t].coin for s, t in j.pairs)]

        assert mixed == []

    @pytest.mark.parametrize(
        "builder", [b for builders in BUILDERS.values() for b in builders], ids=lambda b: b.function.__name__
    )
    def test_every_builder_makes_only_moves_of_its_journal(self, builder: Builder) -> None:
        commands = EXAMPLES[builder.function.__name__]

        for command in commands:
            assert command.kind == builder.kind
            assert pairs_of(command) - JOURNALS[command.kind].pairs == set()

    def test_every_pair_of_a_journal_is_made_by_a_builder(self) -> None:
        made = {(c.kind, pair) for commands in EXAMPLES.values() for c in commands for pair in pairs_of(c)}
        unmade = {
            kind: sorted(journal.pairs - {pair for k, pair in made if k == kind})
            for kind, journal in JOURNALS.items()
            if kind != "CLOSE_BOOK"  # the caller writes its moves out
        }

        assert {kind: pairs for kind, pairs in unmade.items() if pairs} == {}


def pairs_of(command: Command) -> set[tuple[str, str]]:
    """(source code, target code) of everything that a command may move."""
    found = {(m.source[:4], t[:4]) for m in command.moves for t in (m.target, m.lapsed_to) if t}
    return found | {(s[:4], t[:4]) for s, t in (m.short for m in command.moves if m.short is not None)}
