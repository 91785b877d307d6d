"""Questions with a slip of the finger in one of their words, as readers type them: the same slips for the same seed.

    python -m tests.eval.typos fit

asks the questions of a part as they are and with slips, for five seeds, and prints what came of them.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import content_words
from service.answer import Answerer
from service.evaluation.questions import Asked
from tests.eval.blogs import indexed
from tests.eval.judge import POSTS, read_questions, verdict

SEEDS = range(5)
_SHORTEST = 5
_WORD = re.compile(r"(?<![\w.\-/:])[A-Za-z]+(?![\w\-/:]|\.\w)")
# By the rows of a keyboard: a letter, and those around it.
_BESIDE = {
    around[0]: around[1:]
    for around in (  # noqa: SIM905
        "qwa wqes ewrd retf tryg ytuh uyij iuok oipl pol aqsz sawdx dsefc fdrgv gfthb hgyjn jhukm kjil lkop"
        " zasx xzsdc cxdfv vcfgb bvghn nbhjm mnjk"
    ).split()
}


def misspelt(question: str, random_: random.Random) -> str:
    """The question with two letters swapped, one dropped, one doubled or its neighbour's key hit, in one content word
    of five letters or more; as it is when it has none.
    """
    found = [m for m in _WORD.finditer(question) if len(m.group()) >= _SHORTEST and content_words(m.group())]
    if not found:
        return question
    match = random_.choice(found)
    return question[: match.start()] + _slip(match.group(), random_) + question[match.end() :]


def with_slips(questions: Sequence[Asked], seed: int) -> list[Asked]:
    """The questions, each with a slip in its last turn."""
    random_ = random.Random(seed)
    return [replace(one, turns=(*one.turns[:-1], misspelt(one.turns[-1], random_))) for one in questions]


def verdicts(answerer: Answerer, questions: Sequence[Asked]) -> Counter[str]:
    """How many answerable questions got a right answer and were declined, and how many of the others were declined."""
    ids = {card.path: card.id for card in answerer.cards.values()}
    counted: Counter[str] = Counter()
    for asked in questions:
        answer = answerer.ask(asked.turns[-1], ids[asked.file] if asked.file else None, asked.turns[:-1])
        counted[f"{'answerable' if asked.answerable else asked.kind} {verdict(asked, answer)}"] += 1
    return counted


def _slip(word: str, random_: random.Random) -> str:
    while True:
        at, slip = random_.randrange(len(word) - 1), random_.choice(("swap", "drop", "double", "neighbour"))
        before, letter, after = word[:at], word[at], word[at + 1 :]
        made = {
            "swap": f"{before}{after[0]}{letter}{after[1:]}",
            "drop": f"{before}{after}",
            "double": f"{before}{letter}{letter}{after}",
            "neighbour": f"{before}{random_.choice(_BESIDE[letter.lower()])}{after}",
        }[slip]
        if made != word:
            return made


def _shares(counted: Counter[str]) -> Iterator[str]:
    for name in ("answerable correct", "answerable declined", "unanswerable declined", "offtopic declined"):
        total = sum(count for other, count in counted.items() if other.split()[0] == name.split()[0])
        yield f"{name} {counted[name] / total:.3f}"


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else "fit"
    questions = read_questions(part)
    with indexed(POSTS) as answerer:
        print("as they are:", *_shares(verdicts(answerer, questions)), sep="  ")
        slipped: Counter[str] = Counter()
        for seed in SEEDS:
            slipped += verdicts(answerer, with_slips(questions, seed))
        print("with slips: ", *_shares(slipped), sep="  ")


if __name__ == "__main__":
    main()
