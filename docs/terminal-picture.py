"""Writes docs/terminal.svg: what the program really prints about a small project made for it.

Usage: docs/terminal-picture.py PROGRAM

Runs `vault-sentry scan .` with colours and draws the text as a terminal would. The values are made up, and masked in the
picture as everywhere.
"""

import html
import os
import pathlib
import re
import shutil
import string
import subprocess
import sys
import tempfile
import zlib

PICTURE = pathlib.Path(__file__).with_name("terminal.svg")
COLUMNS, WIDTH, LINE, MARGIN, BAR = 118, 8.05, 19, 18, 34
# Of the 16 colours, on the background below.
COLOURS = {
    30: "#6e7681", 31: "#ff7b72", 32: "#7ee787", 33: "#f2cc60", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea", 37: "#e6edf3",
    90: "#8b949e", 91: "#ffa198", 92: "#aff5b4", 93: "#f8e3a1", 94: "#a5d6ff", 95: "#e2c5ff", 96: "#b3f0ff", 97: "#ffffff"}
# Behind white text.
GROUNDS = {41: "#b62324", 43: "#845306"}
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def github_token():
    """Made up; the last six characters are the CRC-32 of those before, as GitHub writes them."""
    body = "Zt7mQ2xKp9Lw4RnB6vYc1HsDf8GjEa"
    checksum, digits = zlib.crc32(body.encode()), ""
    while len(digits) < 6:
        checksum, digit = divmod(checksum, 62)
        digits = BASE62[digit] + digits
    return "gh" + "p_" + body + digits


def write_project(directory):
    (directory / "src").mkdir()
    (directory / "deploy").mkdir()
    (directory / "src/release.py").write_text(
        f'import os\n\nclient = GitHub(token="{github_token()}")\n', encoding="utf-8")
    (directory / "deploy/production.env").write_text(
        'DB_HOST=db.internal\nDB_PASSWORD="' + "hV7#kq9!" + 'ZtR2mW"\nAPI_TOKEN=${API_TOKEN}\n', encoding="utf-8")


def screen(program):
    """The program's output with its escape sequences."""
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        write_project(work)
        run = subprocess.run(
            [program, "scan", ".", "--color", "always"], cwd=work, capture_output=True, text=True,
            env={"PATH": os.environ["PATH"], "HOME": directory})
    if run.returncode != 1:
        raise SystemExit(f"status {run.returncode}: {run.stderr}")
    return run.stdout


def pieces(line):
    """Text and its style, in order: (text, colour, ground, bold, dim)."""
    colour, ground, bold, dim = None, None, False, False
    # Links (OSC 8) are not drawn.
    line = re.sub(r"\x1b\]8;[^\x1b\x07]*(\x1b\\|\x07)", "", line)
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b["):
            if part:
                yield part, colour, ground, bold, dim
            continue
        for code in (int(number or 0) for number in part[2:-1].split(";")):
            if code == 0:
                colour, ground, bold, dim = None, None, False, False
            elif code in COLOURS:
                colour = COLOURS[code]
            elif code in (1, 22):
                bold, dim = code == 1, False
            elif code == 2:
                dim = True
            elif code == 39:
                colour = None
            elif code - 10 in COLOURS:
                ground = GROUNDS.get(code, COLOURS[code - 10])
            elif code == 49:
                ground = None


def wrapped(parts):
    """Lines of at most COLUMNS characters, as a terminal breaks them."""
    line, width = [], 0
    for text, *style in parts:
        while text:
            head, text = text[: COLUMNS - width], text[COLUMNS - width:]
            line.append((width, head, *style))
            width += len(head)
            if text:
                yield line
                line, width = [], 0
    yield line


def drawn(parts, y):
    spans = []
    for column, text, colour, ground, bold, dim in parts:
        if ground:
            spans.append(
                f'<rect x="{MARGIN + column * WIDTH:.2f}" y="{y - LINE + 5}" width="{len(text) * WIDTH:.2f}"'
                f' height="{LINE}" fill="{ground}"/>')
        if not text.strip():
            continue
        style = f' fill="{colour}"' if colour else ""
        style += ' font-weight="bold"' if bold else ""
        style += ' opacity="0.65"' if dim else ""
        column += len(text) - len(text.lstrip())
        text = text.strip()
        # The length is said, so that columns agree whatever font there is.
        spans.append(
            f'<text x="{MARGIN + column * WIDTH:.2f}" y="{y}" textLength="{len(text) * WIDTH:.2f}" xml:space="preserve"'
            f"{style}>{html.escape(text)}</text>")
    return spans


def picture(text):
    prompt = [("$", COLOURS[32], None, True, False), (" vault-sentry scan .", None, None, True, False)]
    lines = list(wrapped(prompt)) + [[]]
    for line in text.rstrip("\n").split("\n"):
        lines += wrapped(pieces(line))
    width, height = round(COLUMNS * WIDTH + 2 * MARGIN), BAR + len(lines) * LINE + MARGIN
    body = [shape for number, line in enumerate(lines) for shape in drawn(line, BAR + (number + 1) * LINE - 4)]
    dots = "".join(
        f'<circle cx="{MARGIN + 4 + 18 * index}" cy="17" r="5.5" fill="{colour}"/>'
        for index, colour in enumerate(["#ff5f57", "#febc2e", "#28c840"]))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>vault-sentry scan: what it prints about a small project</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>', dots,
        '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="13.3" fill="#e6edf3">',
        *body, "</g>", "</svg>", ""])


program = shutil.which(sys.argv[1]) or sys.exit(f"{sys.argv[1]}: is not a program")
PICTURE.write_text(picture(screen(os.path.abspath(program))), encoding="utf-8")
