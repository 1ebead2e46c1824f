"""What services ask of the reports that they read, told by their documentation.

Each check takes a report's text and the findings of the JSON report about the same tree, and yields problems.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import jsonschema


def object_of(required, **properties):
    return {"type": "object", "required": required, "properties": properties}


TEXT = {"type": "string", "minLength": 1}
TIME = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}
LINE = {"type": "integer", "minimum": 1}
PROGRAM = object_of(["id", "name", "version", "vendor"], id=TEXT, name=TEXT, version=TEXT, vendor=object_of(["name"], name=TEXT))
ADDRESS = {"type": "string", "pattern": "^(https?|ftp)://.+"}

# What GitLab's secret-detection schema 15.2.1 says of the members that the report has
# (https://gitlab.com/gitlab-org/security-products/security-report-schemas, dist/secret-detection-report-format.json),
# without the members that it allows and the report does not have: those are refused here.
GITLAB = object_of(
    ["version", "scan", "vulnerabilities"],
    version={"const": "15.2.1"},
    schema={"type": "string", "pattern": "^https?://.+"},
    scan=object_of(
        ["analyzer", "scanner", "start_time", "end_time", "status", "type"],
        analyzer=PROGRAM,
        scanner=PROGRAM,
        start_time=TIME,
        end_time=TIME,
        status={"enum": ["success", "failure"]},
        type={"const": "secret_detection"},
        messages={"type": "array", "items": object_of(["level", "value"], level={"enum": ["info", "warn", "fatal"]}, value=TEXT)},
    ),
    vulnerabilities={
        "type": "array",
        "items": object_of(
            ["id", "identifiers", "location"],
            id={"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
            name={"type": "string", "maxLength": 255},
            description={"type": "string", "maxLength": 1048576},
            severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
            solution={"type": "string", "maxLength": 7000},
            identifiers={
                "type": "array",
                "minItems": 1,
                "items": object_of(["type", "name", "value"], type=TEXT, name=TEXT, value=TEXT, url=ADDRESS),
            },
            location=object_of(
                ["commit"],
                file={"type": "string"},
                start_line=LINE,
                end_line=LINE,
                commit=object_of(["sha"], sha=TEXT, author={"type": "string"}, date={"type": "string"}),
            ),
            links={"type": "array", "items": object_of(["url"], url=ADDRESS)},
            details={
                "type": "object",
                "additionalProperties": object_of(["type", "name", "value"], type={"const": "text"}, name=TEXT, value={"type": "string"}),
            },
            flags={
                "type": "array",
                "items": object_of(
                    ["type", "origin", "description"], type={"const": "flagged-as-likely-false-positive"}, origin=TEXT, description=TEXT),
            },
        ),
    },
)

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": object_of(
        ["description", "check_name", "fingerprint", "severity", "location"],
        type={"const": "issue"},
        categories={"type": "array", "items": TEXT},
        description=TEXT,
        check_name=TEXT,
        fingerprint=TEXT,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=object_of(
            ["path", "lines"],
            path={"type": "string", "pattern": "^[^./]"},
            lines=object_of(["begin"], begin=LINE, end=LINE),
        ),
    ),
}


def closed(schema):
    """The schema with every member that it does not name refused."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if "properties" in schema:
            schema["additionalProperties"] = False
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


def against(schema, report):
    for error in jsonschema.Draft202012Validator(closed(schema)).iter_errors(report):
        yield f"{error.json_path}: {error.message[:200]}"


def gitlab(text, findings):
    report = json.loads(text)
    yield from against(GITLAB, report)
    entries = report["vulnerabilities"]
    if len({entry["id"] for entry in entries}) != len(findings):
        yield "ids are not one for each finding"
    if [entry["location"]["file"] for entry in entries] != [finding["file_path"] for finding in findings]:
        yield "files differ from the JSON report"
    if any(entry["identifiers"][0]["type"] != "vault_sentry_rule_id" for entry in entries):
        yield "the first identifier is not the rule"


def codequality(text, findings):
    report = json.loads(text)
    yield from against(CODE_QUALITY, report)
    if len({issue["fingerprint"] for issue in report}) != len(findings):
        yield "fingerprints are not one for each finding"


# Elements, the attributes they must and may have, and what may stand in them: the schema that Jenkins publishes
# (https://github.com/jenkinsci/xunit-plugin, junit-10.xsd) and, for `file` and `line`, pytest's and GitLab's use.
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}, set(), {"testcase"}),
    "testcase": ({"classname", "name", "time"}, {"file", "line"}, {"failure", "error", "skipped"}),
    "failure": ({"type", "message"}, set(), set()),
    "error": ({"type", "message"}, set(), set()),
    "skipped": ({"message"}, set(), set()),
}


def junit(text, findings):
    root = ElementTree.fromstring(text)
    if root.tag != "testsuites":
        yield "the root is not testsuites"
    for element in root.iter():
        required, allowed, children = JUNIT.get(element.tag, (set(), set(), set()))
        if element.tag not in JUNIT or not required <= set(element.attrib) <= required | allowed:
            yield f"<{element.tag}> has wrong attributes {sorted(element.attrib)}"
        if not {child.tag for child in element} <= children:
            yield f"<{element.tag}> has wrong elements"
    (suite,) = root
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp")):
        yield "the time is no dateTime without a zone"
    for holder in (root, suite):
        if int(holder.get("tests")) != len(suite) or int(holder.get("failures")) != len(findings):
            yield "counts are wrong"


def comma_separated(text, findings):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if "\r\n" not in text or text.replace("\r\n", "").count("\n"):
        yield "lines do not end in CR LF"
    for row, finding in zip(rows, findings, strict=True):
        for key in ("rule_id", "risk_level", "fingerprint", "status"):
            if row[key] != finding[key]:
                yield f"{key} is {row[key]}"
        for key in ("file_path", "masked_value"):
            if row[key].removeprefix("'") != finding[key]:
                yield f"{key} is {row[key]}"
        if any(value[:1] in ("=", "+", "-", "@") for value in row.values()):
            yield "a cell starts a formula"


def github(text, findings):
    pattern = r"::(error|warning|notice) title=[^,:]+,file=[^,:]+,line=\d+,endLine=\d+,col=\d+,endColumn=\d+::.+"
    lines = text.splitlines()
    if len(lines) != len(findings):
        yield "lines are not one for each finding"
    for line in lines:
        if not re.fullmatch(pattern, line):
            yield f"not a workflow command: {line[:100]}"


def markdown(text, findings):
    if not text.startswith("# Vault Sentry: "):
        yield "no title"
    rows = [line for line in text.splitlines() if re.match(r"\| .*:\d+:\d+`", line)]
    if len(rows) != len(findings) or any(len(re.findall(r"(?<!\\)\|", row)) != 5 for row in rows):
        yield "rows are not one for each finding, four cells each"


CHECKS = {
    "gitlab": gitlab,
    "codequality": codequality,
    "junit": junit,
    "csv": comma_separated,
    "github": github,
    "markdown": markdown,
}
