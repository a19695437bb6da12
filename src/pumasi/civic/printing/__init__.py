"""Papers 인쇄물: stickers, posters, slips, statements and letters as tagged PDF (PDF/UA-1), in Korean and English.

One function per paper (`papers`), which takes plain words and gives bytes. The room knows no money and no people.
"""
