"""The scheduler's side: cases in, links, the plan, what needs a person, looking."""
