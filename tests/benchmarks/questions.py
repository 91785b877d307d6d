"""Fifty different questions about the given post, so that nothing is answered from a cache."""

_TOPICS = (
    "computer vision",
    "machine learning",
    "software architecture",
    "software testing",
    "cloud architecture",
    "DevOps",
    "system design",
    "machine learning system design",
    "the community project",
    "the university",
)
_PHRASES = (
    "When did the author start with {}?",
    "What does the author say about {}?",
    "Why is {} worth learning?",
    "How do I get better at {}?",
    "Which topics belong to {}?",
)
QUESTIONS = tuple(phrase.format(topic) for phrase in _PHRASES for topic in _TOPICS)
