"""`python -m bot` is `doorstep`."""

from bot.cli import main

main()
