"""What surrounds a question as people type it: “could you please tell me …”, “thanks”, “whats”."""

from __future__ import annotations

import re

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_ASKS = r",? (?=(?:who|whom|whose|what|which|when|where|why|how|if|whether)\b)"
_VERBS = "tell|say|explain|list|name|show|give|describe|summari[sz]e|sum up|help me"
# What follows such an opening is still a question, so “tell me about the boat” keeps its words.
_OPENINGS = re.compile(
    "^(?:"
    + "|".join(
        (
            r"(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.:!-]+ +(?=\S+ +\S)",
            r"(?:please|excuse me),? +(?=\S+ +\S)",
            rf"(?:can|could|would|will) (?:you|u|anyone|someone) (?:(?:please|kindly|maybe) )?(?=(?:{_VERBS})\b)",
            rf"(?:please )?(?:tell|remind) (?:me|us)(?: again)?{_ASKS}",
            r"(?:i(?:'d| would) (?:really )?(?:like|love|want)|i (?:want|need|wish|was hoping)|i(?:'m| am) trying)"
            rf" to (?:know|learn|understand|find out|see){_ASKS}",
            rf"(?:i(?:'m| am| was)|just|i was just) (?:wondering|curious){_ASKS}|i wonder{_ASKS}",
            rf"(?:(?:do|does) )?(?:you|anyone|somebody|someone) (?:happen to )?know{_ASKS}|any idea{_ASKS}",
            r"(?:i have a|(?:just )?a? ?quick|my) question(?: is)?:? (?=\w+ \w)",
        )
    )
    + ")",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[,.!]? (?:thanks(?: a lot| in advance)?|thank you(?: very much| so much)?|thx|if you know"
    r"|for me|exactly|by the way|btw)(?=\W*$)",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"[,.!]? (?:please|pls|plz)(?=\W*$)", re.IGNORECASE)
_CONTRACTED = re.compile(r"^(what|who|where|when|how)s\b(?=.)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:so|ok|okay|well|um+|uh+|and|hmm+)[,!]? (?=\w+ \w+)", re.IGNORECASE)


def bare(text: str) -> str:
    """The question without the courtesies around it; as it is when there would be nothing left.

    “Could you please tell me when it opened, thanks” → “when it opened”.
    """
    left, before = text, ""
    while left != before:
        before = left
        left = _PLEASE.sub("", _OPENINGS.sub("", left))
        shorter = _CLOSING.sub("", left)
        left = shorter if " " in shorter.strip() else left
    left = _CONTRACTED.sub(r"\1 is", left)
    return left if re.search(r"\w", left) else text


def plain_words(text: str) -> str:
    """The question in lower case with straight quotes, without fillers before it and marks behind it."""
    lowered = " ".join(text.lower().translate(_QUOTES).split())
    return bare(_LEADING.sub("", lowered)).strip(" ?!.…:;,)(-")
