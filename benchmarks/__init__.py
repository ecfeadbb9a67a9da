"""What is fast, as ratios measured side by side in one run: `make bench`. Bounded to some minutes.

Absolute times belong to the machine and to what else it does; the ratio of two things measured in turn does not.
"""
