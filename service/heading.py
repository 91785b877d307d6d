"""Whether the heading above a sentence tells what is asked for and the sentence does not.

“Who wrote Concrete?” is answered by “Concrete, by Paul Anselm” above what is said of the book, and “when did 2.1 come
out?” by “2.1 (4 May 2024)” above its changes.
"""

from __future__ import annotations

from index import words
from service.expected import holds
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate


def telling_heading(question: Question, best: Candidate) -> str:
    """The heading right above the sentence, if it holds the name, person or date that is asked for and words of the
    question that the sentence lacks; else "".
    """
    path = best.hit.passage.heading
    if not path or not (question.particular == "name" or question.expects in ("person", "date")):
        return ""
    shared = set(words(path[-1])) & set(question.words)
    if shared <= set(words(best.text)):
        return ""
    tells = holds(question.expects, path[-1]) or holds_particular(question.particular, path[-1], question.words)
    return path[-1] if tells else ""
