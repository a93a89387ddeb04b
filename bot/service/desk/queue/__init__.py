"""What needs a person: raised, shown, taken, and rung for until somebody has it."""
