"""Is an answer equal to the key? `grader.deciding.ladder.decide` asks one rung after the other."""
