"""A way forward: what a customer can pay, plans side by side, the agreement and its instalments."""
