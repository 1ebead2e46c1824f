"""Checks that the manual names every option and command of the program.

Usage: check-manual.py PROGRAM MANUAL
"""

import json
import subprocess
import sys

program, manual = sys.argv[1:]
text = open(manual, encoding="utf-8").read().replace("\\-", "-").replace("\\&", "")
tree = json.loads(subprocess.run([program, "--experimental-dump-help"], capture_output=True, check=True).stdout)
missing = []


def visit(command):
    if command["commandName"] not in text:
        missing.append(command["commandName"])
    for argument in command.get("arguments", []):
        for name in argument.get("names", []):
            if name["kind"] == "long" and name["name"] not in text:
                missing.append(f"{command['commandName']} --{name['name']}")
    for sub in command.get("subcommands", []):
        visit(sub)


visit(tree["command"])
for name in missing:
    print(f"{manual}: does not tell of {name}; run ./dev generate")
sys.exit(bool(missing))
