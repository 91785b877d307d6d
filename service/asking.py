"""What surrounds a question as people type it: “could you please tell me …”, “thanks”, “whats”."""

from __future__ import annotations

import re

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_ASKS = r",? (?=(?:(?:in|at|on|from|to|by|for|with) )?(?:who|whom|whose|what|which|when|where|why|how|if|whether)\b)"
_VERBS = "tell|say|explain|list|name|show|give|describe|summari[sz]e|sum up|help me"
# What follows such an opening is still a question, so “tell me about the boat” keeps its words.
_OPENINGS = re.compile(
    "^(?:"
    + "|".join(
        (
            r"(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.:!-]+ +(?=\S+ +\S)",
            r"(?:hi|hello|hey)(?: there)? (?=(?:what|which|who|when|where|why|how|is|are|can|do|does|did)\b)",
            r"(?:please|pls|plz|excuse me),? +(?=\S+ +\S)",
            r"(?:many )?(?:thanks|thank you|thx)(?: \w+){0,8}?[!,.]+ (?:and |so |but )?(?=\w+ \w)",
            r"(?:i'?m )?sorry(?: \w+){0,8}?,? but (?=\w+ \w)",
            r"i hope (?:you(?:'re| are)|this finds you) \w+[.!,] (?=\S+ \w)",
            r"sorry (?:to bother you|for (?:asking|the \w+ question))[.!,]+ (?=\S+ \w)",
            r"(?:great|nice|good|cool|lovely|interesting) (?:post|article|read|blog|write-?up)[.!,]+ (?=\S+ \w)",
            rf"(?:can|could|would|will) you (?:please )?be so kind(?: as)? (?:to|and) (?=(?:{_VERBS})\b)",
            rf"(?:can|could|would|will) (?:you|u|anyone|someone) (?:(?:please|kindly|maybe) )?(?=(?:{_VERBS})\b)",
            rf"(?:do you think )?(?:you|u) could (?:(?:please|kindly|maybe) )?(?=(?:{_VERBS})\b)",
            rf"would you mind (?:telling|explaining(?: to)?|showing|giving)(?: (?:me|us))?{_ASKS}",
            rf"(?:any chance (?:you|someone) (?:can|could)|would it be possible to) (?=(?:{_VERBS})\b)",
            r"(?:i(?:'d| would) (?:be (?:very |so )?grateful|appreciate it)) if you (?:could|would|can)"
            rf" (?=(?:{_VERBS})\b)",
            rf"(?:may|might|can|could) i ask(?: you)?{_ASKS}|may i know{_ASKS}|(?:please )?let (?:me|us) know{_ASKS}",
            rf"(?:i was (?:hoping|wondering)|i wonder|whether|if)(?: if)? you could (?=(?:{_VERBS})\b)",
            rf"(?:(?:please|pls|plz|do|kindly) )?(?:tell|remind) (?:me|us)(?: again| please)?{_ASKS}",
            r"(?:i(?:'d| would) (?:really )?(?:like|love|want)|i (?:want|need|wish|was hoping)|i(?:'m| am) trying)"
            rf" to (?:know|learn|understand|find out|see){_ASKS}",
            rf"(?:i(?:'m| am| was)|just|i was just) (?:wondering|curious){_ASKS}|i wonder{_ASKS}",
            rf"(?:(?:do|does) )?(?:you|anyone|somebody|someone) (?:happen to |maybe )?know{_ASKS}|any idea{_ASKS}",
            r"(?:i have a|(?:just )?a? ?quick|my) q(?:uestion)?\b(?: is)?(?: ?[:,–—-])? (?=\w+ \w)",
        )
    )
    + ")(?P<if>(?<=\\w )if (?=\\w+ \\w))?",
    re.IGNORECASE,
)
_THANKS = "thanks(?: a lot| in advance| for your help)?|thank you(?: very much| so much| in advance)?|thx"
_CLOSING = re.compile(
    rf"(?:(?<![,.!?])[,.!?]* (?:{_THANKS}|if you know|for me|exactly|by the way|btw)"
    r"|(?<![,.!?])[,.!?]+ (?:cheers|mate|tia))(?=\W*$)",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"[,.!]? (?:please|pls|plz)(?=\W*$)", re.IGNORECASE)
# “Does the post say anything about …?” asks for just that.
_MENTIONED = re.compile(
    r"^(?:does|did|do) (?:the |this |your )?(?:post|article|blog|page|text|author|writer|he|she|they|you)"
    r" (?:(?:also|even|ever) )?(?:mention|discuss|(?:say|tell|write|have) (?:anything|something) (?:about|on)"
    r"|(?:talk|write|speak) about)s? (?P<said>[^?]*\w)[?\s]*$",
    re.IGNORECASE,
)
# Of a name, and not “who is responsible” or “who is CEO”.
_WHO_IS = re.compile(
    r"(?i:who(?:'s|’s| is| was)) (?P<name>[A-Z][\w.\-]*(?: (?:of |von |van |de |the )?[A-Z0-9][\w.\-]*){0,3})[?\s.!]*$"
)
_ROLES = frozenset({"CEO", "CTO", "CFO", "COO", "MD", "I"})
_CONTRACTED = re.compile(r"^(what|who|where|when|how)s\b(?=.)", re.IGNORECASE)
# Marks of other scripts, which keyboards and translators leave in.
_MARKS = str.maketrans("？！；：，。؟¿¡", "?!;:,.?  ")
_QUOTED = re.compile(r"^[“\"«„‘‹]\s*([^“”\"«»„‹›]+?)\s*[”\"»“’›]\s*([?!.…]*)$")
# “Q: …”, and the number or bullet of a list that a question was copied from.
_NUMBERED = re.compile(
    r"^(?:(?:q|question)(?: ?\d+)?[:.)] *|[-*•–>] +(?=[^\W\d])"
    r"|\(?\d{1,2}[.)] +(?=(?:who|what|which|when|where|why|how|is|are|does?|can)\b))(?=\w+ \w)",
    re.IGNORECASE,
)
_FEWEST_SHOUTED_WORDS = 3
_LEADING = re.compile(
    r"^(?:so|ok|okay|well|um+|uh+|and|hmm+|just(?= (?:list|name|give|show|tell)\b))[,!]? (?=\w+ \w+)", re.IGNORECASE
)


_WRITERS = r"(?:(?:the (?:blog ?)?(?:post|article)'s)|the|this) (?:author|writer|blogger)s?"
# “The author of the book” is somebody else.
_WRITER = re.compile(rf"\b{_WRITERS}(?P<own>['’]s?)?(?!\w| of\b| who\b)", re.IGNORECASE)
_OF_YOU = re.compile(r"\b(does|has|is|was) you\b|\byou (does|has|is|was)\b", re.IGNORECASE)
_AGREEING = {"does": "do", "has": "have", "is": "are", "was": "were"}


def mentioned(text: str) -> str:
    """What the question asks whether the post mentions; "" for any other question."""
    found = _MENTIONED.match(text)
    return found["said"] if found else ""


def named(text: str) -> str:
    """Whom the question asks about by name alone: “who is Ada Quill?”; "" where it names nobody, as told by case."""
    found = _WHO_IS.match(text)
    return found["name"] if found and found["name"] not in _ROLES else ""


def addressed(text: str) -> str:
    """The question as it would be put to the writer: posts say “I”, and seldom “the author”.

    “What does the author's car cost?” → “What does your car cost?”.
    """
    said = _WRITER.sub(lambda writer: "your" if writer["own"] else "you", text)
    return _OF_YOU.sub(_agreeing, said) if said != text else text


def _agreeing(found: re.Match[str]) -> str:
    before, after = found.groups()
    return f"{_AGREEING[before.lower()]} you" if before else f"you {_AGREEING[after.lower()]}"


def bare(text: str) -> str:
    """The question without the courtesies around it; as it is when there would be nothing left.

    “Could you please tell me when it opened, thanks” → “when it opened”.
    """
    left, before = _unmarked(text), ""
    while left != before:
        before = left
        # “Do you know if …” asks whether.
        left = _PLEASE.sub("", _OPENINGS.sub(lambda found: "whether " if found["if"] else "", left))
        shorter = _CLOSING.sub("", left)
        left = shorter if " " in shorter.strip() else left
    left = _CONTRACTED.sub(r"\1 is", left)
    return left if re.search(r"\w", left) else text


def _unmarked(text: str) -> str:
    """The question in common marks, without a list's number before it, quotation marks around it, or capitals alone."""
    left = _NUMBERED.sub("", " ".join(text.translate(_MARKS).split()))
    left = _QUOTED.sub(r"\1\2", left)
    shouted = left.upper() == left != left.lower() and len(left.split()) >= _FEWEST_SHOUTED_WORDS
    return left.lower() if shouted else left


def plain_words(text: str) -> str:
    """The question in lower case with straight quotes, without fillers before it and marks behind it."""
    lowered = " ".join(text.lower().translate(_QUOTES).split())
    return bare(_LEADING.sub("", lowered)).strip(" ?!.…:;,)(-")
