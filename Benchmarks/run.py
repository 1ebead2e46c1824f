#!/usr/bin/env python3
"""Measures Vault Sentry against other scanners and against what the machine allows.

Usage: Benchmarks/run.py [--program FILE] [--runs N] [DIRECTORY ...]

Builds the program for release unless one is named. Without directories it makes two inputs that are the same
everywhere: 8,000 small source-like files, and 300 MB of plain text without findings. Every comparison runs the two commands in
turn on one processor and prints the median CPU time (user + system) of each and the median of their ratios. Kingfisher,
gitleaks and ripgrep are used if they are installed. The floors are a program that lists the tree and reads every file, and
one pass over as many bytes in memory. The prefilter's speed and the share of confirming come from `--diagnostics`, whose
clock makes confirming look slower than it is.
"""

import argparse
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
WORDS = """if else for while return static const struct int char void size length buffer offset index count value name
path file open read write close error result status flags mode type node list head next prev data field parse title
request response client server connection timeout config option default enable update insert remove""".split()


def made_up_source(rng, lines):
    """Text with the rhythm of source code: names, numbers, punctuation, comments."""
    out = []
    for _ in range(lines):
        indent = "    " * rng.randrange(4)
        left, right, call = (rng.choice(WORDS) for _ in range(3))
        out.append(f"{indent}{left}_{right} = {call}({rng.choice(WORDS)}, {rng.randrange(10000)});  // {' '.join(rng.choices(WORDS, k=5))}")
    return "\n".join(out) + "\n"


def make_inputs(folder):
    rng = random.Random(1)
    small = folder / "small-files"
    for index in range(8000):
        file = small / f"d{index % 97}" / f"f{index}.c"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made_up_source(rng, 10 + int(rng.paretovariate(1.1) * 20) % 400))
    text = folder / "plain-text"
    text.mkdir()
    piece = made_up_source(rng, 60_000)
    for index in range(max(1, 300_000_000 // len(piece) // 2)):
        (text / f"{index}.txt").write_text(piece * 2)
    return [small, text]


def cpu(command):
    """CPU seconds of one run, and its peak memory in MB."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=(lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})) if hasattr(os, "sched_setaffinity") else None)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale


def compare(label, ours, other, runs):
    cpu(ours)
    cpu(other)
    pairs = [(cpu(ours)[0], cpu(other)[0]) for _ in range(runs)]
    mine = statistics.median(a for a, _ in pairs)
    theirs = statistics.median(b for _, b in pairs)
    ratio = statistics.median(b / a if a else 0 for a, b in pairs)
    print(f"  {label:28} {theirs:8.3f} s against {mine:8.3f} s of ours: {ratio:6.2f} x")


def stages(ours):
    """CPU seconds of each stage of one run."""
    told = subprocess.run(ours + ["--diagnostics"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    return {stage: float(ms) / 1000 for stage, ms in re.findall(r"^  (\w+) +([0-9.]+) ms +\d+ %$", told, re.M)}


def tell_stages(ours, size, floor):
    seconds = stages(ours)
    memory = float(subprocess.check_output([floor, "--memory", str(size)]))
    print(f"  prefilter alone {size / seconds['prefilter'] / 1e9:.2f} GB/s (one pass over memory {size / memory / 1e9:.1f}); "
          f"confirming takes {seconds['confirm'] / sum(seconds.values()):.0%}")


def build_floor(folder):
    floor = folder / "floor"
    subprocess.run(["cc", "-O2", "-o", str(floor), str(HERE / "floor.c")], check=True)
    return str(floor)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("directories", nargs="*")
    arguments = parser.parse_args()
    program = arguments.program
    if not program:
        prefix = tempfile.mkdtemp()
        subprocess.run([str(HERE.parent / "dev"), "install", prefix], check=True)
        program = prefix + "/bin/vault-sentry"
    program = os.path.abspath(program)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        floor = build_floor(folder)
        tiny = folder / "tiny.txt"
        tiny.write_text("nothing here\n")
        directories = [pathlib.Path(d) for d in arguments.directories] or make_inputs(folder)

        start = statistics.median(cpu([program, "scan", str(tiny)])[0] for _ in range(4 * arguments.runs))
        print(f"start, one tiny file: {start * 1000:.1f} ms of CPU")
        for directory in directories:
            files = [f for f in directory.rglob("*") if f.is_file() and not f.is_symlink()]
            size = sum(f.stat().st_size for f in files)
            ours = [program, "scan", str(directory), "--jobs", "1", "--no-ignore", "--progress", "never", "--format", "json"]
            times = [cpu(ours) for _ in range(arguments.runs + 1)][1:]
            seconds = statistics.median(t for t, _ in times)
            print(f"{directory.name}: {len(files)} files, {size / 1e6:.0f} MB: {seconds:.3f} s of CPU, "
                  f"{size / seconds / 1e9:.2f} GB/s, {seconds / max(1, len(files)) * 1e6:.1f} us a file, "
                  f"{max(m for _, m in times):.0f} MB at most")
            tell_stages(ours, size, floor)
            compare("walk and read (floor)", ours, [floor, str(directory)], arguments.runs)
            if shutil.which("rg"):
                compare("ripgrep, one literal", ours, ["rg", "-j1", "-uu", "-F", "no-such-text-anywhere", str(directory)], arguments.runs)
            if shutil.which("kingfisher"):
                peer = ["kingfisher", "scan", str(directory), "--no-validate", "--no-update-check", "--git-history", "none", "-j", "1"]
                compare("Kingfisher", ours, peer, arguments.runs)
                compare("Kingfisher --turbo", ours, peer + ["--turbo"], arguments.runs)
            if shutil.which("gitleaks"):
                compare("gitleaks", ours, ["gitleaks", "dir", str(directory), "--no-banner"], arguments.runs)


if __name__ == "__main__":
    main()
