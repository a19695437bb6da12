"""Publishing the proof: entries, blocks, checkpoints, receipts and promises of the public record."""
