"""What askpost costs: start-up, memory and time per question, measured on real processes with the real model."""
