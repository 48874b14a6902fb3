"""The image: small, pinned, run by nobody in particular; there is no engine to ask."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = re.compile(r"\b(curl|wget|sudo|apt(-get)?|git)\b|https?://(?!127\.0\.0\.1)")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction with its arguments, and the stage that it is in (from 0)."""

    stage: int
    name: str
    rest: str


def parse(text: str) -> list[Step]:
    """The steps of a Dockerfile: comments away, continued lines joined."""
    lines = [each for each in text.splitlines() if not each.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    steps: list[Step] = []
    stage = -1
    for line in filter(None, (each.strip() for each in joined.splitlines())):
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        steps.append(Step(stage, name, rest.strip()))
    return steps


def faults(text: str) -> set[str]:
    """What is wrong with a Dockerfile, in a word each."""
    steps = parse(text)
    last = max((each.stage for each in steps), default=-1)
    final = [each for each in steps if each.stage == last]
    return {
        fault
        for fault, wrong in {
            "base": not _pinned_bases(steps),
            "add": any(each.name == "ADD" for each in steps),
            "fetch": any(
                FORBIDDEN.search(each.rest) for each in steps if each.name == "RUN"
            ),
            "hashes": not _installs_are_checked(steps),
            "root": not _ends_as_nobody(final),
            "health": not _healthcheck(final),
            "data": not any(s.name == "VOLUME" and s.rest == "/data" for s in final),
            "copy": any(s.name == "COPY" and s.rest.split()[0] == "." for s in steps),
            "secret": any(
                s.name in {"ARG", "ENV"} and re.search(r"TOKEN|SECRET|KEY|PASS", s.rest)
                for s in steps
            ),
            "command": [s.rest for s in final if s.name == "CMD"]
            != ['["laurel", "run"]'],
            "dev": any(s.name == "COPY" and "tests" in s.rest for s in steps),
            "steps": len(steps) > 25,
        }.items()
        if wrong
    }


def _pinned_bases(steps: list[Step]) -> bool:
    bases = [each.rest.split()[0] for each in steps if each.name == "FROM"]
    pinned = re.compile(r"python:3\.\d+\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?")
    return bool(bases) and all(pinned.fullmatch(base) for base in bases)


def _installs_are_checked(steps: list[Step]) -> bool:
    runs = [each.rest for each in steps if each.name == "RUN"]
    installs = [each for run in runs for each in run.split("&&") if "pip" in each]
    checked = [
        "--require-hashes" in each or "--no-index" in each
        for each in installs
        if re.search(r"pip (install|wheel|download)", each)
    ]
    return bool(checked) and all(checked)


def _ends_as_nobody(final: list[Step]) -> bool:
    users = [each.rest for each in final if each.name == "USER"]
    return bool(users) and users[-1].isdecimal() and users[-1] != "0"


def _healthcheck(final: list[Step]) -> bool:
    checks = [each.rest for each in final if each.name == "HEALTHCHECK"]
    if len(checks) != 1 or "--timeout=" not in checks[0]:
        return False
    command = json.loads(checks[0].partition("CMD ")[2])
    compile(command[2], "healthcheck", "exec")
    return list(command[:2]) == ["python", "-c"] and "/healthz" in command[2]


def test_the_image_keeps_the_rules() -> None:
    """The Dockerfile as it stands has none of the faults."""
    assert set() == faults((ROOT / "Dockerfile").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("fault", "right", "wrong"),
    [
        ("base", r"python:3\.11\.\d+-slim-bookworm AS", "python:latest AS"),
        ("base", r"python:3\.11\.\d+-slim-bookworm\n", "python:3-slim\n"),
        ("add", "COPY requirements.lock", "ADD requirements.lock"),
        ("fetch", "RUN useradd", "RUN apt-get install -y curl && useradd"),
        ("hashes", " --require-hashes", ""),
        ("hashes", " --no-index", ""),
        ("root", "USER 10001\n", ""),
        ("root", "USER 10001", "USER root"),
        ("health", "HEALTHCHECK", "LABEL"),
        ("health", "/healthz", "/"),
        ("data", "VOLUME /data\n", ""),
        ("copy", r"COPY bot \./bot", "COPY . ."),
        ("secret", "ENV PATH", "ENV LAUREL_TOKEN=x PATH"),
        ("command", r"CMD \[\"laurel\", \"run\"\]", "CMD laurel run"),
        ("dev", r"COPY bot \./bot", "COPY tests ./tests"),
        ("steps", "WORKDIR /src\n", "WORKDIR /src\n" * 20),
    ],
)
def test_each_fault_is_found(fault: str, right: str, wrong: str) -> None:
    """Planted into the real Dockerfile, each fault is seen: the lint is no ornament."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    planted, times = re.subn(right, lambda _: wrong, text, count=1)
    assert 1 == times
    assert fault in faults(planted)


def test_what_the_image_copies_reaches_the_builder() -> None:
    """Each file that is copied is let through by .dockerignore, and nothing else is."""
    let_through = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for step in parse((ROOT / "Dockerfile").read_text(encoding="utf-8"))
        if step.name == "COPY" and "--from" not in step.rest
        for source in step.rest.split()[:-1]
    }
    assert copied == let_through
