"""The kind of fact that a question asks for: a date, an amount, a name."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from service.clause import asking

Wanted: TypeAlias = Literal["date", "duration", "amount", "person", "place", "reason", "code", ""]

# What is measured, and told as a number.
_MEASURES = (
    "age|altitude|amount|budget|capacity|cost|distance|elevation|fee|height|length|limit|number|percentage|population"
    "|port|price|rate|rent|salary|score|share|size|speed|temperature|total|weight|width"
)
_FILE = r"[\w.@/-]+\.(?:sh|service|timer|ya?ml|toml|json|ini|conf|cfg|py|js|ts|rb|go|rs|env|sql|html|css|txt)"
# What has a duration rather than a length.
_LASTING = (
    "(?:drive|hike|flight|trip|walk|talk|session|course|meeting|outage|downtime|wait|journey|ride|break|event|stay"
    "|conference|campaign(?:ing)?|voting|election|term|period|video|film|movie|season|process|warranty|incident|class"
    "|lesson|lecture|internship|vacation|holiday|visit|tour|interview|job|contract|training)"
)
_FORMS: dict[Wanted, tuple[str, ...]] = {
    "duration": (
        # What is asked of a thing may be its size.
        r"\bhow long\b(?! (?:is|are|was|were) (?:the|an?|your|his|her|its|their)\b)",
        rf"\bhow long (?:is|are|was|were) (?:the|an?|your|his|her|its|their) (?:[\w'-]+ ){{0,3}}{_LASTING}\b",
        r"\bhow long (?:is|are|was|were) (?:the|an?|your|his|her|its|their) (?:[\w'-]+ ){1,3}\w{3,}ed\b",
        r"\bhow (?:many|much) (?:days|weeks|months|years|hours|minutes|seconds|time)\b",
    ),
    "date": (
        r"\bwhen\b(?! (?:i|you|we|it|the|a|an|should|to|not|must|do (?:i|you|we)"
        r"|(?!(?:wedd|build|meet|even|morn|spr)ing)\w{2,}ing)\b)",
        r"\b(?:what|which) (?:year|date|month|day|century|decade|time)\b",
        r"\bwhat(?:'s| is| was| are| were) the (?:\w+ ){0,2}dates? (?:of|for)\b|\bbetween which dates\b",
        r"^(?:the )?(?:(?:release|launch|publication|start|end|opening|closing) )?dates? (?:of|for)\b|\brelease date$",
        r"\b(?:since|until|by|says?|said|mention(?:s|ed)?|known) when\b|\bdeadline\b",
        r"^when (?:the|it) (?:\w+ )*(?:was|were|is|\w+ed)$",
    ),
    "amount": (
        r"\bhow (?:many|much|big|large|small|fast|far|high|tall|heavy|wide|deep|often|frequently|hot|cold|expensive|old"
        r"|long|strong|thick|slow)\b",
        rf"\b(?:what|which) (?:{_MEASURES})\b",
        rf"what(?:'s| is| was| are| were) (?:(?:the|its|his|her|their|your) )?(?:\w+ )?(?:{_MEASURES})s?\b"
        r"(?= (?:of|for|in|per|at|on|that)\b|$)",
        rf"^(?:the )?(?:total |average |median )?(?:{_MEASURES})(?: (?:of|for|from|to|between|per)\b|$)"
        r"|^what (?:is|was|are|were) the total (?:\w+ )?\w+s?\b|^what (?:does|do|did) .+ (?:cost|weigh|earn|charge)\b"
        r"|\bpay(?: \w+)? for\b",
        r"^(?:price|cost|fee)s?\b|\b(?:price|cost|fee)s?$",
        r"\bwhat (?:percent\w*|number|amount|price|cost|size|version|share|fraction)\b",
        r"\bwhich version\b",
    ),
    "person": (
        r"\bwho(?:m|se)?\b",
        r"\b(?:what|which) (?:person|people|man|woman|author|scientist|engineer)\b",
    ),
    "place": (
        r"\bwhere\b|^(?:the )?location of\b",
        r"\b(?:what|which) (?:city|country|place|town|region|state|location)\b",
    ),
    "reason": (
        r"\bwhy\b|\bhow come\b|\bfor what reason\b",
        r"\bwhat (?:caused|causes|made|makes|led to)\b|\breasons?\b|\bcauses? of\b",
    ),
    "code": (
        r"\b(?:commands?|snippets?|syntax|config(?:uration)? file)\b|^(?:\w+ )?code$",
        rf"^(?:please )?(?:show|give)(?: me| us)? (?:the )?(?:[\w-]+ )?{_FILE}$|^contents? of (?:the )?{_FILE}$"
        rf"|\bwhat(?:'s| is| does) (?:in |inside )?(?:the )?{_FILE}(?: (?:contain|look like|file))?$",
        r"(?<!vs )\bcode (?:for|to|that|example|sample)\b",
        r"^(?:what|which) (?!is |are |was |error |exit |status )(?:\w+ )?code (?:do|does|did|is|was|can|should)\b",
        r"^(?:please )?(?:show|give)(?: me| us)? (?:(?!(?:of|what|how|to)\b)[\w.'-]+ ){0,4}?"
        r"(?:code|config(?:uration)?|settings|json|ya?ml|toml|script|\w*file|template|function|diff|output|workflow|query"
        r"|regex)\b",
        r"\b(?:example|sample|show me) (?:\w+ )?config(?:uration)?\b",
        r"\b(?:what|which) (?:cli )?(?:file|folder|directory|flag|parameter|argument|function|method|endpoint|path"
        r"|(?:env|environment) variable)s?\b",
    ),
}
_PATTERNS = {kind: re.compile("|".join(forms)) for kind, forms in _FORMS.items()}


def wanted(plain: str) -> Wanted:
    """The kind of fact that would answer the question, which is in lower case; "" for none in particular."""
    asked = asking(plain)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(asked)), "")
