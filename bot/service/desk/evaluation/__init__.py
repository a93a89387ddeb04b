"""Do the visits work? Who is held out to find out, and what is reported."""
