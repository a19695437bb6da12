import pytest
from pumasi.ledger.verify import verify
from pumasi.ledger.tests import books
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger import reads


@pytest.mark.django_db
def test_x():
    books.full_book()
    r = verify()
    print(r.counts)
    for d in r.differences:
        print(d.text("en"))
    used = {t.kind for t in reads.without_leaf()}
    print(set(JOURNALS) - used)
    assert 0
