"""Checks the templates of docs/ci and the hooks of pre-commit: they are YAML, and the scans they tell of start.

Usage: check-templates.py PROGRAM

Each command line of vault-sentry is run on a repository without files, so that an option that is gone does not stay in a template.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

program = os.path.abspath(sys.argv[1])
templates = [pathlib.Path(".pre-commit-hooks.yaml"), *sorted(pathlib.Path("docs/ci").iterdir())]
problems = []


def texts(node):
    """All text of a document, and nothing of its comments."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        return [text for child in node for text in texts(child)]
    return [node] if isinstance(node, str) else []


def commands(template):
    source = template.read_text(encoding="utf-8")
    if template.suffix in (".yml", ".yaml"):
        source = "\n".join(texts(yaml.safe_load(source)))
    for line in source.splitlines():
        for match in re.finditer(r"""vault-sentry"? ((?:scan|report)\b[^|&;']*)""", line):
            yield match[1]


with tempfile.TemporaryDirectory() as directory:
    for command in (
            ["init", "-q"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", "-C", directory, *command], check=True)
    for template in templates:
        lines = list(commands(template))
        if not lines:
            problems.append(f"{template}: runs no scan")
        for line in lines:
            # Of pre-commit's variables come revisions, of those of the services directories.
            line = re.sub(r"\$\{?PRE_COMMIT_\w+(:-HEAD\})?", "HEAD", line)
            line = re.sub(r"\$\([\w.]+\)|\$\w+", ".", line)
            pathlib.Path(directory, "sarif").mkdir(exist_ok=True)
            run = subprocess.run(
                [program, *shlex.split(line)], cwd=directory, capture_output=True, text=True, input="", timeout=60)
            if run.returncode != 0:
                problems.append(f"{template}: {line}: status {run.returncode}: {run.stderr.strip()}")

for problem in problems:
    print(problem)
sys.exit(bool(problems))
