"""What a pack costs, and how that grows: each module is a command, and writes its part of docs/benchmarks.md."""
