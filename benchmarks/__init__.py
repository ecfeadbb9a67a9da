"""What is fast, as ratios measured side by side in one run: `make bench`.

All of it takes some minutes but for `transcripts`, which fills two databases with 20,000 recordings first.

Absolute times belong to the machine and to what else it does; the ratio of two things measured in turn does not.
"""
