"""The pages of the record: the explorer, proofs of transfers, and files that are the same for all."""
