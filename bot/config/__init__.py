"""Reads config.toml and .env into settings, or says everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.config.env import read_secrets
from bot.config.problems import ConfigError, Problem, Report
from bot.config.settings import (
    DISCORD,
    SECRETS,
    SLACK_APP,
    SLACK_BOT,
    SLACK_CLIENT,
    SLACK_CLIENT_SECRET,
    SLACK_KEY,
    SLACK_SIGNING,
    Secret,
    Settings,
)
from bot.config.toml import read_sections

__all__ = [
    "DISCORD",
    "SECRETS",
    "SLACK_APP",
    "SLACK_BOT",
    "SLACK_CLIENT",
    "SLACK_CLIENT_SECRET",
    "SLACK_KEY",
    "SLACK_SIGNING",
    "ConfigError",
    "Problem",
    "Secret",
    "Settings",
    "load",
]


def load(
    config: Path,
    env: Path,
    environ: Mapping[str, str],
    secrets: Mapping[str, str] = SECRETS,
) -> Settings:
    """The settings of an installation; a file that is absent leaves the defaults.

    Args:
        config: The TOML file. Relative paths in it start from its folder.
        env: The file of secrets. What ``environ`` holds goes before it.
        environ: The process's environment.
        secrets: Names that are read from ``env`` and ``environ``.

    Raises:
        ConfigError: Something is wrong; it names everything that is.
    """
    settings_report, secrets_report = Report(config), Report(env)
    sections = read_sections(config, settings_report)
    found = read_secrets(env, environ, secrets, secrets_report)
    problems = (*settings_report.in_order(), *secrets_report.in_order())
    if problems:
        raise ConfigError(problems)
    return Settings(**sections, secrets=MappingProxyType(found))
