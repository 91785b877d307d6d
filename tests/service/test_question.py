"""What kind of question it is, what would answer it, and what a follow-up stands for."""

from __future__ import annotations

import pytest

from service.question import understand


@pytest.mark.parametrize(
    ("text", "kind", "expects"),
    [
        ("When did the author start with computer vision?", "fact", "date"),
        ("How long was the drive?", "fact", "duration"),
        ("How long was the cache exposed to the internet?", "fact", "duration"),
        ("How long is the bridge?", "fact", "amount"),
        ("How long is the shed?", "fact", "amount"),
        ("How long is the red rope?", "fact", "amount"),
        ("What is the expected date of the audit?", "fact", "date"),
        ("what is the altitude of the pass", "fact", "amount"),
        ("Do the tools need root?", "yes_no", ""),
        ("How do I set options?", "explain", ""),
        ("Where are the tools stored?", "fact", "place"),
        ("are there any drawbacks?", "list", ""),
        ("what are the trade-offs?", "list", ""),
        ("which games she played", "list", ""),
        ("at which festivals did the author speak?", "list", ""),
        ("Which breaking changes are there?", "list", ""),
        ("which of the repairs are finished", "list", ""),
        ("What replaces the old pump?", "fact", ""),
        ("What ate the aphids?", "fact", ""),
        ("Which maker's computer is it?", "fact", ""),
        ("what are donations used for", "explain", ""),
        ("what is K&R?", "definition", ""),
        ("who is responsible", "fact", "person"),
        ("which commands are there", "list", "code"),
        ("show me the settings.yaml", "lookup", "code"),
        ("what does backup.service look like?", "lookup", "code"),
        ("In which year did the bridge open?", "fact", "date"),
        ("what year was that house built", "fact", "date"),
        ("How long does the dough rest?", "fact", "duration"),
        ("How many weeks did the repair take?", "fact", "duration"),
        ("How many boats took part?", "fact", "amount"),
        ("How much did the skiff cost?", "fact", "amount"),
        ("How tall is the tower?", "fact", "amount"),
        ("Which version fixed the leak?", "fact", "amount"),
        ("Who repaired the roof?", "fact", "person"),
        ("Whose boat was it?", "fact", "person"),
        ("Where did Minka hide?", "fact", "place"),
        ("In which town is the harbour?", "fact", "place"),
        ("Why did the queue stop?", "explain", "reason"),
        ("How come the planks shrink?", "explain", "reason"),
        ("what caused the outage", "explain", "reason"),
        ("How do I caulk the seams?", "explain", ""),
        ("how does a lock work?", "explain", ""),
        ("Explain late interaction", "explain", ""),
        ("What is the float at the top of the tank for?", "explain", ""),
        ("What did they use the shed for?", "explain", ""),
        ("What is the price for?", "fact", "amount"),
        ("what topics do I need to learn?", "list", ""),
        ("what nas does he have?", "fact", ""),
        ("which VMs does he run?", "list", ""),
        ("What is a sloop short for?", "definition", ""),
        ("Which tools are needed?", "list", ""),
        ("List all ingredients", "list", ""),
        ("What are the steps of the setup?", "list", ""),
        ("Name the harbours", "list", ""),
        ("What are the advantages of long oars?", "list", ""),
        ("What is an espresso?", "definition", ""),
        ("what's MaxSim", "definition", ""),
        ("what are ice saints", "definition", ""),
        ("What are hinges in a wing?", "definition", ""),
        ("what are good rules", "list", ""),
        ("Define a catch", "definition", ""),
        ("What does BM25 stand for?", "definition", ""),
        ("Is the boat made of wood?", "yes_no", ""),
        ("Did they win the race?", "yes_no", ""),
        ("can I use it offline?", "yes_no", ""),
        ("What is the difference between a skiff and a punt?", "comparison", ""),
        ("rowing vs sailing", "comparison", ""),
        ("Which command starts the server?", "lookup", "code"),
        ("Show the command for the timer", "lookup", "code"),
        ("what was the price when it opened?", "fact", "amount"),
        ("what does he take when it rains", "fact", ""),
        ("What did Anna earn a month at the start, when she was alone?", "fact", "amount"),
        ("which oar does she take when rowing alone", "fact", ""),
        ("Who steered when the captain slept?", "fact", "person"),
        ("why was he so tired when he came home?", "explain", "reason"),
        ("any advice for somebody who has the same boat?", "fact", ""),
        ("what kind of boat is it that lies where the mill was?", "fact", ""),
        ("what did they plant and when?", "fact", "date"),
        ("does she say when the bridge opens?", "yes_no", "date"),
        ("is there a bus and where does it stop?", "yes_no", "place"),
        ("by whom was the lock built?", "fact", "person"),
        ("What was the name of the baker who refused?", "fact", "person"),
        ("what is the joiner called who made the oars?", "fact", "person"),
        ("how strong is the tablet?", "fact", "amount"),
        ("what did the electrician charge for coming?", "fact", "amount"),
        ("what is water?", "definition", ""),
        ("What is the treasurer's name?", "fact", ""),
        ("which is cheaper, the punt or the skiff?", "comparison", ""),
        ("why is rowing slower than sailing?", "explain", "reason"),
        ("in what order do the different knots come?", "fact", ""),
        ("how is a punt different?", "comparison", ""),
        ("what is the first lock?", "fact", ""),
        ("what's wrong with a wooden oar?", "fact", ""),
        ("what are the breaking changes?", "list", ""),
        ("what changes in version 3?", "fact", ""),
        ("What are the guiding ideas behind the yard?", "list", ""),
        ("what all got wet?", "list", ""),
        ("just list me the harbours", "list", ""),
        ("list the boats that were compared", "list", ""),
        ("downsides of a wooden hull?", "list", ""),
        ("all the knots", "list", ""),
        ("what did all of this cost?", "fact", "amount"),
        ("my list of posts is gone, how do I get it back?", "explain", ""),
        ("is my requirements.txt good enough?", "yes_no", ""),
        ("is the source code public anywhere?", "yes_no", ""),
        ("what did you gain from putting this into the code?", "fact", ""),
        ("which exit code does it give?", "fact", ""),
        ("show me the code that starts it", "lookup", "code"),
        ("how many pages does it have", "fact", "amount"),
        ("I am new here. Is rope included?", "yes_no", ""),
        ("my oar broke when rowing, what should I do?", "fact", ""),
        ("do you know if the varnish lasts", "yes_no", ""),
        ("What replaces the old rope?", "fact", ""),
        ("which DNS classes are there?", "list", ""),
        ("what did the harbour masters do?", "fact", ""),
        ("who are the new rowers", "list", "person"),
        ("What is a code word?", "definition", ""),
        ("what is VS Code used for?", "explain", ""),
        ("show me the nginx config", "lookup", "code"),
        ("What were the total expenses?", "fact", "amount"),
        ("distance from Ede to Hal", "fact", "amount"),
        ("Hi", "small_talk", ""),
        ("Good morning!", "small_talk", ""),
        ("Thanks a lot!", "small_talk", ""),
        ("What can you do?", "small_talk", ""),
        ("???", "unclear", ""),
        ("what is the", "unclear", ""),
        ("😀", "unclear", ""),
        ("test", "unclear", ""),
        ("how do I knead it, step by step?", "list", ""),
        ("which lineageos version did he install", "fact", ""),
        ("dates of the boat fair", "fact", "date"),
        ("which kinds of oars are good when rowing alone?", "list", ""),
        ("Which languages does Rust support?", "list", ""),
        ("which countries Olav has visited", "list", ""),
        ("What FireOS was on the tablet?", "fact", ""),
        ("yes", "unclear", ""),
    ],
)
def test_a_question_is_of_its_kind(text: str, kind: str, expects: str) -> None:
    question = understand(text)
    assert (question.kind, question.expects) == (kind, expects)
    assert question.interpreted_as == ""


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Who wrote this post?", "author"),
        ("who is the author", "author"),
        ("When was this article published?", "date"),
        ("What is the title of this post?", "title"),
        ("How long is this post?", "length"),
        ("how many words does this article have?", "length"),
        ("Which sections does this post have?", "sections"),
        ("Table of contents", "sections"),
        ("Summarize this post", "summary"),
        ("What is this post about?", "summary"),
        ("tl;dr", "summary"),
    ],
)
def test_a_question_about_the_post_itself_is_told(text: str, topic: str) -> None:
    question = understand(text)
    assert question.topic == topic
    assert question.kind == ("summary" if topic == "summary" else "about_post")


@pytest.mark.parametrize(
    "text",
    [
        "Who wrote the first compiler?",
        "When was the bridge built?",
        "What is the title of the song?",
        "How long is the route?",
        "Who is the author of Moby Dick?",
    ],
)
def test_a_question_about_something_in_the_post_is_none_about_the_post(text: str) -> None:
    assert understand(text).topic == ""


@pytest.mark.parametrize(
    ("before", "text", "taken_over"),
    [
        ("How much did the skiff cost?", "And when was it bought?", "skiff"),
        ("What is an espresso?", "Why?", "espresso"),
        ("Who repaired the roof?", "and where?", "roof"),
        ("Which oars are for beginners?", "what about children?", "oars"),
        ("When did the bridge open?", "How much did it cost?", "bridge"),
    ],
)
def test_a_follow_up_takes_over_what_the_question_before_was_about(before: str, text: str, taken_over: str) -> None:
    question = understand(text, [before])
    assert taken_over in question.interpreted_as
    assert question.text == question.interpreted_as


@pytest.mark.parametrize(
    "text", ["Who built the harbour of Ede for the king?", "What is a descaling?", "Summarize this post", "Thanks"]
)
def test_a_question_that_stands_alone_takes_over_nothing(text: str) -> None:
    assert understand(text, ["How much did the skiff cost?"]).interpreted_as == ""
    assert understand(text, ["How much did the skiff cost?"]).text == text


def test_a_follow_up_without_a_question_before_stays_as_it_is() -> None:
    assert understand("And when?").interpreted_as == ""


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("Where does the author's sister live?", "Where does your sister live?"),
        ("What does the author grow?", "What do you grow?"),
        ("Has the blogger been paid?", "have you been paid?"),
        ("Why is the writer cross with the crew?", "Why are you cross with the crew?"),
        ("Where does the author of the song live?", "Where does the author of the song live?"),
        ("What is the writer who won called?", "What is the writer who won called?"),
    ],
)
def test_a_question_about_the_author_is_put_to_them(text: str, addressed: str) -> None:
    question = understand(text)
    assert question.text == addressed
    assert question.interpreted_as == ""


def test_a_follow_up_about_the_author_is_shown_as_its_reader_would_say_it() -> None:
    question = understand("and in 2021?", ["What did the author grow in 2019?"])
    assert question.text == "What did you grow in 2021?"
    assert question.interpreted_as == "What did the author grow in 2021?"


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("What is the author's salary?", True),
        ("where did she go to school", True),
        ("Which camera took these pictures?", True),
        ("What is the capital of Peru?", False),
        ("can you write me a poem", False),
    ],
)
def test_it_is_told_whether_a_question_points_to_the_post(text: str, here: bool) -> None:
    assert understand(text).here == here


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("When did the mill open？", "When did the mill open?"),
        ("¿When did the mill open?", "When did the mill open?"),
        ("« When did the mill open »", "When did the mill open"),
        ("“When did the mill open”?", "When did the mill open?"),
        ("Q: When did the mill open", "When did the mill open"),
        ("3) when did the mill open", "when did the mill open"),
        ("- when did the mill open", "when did the mill open"),
        ("WHEN DID THE MILL OPEN", "when did the mill open"),
        ("Is it a “mill” or a “barn”?", "Is it a “mill” or a “barn”?"),
        ("2.1 changes", "2.1 changes"),
        ("- 5 degrees", "- 5 degrees"),
        ("#1209", "#1209"),
        ("EU law", "EU law"),
        ("HTTP 404", "HTTP 404"),
    ],
)
def test_marks_around_a_question_are_no_part_of_it(typed: str, read: str) -> None:
    question = understand(typed)
    assert question.text == read
    assert question.interpreted_as == ""


def test_how_many_there_are_is_known_to_who_asks_for_them() -> None:
    question = understand("What are the 5 rounding modes?")
    assert (question.words, question.exact) == (("round", "mode"), ())
    assert understand("What are the 2019 rules?").exact == ("2019",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Thanks! And what is rope made of?", "what is rope made of?"),
        ("thank you so much for this, what is rope made of?", "what is rope made of?"),
        ("sorry if this is a dumb question but what is rope", "what is rope"),
        ("hey what is rope", "what is rope"),
        ("Quick q: what is rope?", "what is rope?"),
        ("could you be so kind as to tell me when it opened", "when it opened"),
        ("do you know if the varnish lasts", "whether the varnish lasts"),
    ],
)
def test_courtesies_are_no_part_of_a_question(typed: str, read: str) -> None:
    assert understand(typed).text == read


def test_words_are_stems_without_repetition() -> None:
    assert understand("Which boats, boat, BOATS leak?").words == ("boat", "leak")


@pytest.mark.parametrize(("text", "name"), [("Who is Ada Quill?", "Ada Quill"), ("who was Minka", "Minka")])
def test_who_somebody_is_is_asked_by_the_name_alone(text: str, name: str) -> None:
    question = understand(text)
    assert (question.text, question.kind, question.particular) == (name, "definition", "")
    assert set(question.exact) == set(name.lower().split())


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Does the post mention the harbour?", "the harbour"),
        ("did he write about the harbour", "the harbour"),
        ("Does the author say anything about Minka?", "Minka"),
        ("does this post mention the author?", "the author"),
        ("can you mention the harbour?", "can you mention the harbour?"),
    ],
)
def test_whether_something_is_mentioned_is_asked_by_that_alone(text: str, about: str) -> None:
    question = understand(text)
    assert (question.text, question.topic) == (about, "")


@pytest.mark.parametrize("text", ["Who Is The Author?", "WHO IS THE AUTHOR?", "who is the author"])
def test_the_author_is_no_name(text: str) -> None:
    assert understand(text).topic == "author"
