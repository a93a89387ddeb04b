"""What Doorstep does: one use case a file, each a single transaction of load, decide (pure) and write."""
