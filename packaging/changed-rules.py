"""Writes which rules came and went since the version before into the changelog's newest section.

Usage: changed-rules.py CHANGELOG [--check]

Compares the ids in patterns/ with those of the newest tag vX.Y.Z that is not the version at hand. With --check, nothing
is written and the status is 1 if the changelog is not current.
"""

import pathlib
import re
import subprocess
import sys

IDENTIFIER = re.compile(r'^id = "([a-z0-9-]+)"$', re.MULTILINE)
# What stands between these two lines is ours, in the first place where they are.
BEGIN, END = "<!-- rules: written by ./dev generate -->\n", "<!-- end of rules -->\n"


def git(*arguments):
    run = subprocess.run(["git", *arguments], capture_output=True, text=True)
    return run.stdout if run.returncode == 0 else ""


def current_version():
    source = pathlib.Path("Sources/VaultSentry/Catalogue/Catalogue.swift").read_text(encoding="utf-8")
    return re.search(r'static let version = "([^"]+)"', source)[1]


def rules_at(tag):
    """The ids that a tag's rule files hold."""
    text = git("grep", "-h", "-E", '^id = "', tag, "--", "patterns/*.toml")
    return set(IDENTIFIER.findall(text))


def rules_here():
    return {
        identifier
        for file in pathlib.Path("patterns").glob("*.toml")
        for identifier in IDENTIFIER.findall(file.read_text(encoding="utf-8"))}


def listed(word, identifiers):
    if not identifiers:
        return ""
    return f"\n{word} ({len(identifiers)}): " + ", ".join(f"`{name}`" for name in sorted(identifiers)) + ".\n"


def text():
    here = rules_here()
    tags = git("tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname").split()
    before = next((tag for tag in tags if tag != f"v{current_version()}"), None)
    if before is None:
        return f"{len(here):,} rules, all new; docs/rules.md lists them.\n"
    there = rules_at(before)
    return f"{len(here):,} rules, {len(there):,} in {before}.\n" + listed("Added", here - there) + listed(
        "Removed", there - here)


def main():
    path = pathlib.Path(sys.argv[1])
    changelog = path.read_text(encoding="utf-8")
    head, _, rest = changelog.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise SystemExit(f"{path}: has no place for the rules: {BEGIN}{END}")
    if f"## [{current_version()}]" not in head:
        raise SystemExit(f"{path}: its newest section is not of version {current_version()}")
    current = head + BEGIN + text() + END + tail
    if "--check" not in sys.argv[2:]:
        path.write_text(current, encoding="utf-8")
    elif current != changelog:
        raise SystemExit(f"{path}: the rules are not current; run ./dev generate")


main()
