"""Risk in four views, the treatment that a person decides, and the backtest."""
