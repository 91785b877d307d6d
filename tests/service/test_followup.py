"""A follow-up becomes the question that its reader had in mind, and a new topic stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question import understand

# What follow-ups are made of, in any order.
_PIECES = """
    and or so but then what about how why who when which else is was it that this one ones the a other same second in of
    for by with more there many much year before after 2021 5 Kobo Kobo's Pro plan winter show me thanks no - , ? . …
"""
_SAID = st.lists(st.sampled_from(_PIECES.split()), max_size=6).map(" ".join)

CONVERSATIONS: list[tuple[list[str], str, str, str, str]] = [
    (["How do I get access?"], "and root access?", "How do I get access — root access?", "explain", ""),
    (["How much memory does redis use?"], "and memcached?", "How much memory does memcached use?", "fact", "amount"),
    (["What is the latest version?"], "and the license?", "What is the license?", "definition", ""),
    (["Why do seals sleep?"], "and?", "Why do seals sleep — and?", "explain", "reason"),
    (["How long did he speak?"], "what about", "How long did he speak — what about", "fact", "duration"),
    (["What is the hardest part?"], "And the easiest?", "What is the easiest part?", "fact", ""),
    (["What's the Kobo's weight?"], "and the Kindle's?", "What's the Kindle's weight?", "fact", ""),
    (["How is the battery of the Suunto 9?"], "And the Fenix 6?", "How is the battery of the Fenix 6?", "explain", ""),
    (["Is the Suunto 9 light?"], "and the Suunto 5?", "Is the Suunto 5 light?", "yes_no", ""),
    (["Does it run on Python 3?"], "Node 12?", "Does it run on Node 12?", "yes_no", ""),
    (["What is on port 80?"], "port 443?", "What is on port 443?", "definition", ""),
    (
        ["What is the Kobo's overall score?"],
        "And the Kindle's?",
        "What is the Kindle's overall score?",
        "fact",
        "",
    ),
    (
        ["What was the interest charged on the DEMO card?"],
        "And Citibank's?",
        "What was the interest charged on Citibank's card?",
        "fact",
        "",
    ),
    (
        ["What is the price of the Pro plan?"],
        "and the Team plan?",
        "What is the price of the Team plan?",
        "fact",
        "amount",
    ),
    (
        ["Which watch has the better battery life?"],
        "And the screen?",
        "Which watch has the better screen?",
        "fact",
        "",
    ),
    (["Which is the longest river?"], "and the deepest lake?", "Which is the deepest lake?", "fact", ""),
    (["What is the largest river?"], "and the longest?", "What is the longest river?", "fact", ""),
    (
        ["How much RAM does Pi-hole need?"],
        "and disk space?",
        "How much disk space does Pi-hole need?",
        "fact",
        "amount",
    ),
    (["What editor does Kent use?"], "and terminal?", "What terminal does Kent use?", "fact", ""),
    (
        ["How much is the annual budget?"],
        "what can it be used for?",
        "what can the annual budget be used for?",
        "fact",
        "",
    ),
    (["How high is Kings Peak?"], "what about it in winter?", "How high is Kings Peak — in winter?", "fact", "amount"),
    (["How do I make a volume?"], "and then?", "How do I make a volume — and then?", "explain", ""),
    (["When was the outage?"], "are you sure?", "When was the outage?", "fact", "date"),
    (["How many words?"], "does it talk about pianos?", "does it talk about pianos?", "yes_no", ""),
    (["What's the verdict?"], "where does it talk about steel?", "where does it talk about steel?", "fact", "place"),
    (["What does it cost?", "who wrote this?"], "and per year?", "What does it cost — per year?", "fact", "amount"),
    (
        ["What did she paint?", "was it good?", "what did she try first?"],
        "what about the piano?",
        "What did she paint — what did she try first — the piano?",
        "fact",
        "",
    ),
    (["What did they do on Monday?"], "the next day?", "What did they do on Monday — the next day?", "fact", ""),
    (["What happened at 10:45?"], "and 11:10?", "What happened at 11:10?", "explain", ""),
    (["How high is Kings Peak?"], "Anderson Pass?", "How high is Anderson Pass?", "fact", "amount"),
    (["Were passwords exposed?"], "the private posts?", "Were the private posts exposed?", "yes_no", ""),
    (
        ["Which lakes did he visit in the first week?"],
        "the second?",
        "Which lakes did he visit in the second week?",
        "list",
        "",
    ),
    (["How far is it to the pass?"], "any tips?", "any tips?", "list", ""),
    (
        ["How many days did they stay?"],
        "why did they leave?",
        "How many days did they stay — why did they leave?",
        "explain",
        "reason",
    ),
    (["When was the invoice paid?"], "who paid it?", "who paid the invoice?", "fact", "person"),
    (["How do I create a volume?"], "show me the command", "How do I create a volume — command", "lookup", "code"),
    (["How do I create a volume?"], "can you give me an example?", "How do I create a volume — example", "fact", ""),
    (["How many festivals did she speak at?"], "which ones?", "Which festivals did she speak at?", "list", ""),
    (["how many posts were written?"], "list them", "Which posts were written?", "list", ""),
    (["what are the reasons to move?"], "how many are there?", "How many reasons to move are there?", "list", ""),
    (["which tips does he give?"], "the third one?", "What is the third of the tips?", "list", ""),
    (
        ["What are the recommended camera settings?"],
        "the second one?",
        "What is the second of the recommended camera settings?",
        "fact",
        "",
    ),
    (
        ["What are the steps of the first fermentation?"],
        "the fourth one?",
        "What is the fourth of the steps?",
        "list",
        "",
    ),
    (
        ["How much did the servers cost per month?"],
        "and per year?",
        "How much did the servers cost per year?",
        "fact",
        "amount",
    ),
    (["When was this post published?"], "by whom?", "Who wrote this post?", "about_post", ""),
    (["Who did he admire?"], "why?", "Who did he admire — why?", "explain", "reason"),
    (["How long does the dough rest?"], "why?", "How long does the dough rest — why?", "explain", "reason"),
    (["What is the board?"], "ok, and what about the budget?", "What is the budget?", "fact", "amount"),
    (["What did he change?"], "explain more", "More about: What did he change?", "fact", ""),
    (["How much sugar do I need?"], "and water?", "How much water do I need?", "fact", "amount"),
    (["Where was the social event?"], "when was it?", "when was the social event?", "fact", "date"),
    (["Which flavours did he try?"], "which ones failed?", "which flavours failed?", "list", ""),
    (["How does the timer work?"], "the pump?", "How does the pump work?", "explain", ""),
    (
        ["How many people came to the festival in 2019?"],
        "and in 2021?",
        "How many people came to the festival in 2021?",
        "fact",
        "amount",
    ),
    (["How much did the skiff cost?"], "why?", "How much did the skiff cost — why?", "explain", "reason"),
    (["Why did the queue stop?"], "when?", "When did the queue stop?", "fact", "date"),
    (["Who repaired the roof?"], "who else?", "Who repaired the roof — who else?", "fact", "person"),
    (["Who repaired the roof?"], "anyone else?", "Who repaired the roof — anyone else?", "fact", "person"),
    (
        ["When did the bridge open?"],
        "how long did that take?",
        "When did the bridge open — how long did that take?",
        "fact",
        "duration",
    ),
    (["How was the oven built?"], "how long did it take?", "how long did the oven take?", "fact", "duration"),
    (
        ["What is the first step?"],
        "is the second one needed too?",
        "What is the first step — is the second one needed too?",
        "yes_no",
        "",
    ),
    (["What is the first lesson?"], "and the second?", "What is the second lesson?", "definition", ""),
    (
        ["how do I build the docker image for the python app"],
        "and the go one?",
        "how do I build the docker image for the go app",
        "explain",
        "",
    ),
    (
        ["What is the price of the small box?"],
        "and the big one?",
        "What is the price of the big box?",
        "fact",
        "amount",
    ),
    (["When does the shop open?"], "and the big one?", "When does the big shop open?", "fact", "date"),
    (["what is in the red box"], "and in the blue one?", "what is in the blue box", "definition", ""),
    (["What is the first lesson?"], "the second one?", "What is the second lesson?", "definition", ""),
    (["What is the first lesson?"], "what about the third one", "What is the third lesson?", "definition", ""),
    (["Who is Minka?"], "where does she live?", "where does Minka live?", "fact", "place"),
    (["Who is Minka?"], "how old is she?", "how old is Minka?", "fact", "amount"),
    (
        ["Who is the author of the recipe?"],
        "what did he write before?",
        "what did the author of the recipe write before?",
        "fact",
        "",
    ),
    (["What is a catalog?"], "how do I define it?", "how do I define a catalog?", "explain", ""),
    (["What is a catalog?"], "how do I define one?", "What is a catalog — how do I define one?", "explain", ""),
    (["What are catalogs?"], "why are they useful?", "why are catalogs useful?", "explain", "reason"),
    (["How does the timer work?"], "and the pump?", "How does the pump work?", "explain", ""),
    (["How does the timer work?"], "what about the pump?", "How does the pump work?", "explain", ""),
    (
        ["How much does the small box cost?"],
        "and the large one?",
        "How much does the large box cost?",
        "fact",
        "amount",
    ),
    (
        ["How long will the old lamp be sold?"],
        "and the new?",
        "How long will the old lamp be sold — the new?",
        "fact",
        "duration",
    ),
    (["How fast should rowing be?"], "and sailing?", "How fast should sailing be?", "fact", "amount"),
    (["How far is the other mill?"], "what does it grind?", "what does the other mill grind?", "fact", ""),
    (
        ["How heavy is the first oar with lead?"],
        "what was it without?",
        "How heavy is the first oar with lead — what was it without?",
        "fact",
        "",
    ),
    (["What are the three knots?"], "the third one?", "What is the third of the knots?", "definition", ""),
    (["Which boats are old?"], "tell me about the last", "What is the last of the boats?", "fact", ""),
    (["Does the Blue Barn sell Rope?"], "and Tar?", "Does the Blue Barn sell Rope — Tar?", "yes_no", ""),
    (["What is Harbour Lights?"], "does she like it?", "does she like Harbour Lights?", "yes_no", ""),
    (["How much rope does the skiff need?"], "and the punt?", "How much rope does the punt need?", "fact", "amount"),
    (["What does Kubernetes do?"], "the second one?", "What does Kubernetes do — the second?", "fact", ""),
    (["What was Paris like?"], "and the last?", "What was Paris like — the last?", "fact", ""),
    (["What happens on the first day?"], "the second?", "What happens on the second day?", "explain", ""),
    (["When did Anna leave?"], "and you?", "When did you leave?", "fact", "date"),
    (["How much did the rent go down?"], "and the fee?", "How much did the fee go down?", "fact", "amount"),
    (["Where do the long oars go now?"], "and the short ones?", "Where do the short oars go now?", "fact", "place"),
    (["What is rope good for?"], "and if I have none?", "What is rope good for — if I have none?", "explain", ""),
    (
        ["Which glue is best?"],
        "so where did you get some?",
        "Which glue is best — where did you get some?",
        "fact",
        "place",
    ),
    (["How old is the Blue Barn?"], "and just the Red Barn?", "How old is the Red Barn?", "fact", "amount"),
    (["How heavy is the tent?"], "and the stove?", "How heavy is the stove?", "fact", "amount"),
    (["Who painted Harbour Lights?"], "and Two Herons?", "Who painted Two Herons?", "fact", "person"),
    (["Who painted Harbour Lights?"], "when did she paint it?", "when did she paint Harbour Lights?", "fact", "date"),
    (["What is Harbour Lights about?"], "who painted it?", "who painted Harbour Lights?", "fact", "person"),
    (["How old is the Blue Barn?"], "who owns it?", "who owns the Blue Barn?", "fact", "person"),
    (["How do I bake it in a Dutch oven?"], "and in a tin?", "How do I bake it in a tin?", "explain", ""),
    (["Can I grow it in Norway?"], "and Iceland?", "Can I grow it in Iceland?", "yes_no", ""),
    (["Who mended the sail?"], "was he paid for it?", "was he paid for the sail?", "yes_no", ""),
    (["What happened in 2018?"], "which prizes are there?", "which prizes are there?", "list", ""),
    (["What happened in 2018?"], "is there a museum?", "is there a museum?", "yes_no", ""),
    (
        ["Which prizes were won?"],
        "how many are there?",
        "How many prizes were won?",
        "fact",
        "amount",
    ),
    (["Which oar is for 180 cm?"], "and for 170 cm?", "Which oar is for 170 cm?", "fact", ""),
    (["Where did the mouse hide in spring?"], "and in winter?", "Where did the mouse hide in winter?", "fact", "place"),
    (["What happened in 2018?"], "2019?", "What happened in 2019?", "explain", ""),
    (["What happened in 2018?"], "and a year later?", "What happened in 2019?", "explain", ""),
    (["What tools do I need?"], "more", "More about: What tools do I need?", "list", ""),
    (["What tools do I need?"], "tell me more", "More about: What tools do I need?", "list", ""),
    (["What tools do I need?"], "what else?", "What tools do I need — what else?", "list", ""),
    (["What tools do I need?"], "anything else?", "What tools do I need — anything else?", "list", ""),
    (["How much did the skiff cost?"], "no, I meant the punt", "How much did the punt cost?", "fact", "amount"),
    (["How much did the skiff cost?"], "I meant the punt", "How much did the punt cost?", "fact", "amount"),
    (["How much did the skiff cost?"], "sorry, the punt", "How much did the punt cost?", "fact", "amount"),
    (["When did the bridge open?"], "no, when did it close?", "when did the bridge close?", "fact", "date"),
    (["How much did the skiff cost?"], "who won the race in Ede?", "who won the race in Ede?", "fact", "person"),
    (["How much did the skiff cost?"], "and when was it bought?", "when was the skiff bought?", "fact", "date"),
    (
        ["How much did the skiff cost?", "and when was it bought?"],
        "by whom?",
        "when was the skiff bought — by whom?",
        "fact",
        "person",
    ),
    (
        ["Which version fixed the leak?"],
        "was it released in May?",
        "Which version fixed the leak — was it released in May?",
        "yes_no",
        "",
    ),
    (
        ["Which version fixed the leak?"],
        "what was its cause?",
        "Which version fixed the leak — what was its cause?",
        "fact",
        "",
    ),
    (["What does pnpm do?"], "does it work on windows?", "does pnpm work on windows?", "yes_no", ""),
    (["What does pnpm do?"], "is it faster than npm?", "is pnpm faster than npm?", "comparison", ""),
    (["Who are the mentors?"], "how can I reach them?", "how can I reach the mentors?", "explain", ""),
    (["hi"], "why is the lock slow?", "why is the lock slow?", "explain", "reason"),
    (["hi"], "why?", "why?", "unclear", ""),
    (["thanks"], "and in 2021?", "and in 2021?", "fact", ""),
    (["What is the title of this post?"], "and the author?", "and the author?", "about_post", ""),
    (["Who wrote this post?"], "and when?", "When was this post published?", "about_post", ""),
    (["Who wrote this post?"], "when was it written?", "when was it written?", "about_post", ""),
    (["What is this post about?"], "who is it by?", "who is it by?", "about_post", ""),
    (["How is the dough made?"], "how long is it?", "how long is the dough?", "fact", "amount"),
    (
        ["How long does the dough rest?"],
        "at what temperature?",
        "How long does the dough rest — at what temperature?",
        "fact",
        "amount",
    ),
    (
        ["How long does the dough rest?"],
        "in the fridge?",
        "How long does the dough rest — in the fridge?",
        "fact",
        "duration",
    ),
    (
        ["How long does the dough rest?"],
        "is that enough?",
        "How long does the dough rest — is that enough?",
        "yes_no",
        "",
    ),
    (["Does it run on Windows?"], "and on Linux?", "Does it run on Linux?", "yes_no", ""),
    (["Does pnpm run on Windows?"], "Linux?", "Does pnpm run on Linux?", "yes_no", ""),
    (["Does pnpm run on Windows?"], "how?", "How does pnpm run on Windows?", "explain", ""),
    (["Is the app free?"], "why not?", "Is the app free — why not?", "explain", "reason"),
    (
        ["What are the drawbacks of HNSW?"],
        "and its advantages?",
        "What are the drawbacks of HNSW — its advantages?",
        "list",
        "",
    ),
    (
        ["When is the deadline for proposals?"],
        "how do I submit one?",
        "When is the deadline for proposals — how do I submit one?",
        "explain",
        "",
    ),
    (
        ["When is the deadline for proposals?"],
        "which format?",
        "When is the deadline for proposals — which format?",
        "fact",
        "",
    ),
    (
        ["Who built the harbour of Ede?"],
        "ok, but who paid for it?",
        "who paid for the harbour of Ede?",
        "fact",
        "person",
    ),
    (
        ["did leah look at the sails?", "what did she suggest to buy?"],
        "how much did it cost?",
        "did leah look at the sails — what did she suggest to buy — how much did it cost?",
        "fact",
        "amount",
    ),
    (["Who built the harbour of Ede?"], "What is a skiff?", "What is a skiff?", "definition", ""),
]


@pytest.mark.parametrize(("before", "text", "stands_for", "kind", "expects"), CONVERSATIONS)
def test_a_follow_up_stands_for(before: list[str], text: str, stands_for: str, kind: str, expects: str) -> None:
    question = understand(text, before)
    assert question.text == stands_for
    assert (question.kind, question.expects) == (kind, expects)
    assert question.interpreted_as == ("" if stands_for == text else stands_for)


@pytest.mark.parametrize(
    "text",
    [
        "In which year did the bridge of Ede open?",
        "ok, what is a skiff?",
        "Who built the harbour of Ede?",
        "thanks!",
        "Summarize this post",
        "pnpm catalogs default",
        "no, who won the race in Ede?",
    ],
)
def test_a_new_topic_drops_the_old_one(text: str) -> None:
    assert "cost" not in understand(text, ["How much did the blue punt cost?"]).text


def test_turns_that_ask_nothing_are_passed_over() -> None:
    before = ["How does the timer work?", "thanks", "???", "hello"]
    assert understand("and the pump?", before).text == "How does the pump work?"


def test_behind_who_wrote_it_he_is_the_writer() -> None:
    question = understand("is he a biologist?", ["Who wrote this post?"])
    assert question.interpreted_as == "is the author a biologist?"
    assert question.text == "are you a biologist?"


@given(st.lists(_SAID, max_size=3), _SAID)
def test_whatever_is_said_after_anything_is_understood(history: list[str], said: str) -> None:
    understood = understand(said, history)
    assert bool(understood.text.strip()) == bool(said.strip())
