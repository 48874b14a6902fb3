"""Settings: example, docs and code agree, and everything wrong is said at once."""

from __future__ import annotations

import copy
import pickle
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import SECRETS, ConfigError, Secret, Settings, load
from bot.config.toml import section_types

ROOT = Path(__file__).parent.parent
TOKEN = "LAUREL_PLATFORM_TOKEN"  # of a platform that only the tests have
KNOWN = {TOKEN: "the token of a platform"}


@dataclass(frozen=True, slots=True)
class Declared:
    """One key, as the code declares it."""

    key: str
    default: object
    unit: str
    meaning: str


def declared() -> Iterator[Declared]:
    for section, kind in section_types().items():
        hints = get_type_hints(kind, include_extras=True)
        for each in fields(kind):
            _, meta = get_args(hints[each.name])
            span = "" if meta.ge is None else f", {meta.ge} to {meta.le}"
            default = str(each.default) if isinstance(each.default, Path) else None
            yield Declared(
                f"{section}.{each.name}",
                each.default if default is None else default,
                meta.extra["unit"] + span,
                meta.description,
            )


class Home:
    """A folder with an installation's files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.env = folder / ".env"

    def set(self, config: str = "", env: str | None = None, mode: int = 0o600) -> None:
        self.config.write_text(config, encoding="utf-8")
        if env is not None:
            self.env.write_text(env, encoding="utf-8")
            self.env.chmod(mode)

    def load(self, environ: Mapping[str, str] | None = None) -> Settings:
        return load(self.config, self.env, environ or {}, KNOWN)

    def outcome(self) -> Settings | ConfigError:
        try:
            return self.load()
        except ConfigError as error:
            return error

    def problems(self, environ: Mapping[str, str] | None = None) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            self.load(environ)
        assert [str(each) for each in caught.value.problems] == str(caught.value).split(
            "\n"
        )
        return str(caught.value).split("\n")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


# Example, docs and code agree


def test_the_example_sets_every_key_to_its_default() -> None:
    """Copying the example changes nothing, and no key is missing from it."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    found = {
        f"{section}.{key}": value
        for section, table in tomllib.loads(text).items()
        for key, value in table.items()
    }
    assert {each.key: each.default for each in declared()} == found


def test_the_example_can_be_used_as_it_is(home: Home) -> None:
    """The example is accepted, and read with it one has what one has without."""
    without = home.load()
    home.set((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    assert without == home.load()


def test_the_example_says_unit_range_and_meaning_above_each_key() -> None:
    """Whoever edits the example sees what a key means without leaving it."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    for each in declared():
        section, _, key = each.key.partition(".")
        head = lines.index(f"[{section}]")
        at = next(
            n
            for n, line in enumerate(lines[head:], head)
            if line.startswith(f"{key} = ")
        )
        comment = f"# {each.meaning} ({each.unit})."
        assert comment == lines[at - 1]


def written(value: object) -> str:
    """Return a value as config.toml says it, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_docs_list_every_key() -> None:
    """The page on configuration has one row a key, with unit, default and meaning."""
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([a-z_.]+)` \| (.+) \| `(.+)` \| (.+) \|$", page, re.MULTILINE
    )
    expected = [
        (each.key, each.meaning, written(each.default), each.unit)
        for each in declared()
    ]
    assert expected == rows


def test_the_docs_list_every_secret() -> None:
    """The page on configuration names every variable that is read, and no other."""
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert set(SECRETS) == set(re.findall(r"`(LAUREL_[A-Z_]+)`", page))


# What is right


def test_without_files_everything_has_its_default(home: Home) -> None:
    """Nothing need be set; paths start from the folder of the file that is absent."""
    assert Settings().log == home.load().log
    assert Settings().shoutouts == home.load().shoutouts
    assert home.folder / "data/laurel.sqlite3" == home.load().database.path


def test_what_is_set_is_used_and_the_rest_stays(home: Home) -> None:
    """One key changes one setting."""
    home.set('[log]\nlevel = "debug"\n[shoutouts]\nallowance_per_day = 7\n')
    found = home.load()
    assert "debug" == found.log.level
    assert "text" == found.log.format
    assert 7 == found.shoutouts.allowance_per_day
    assert 24 == found.shoutouts.pair_cooldown_h


def test_paths_start_from_the_folder_of_the_file(home: Home) -> None:
    """A path means the same wherever the process is started; absolute ones stay."""
    home.set('[database]\npath = "here/a.db"\n[playground]\nfolder = "/var/b"\n')
    assert home.folder / "here/a.db" == home.load().database.path
    assert Path("/var/b") == home.load().playground.folder


def test_the_environment_goes_before_the_file(home: Home) -> None:
    """A variable of the process wins over the same name in .env."""
    home.set(env=f"# ours\n\nexport {TOKEN}='in the file'\n")
    assert "in the file" == home.load().secrets[TOKEN].reveal()
    assert "outside" == home.load({TOKEN: "outside"}).secrets[TOKEN].reveal()


def test_other_variables_of_the_process_are_none_of_our_business(home: Home) -> None:
    """What the environment holds besides is neither read nor complained about."""
    assert {} == dict(home.load({"PATH": "/bin", "LAUREL_BATTERY": "full"}).secrets)


# What is wrong


def test_everything_wrong_is_said_at_once(home: Home) -> None:
    """One try shows every mistake, with file, line, key and what would be right."""
    home.set(
        """\
[loging]
level = "info"

[log]
level = "Inof"
formt = "json"

[shoutouts]
allowance_per_day = "five"
pair_cooldown_h = -1
reason_min_chars = 300
reason_max_chars = 200

[database]
path = 3

[locale]
default = "English"
""",
        env=f"{TOKEN}=\nLAUREL_PLATFORM_TOKN=abc\nnonsense\n",
        mode=0o644,
    )
    expected = f"""\
config.toml:1: loging: is no section of Laurel's; did you mean log?
config.toml:5: log.level: wants one of 'debug', 'info', 'warning', 'error'; \
did you mean 'info'?
config.toml:6: log.formt: is no key of this section; did you mean format?
config.toml:9: shoutouts.allowance_per_day: wants a whole number from 1 to 100 \
(shoutouts a day)
config.toml:10: shoutouts.pair_cooldown_h: wants a whole number from 0 to 720 \
(hours), not -1
config.toml:11: shoutouts.reason_min_chars: is more than reason_max_chars, so that \
no reason would do
config.toml:15: database.path: wants the path of a file or folder, in quotes
config.toml:18: locale.default: wants text in quotes (language tag): A folder of \
locales/, such as en or es
.env: holds secrets and can be read by others on this machine; to keep it to \
yourself: chmod 600 .env
.env: {TOKEN}: is empty or not on one line
.env:2: LAUREL_PLATFORM_TOKN: is read by nothing, and .env holds secrets alone; \
did you mean {TOKEN}?
.env:3: is not NAME=value"""
    assert expected.split("\n") == home.problems()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[log", "config.toml:1: is no TOML: the name of a section lacks its closing"),
        ("a = 1\na = 2", "config.toml:2: a: is no TOML: a key is set a second time"),
        ("log = 3", "config.toml:1: log: is a section: write [log]"),
        ("[[log]]", "config.toml:1: log: is a section: write [log]"),
        ("x = " + "9" * 5_000, "config.toml: is no TOML: a value is too long"),
        ("x = " + "[" * 9_999, "config.toml: is nested too deeply"),
        ("#" * 1_000_001, "config.toml: is larger than a megabyte"),
        ("[playground]\nport = true", "config.toml:2: playground.port: wants a whole"),
        ("[playground]\nport = 8e3", "config.toml:2: playground.port: wants a whole"),
        ("[playground]\nport = nan", "config.toml:2: playground.port: wants a whole"),
        ('[database]\npath = ""', "config.toml:2: database.path: wants the path"),
        ('[database]\npath = "a\\u0000"', "config.toml:2: database.path: wants the"),
        ('[locale]\ndefault = "en\\n"', "config.toml:2: locale.default: wants text"),
    ],
    ids=range(13),
)
def test_what_cannot_be_used_is_refused(
    home: Home, written: str, expected: str
) -> None:
    """Damaged, oversized and mistyped settings are refused in words."""
    home.set(written)
    (problem,) = home.problems()
    assert problem.startswith(expected)


def test_a_file_that_is_no_text_is_refused(home: Home) -> None:
    """Bytes that are no UTF-8, and a folder in a file's place, are said in words."""
    home.config.write_bytes(b"\xff\xfe[log]")
    home.env.mkdir()
    assert [
        "config.toml:1: is not UTF-8 text; save it as UTF-8",
        ".env: cannot be read: is a directory; a file is wanted there",
    ] == home.problems()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_secrets_that_others_can_read_are_refused(home: Home, mode: int) -> None:
    """An .env open to the group or to all stops the start, with the way to mend it."""
    home.set(env=f"{TOKEN}=abc\n", mode=mode)
    (problem,) = home.problems()
    assert problem.endswith("chmod 600 .env")
    home.env.chmod(stat.S_IRUSR)
    assert "abc" == home.load().secrets[TOKEN].reveal()


# Secrets are not seen


def test_a_secret_shows_nothing() -> None:
    """However a secret is printed, copied or stored, its value does not come out."""
    secret = Secret("hunter2")
    for seen in (str(secret), repr(secret), f"{secret}", f"{[secret]}", f"{secret!a}"):
        assert "hunter2" not in seen
    for spill in (pickle.dumps, copy.deepcopy, copy.copy, hash):
        with pytest.raises(TypeError):
            spill(secret)
    assert Secret("hunter2") == secret
    assert Secret("hunter3") != secret
    assert "hunter2" == secret.reveal()


@pytest.mark.parametrize(
    ("config", "env"),
    [
        ('xoxb-secret-1 = "xoxb-secret-1"', ""),
        ('["xoxb-secret-1"]\na = 1', ""),
        ('[log]\nlevel = "xoxb-secret-1"', ""),
        ('[log]\nxoxb-secret-1 = "xoxb-secret-1"', ""),
        ('[locale]\ndefault = "xoxb-secret-1!"', ""),
        ('[shoutouts]\nundo_minutes = "xoxb-secret-1"', ""),
        ("", "xoxb-secret-1\n"),
        ("", "xoxb-secret-1=1\n"),
        ("", "TOKEN=xoxb-secret-1\n"),
        ("", f"{TOKEN}='xoxb-secret-1\n"),
        ("", f"{TOKEN}='xoxb-secret-1\n\n'\n"),
    ],
    ids=range(11),
)
def test_a_secret_in_the_wrong_place_is_not_said_back(
    home: Home, config: str, env: str
) -> None:
    """A token pasted where none belongs is refused without being repeated."""
    home.set(config, env=env)
    assert "secret-1" not in " ".join(home.problems())


def test_settings_do_not_show_their_secrets(home: Home) -> None:
    """Settings can be printed."""
    home.set(env=f"{TOKEN}=hunter2\n")
    assert "hunter2" not in repr(home.load())


# Whatever is in the files

plain = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(),
    st.lists(st.integers(), max_size=2),
)
names = st.sampled_from(
    [each.key.partition(".")[2] for each in declared()] + ["levle", "x", "a.b", ""]
)
sections = st.sampled_from([*section_types(), "lgo", "secrets", "x y"])


def toml_of(document: Mapping[str, Mapping[str, Any]]) -> str:
    def quoted(text: str) -> str:
        escaped = "".join(f"\\U{ord(each):08x}" for each in text)
        return f'"{escaped}"'

    def value(given: object) -> str:
        if isinstance(given, str):
            return quoted(given)
        return str(given).lower()

    return "\n".join(
        f"[{quoted(section)}]\n"
        + "\n".join(f"{quoted(key)} = {value(each)}" for key, each in table.items())
        for section, table in document.items()
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    config=st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.dictionaries(sections, st.dictionaries(names, plain)).map(
            lambda document: toml_of(document).encode()
        ),
    ),
    env=st.one_of(st.binary(), st.text().map(lambda text: f"{TOKEN}={text}".encode())),
)
def test_settings_are_read_or_refused_and_never_crash(
    tmp_path: Path, config: bytes, env: bytes
) -> None:
    """Whatever the files hold, one gets settings or words, and a one-line reason."""
    home = Home(tmp_path)
    home.config.write_bytes(config)
    home.env.write_bytes(env)
    home.env.chmod(0o600)
    match home.outcome():
        case ConfigError(problems=problems):
            assert problems
            assert all(str(problem).isprintable() for problem in problems)
        case found:
            assert 1 <= found.shoutouts.allowance_per_day <= 100
            assert found.database.path.is_absolute()


def test_a_file_that_may_not_be_read_is_refused(home: Home) -> None:
    """A file that is there but cannot be opened is no file with defaults."""
    home.config.symlink_to(home.config)
    (problem,) = home.problems()
    said = "config.toml: cannot be read: too many levels of symbolic links"
    assert f"{said}; put the file itself there" == problem
