"""What a graph reads before it is rounded, to see how large its numbers are: questions, and what may answer them."""

from __future__ import annotations

QUESTIONS = (
    "When did the ferry line open?",
    "how much does the new kiln cost",
    "Who repaired the organ in the village church, and when?",
    "why did they stop baking on mondays",
    "Which version of the compiler is needed to build it?",
    "what are the steps to set up the backup",
    "How long does it take to walk around the lake in winter?",
    "Is the old timetable still valid?",
    "What is a tide table?",
    "difference between the two pumps",
    "where can I buy the seeds",
    "How many people came to the meeting in 2019, and how many of them stayed until the end?",
    "does the app work offline",
    "command to restart the worker",
    "What did she learn from the failed harvest?",
    "price of the annual ticket",
)
# The heading, what is read right before, and the sentence.
ANSWERS = (
    ("The line", "For years there was only a rowing boat.", "The ferry has run since May 1987, every half hour."),
    ("What it cost", "", "The kiln was 2,300 euros, and the delivery another 140."),
    ("The organ", "It had been silent since the flood.", "Marta Lindqvist and her apprentice spent a summer on it."),
    ("Opening hours", "We tried it for a year.", "On Mondays hardly anyone came, so we sleep."),
    ("Building", "Clone the repository first.", "You need version 1.74 or later, and about two gigabytes of disk."),
    ("Setting it up", "", "Install the package, create a repository, and run the script every night."),
    ("Around the lake", "The path is flat.", "Reckon with three hours, or four when there is snow."),
    ("Timetable", "", "| Monday | 7:10 | 16:40 |"),
)
