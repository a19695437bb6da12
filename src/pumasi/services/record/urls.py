"""Addresses of the public record. `/verify` and `/log/` are printed in receipts and policies: they never change."""

from django.urls import path

from pumasi.services.record.views import explorer, files, receipts

app_name = "record"
urlpatterns = [
    path("chain/", explorer.chain, name="chain"),
    path("chain/blocks/<int:number>/", explorer.block, name="block"),
    path("chain/how/", explorer.how, name="how"),
    path("chain/files.txt", files.listing, name="files"),
    path("chain/receipts/<uuid:key>/", receipts.receipt, name="receipt"),
    path("chain/receipts/<uuid:key>/part/", receipts.receipt_part, name="receipt_part"),
    path("chain/receipts/<uuid:key>/file/", receipts.receipt_file, name="receipt_file"),
    path("verify", files.verify, name="verify"),
    path("log/<path:name>", files.log_file, name="log_file"),
]
