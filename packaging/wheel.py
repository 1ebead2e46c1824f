"""Makes dist/vault_sentry-VERSION-py3-none-PLATFORM.whl, which carries the program and the libraries it needs.

Usage: packaging/wheel.py [PROGRAM]         a release build (default: .build/release/vault-sentry)

There is no Python in it: pip puts the program itself into the environment's bin/ and its libraries into
lib/vault-sentry/ beside that, where it finds them relative to its own place. What every system with the same or a newer
C library has stays out (the list of PEP 600's manylinux policies); the licences of what goes in go with it. Needs Debian
or one of its kin, patchelf and readelf.
"""

import base64
import hashlib
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The names that every manylinux policy takes for granted and that this program links.
OF_THE_SYSTEM = re.compile(
    r"(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|anl|nsl|gcc_s|stdc\+\+))\.so\.\d+|linux-vdso\.so\.\d+")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def loaded_later(program):
    """libgit2, which is not linked but loaded when it is needed: name and path."""
    name = re.search(rb"libgit2\.so\.[\d.]+", pathlib.Path(program).read_bytes())[0].decode()
    places = re.findall(rf"^\s*{re.escape(name)} .* => (/\S+)$", output("ldconfig", "-p"), re.MULTILINE)
    if not places:
        raise SystemExit(f"{program}: {name} is not installed")
    return name, places[0]


def libraries(program):
    """The libraries a program loads, directly or not, that have to come along: name and path."""
    found = dict([loaded_later(program)])
    for file in [program, *found.values()]:
        for line in output("ldd", file).splitlines():
            match = re.match(r"\s*(\S+) => (/\S+)", line)
            if "not found" in line:
                raise SystemExit(f"{file}: {line.strip()}")
            if match and not OF_THE_SYSTEM.fullmatch(match[1]):
                found[match[1]] = match[2]
    return dict(sorted(found.items()))


def oldest_glibc(files):
    """The oldest minor version of glibc 2 that has everything that the files ask for."""
    wanted = "".join(output("readelf", "--version-info", "--wide", file) for file in files)
    return max(int(minor) for minor in re.findall(r"Name: GLIBC_2\.(\d+)", wanted))


def carry(source, target, search_path):
    shutil.copyfile(source, target)
    target.chmod(0o755)
    subprocess.run(["patchelf", "--set-rpath", search_path, target], check=True)
    return target


def notices(paths):
    """What the authors of carried libraries ask to be told with them: Debian package and text."""
    packages = set()
    for path in paths:
        owner = output("dpkg-query", "--search", f"*/{os.path.basename(os.path.realpath(path))}")
        packages.update(line.split(":")[0] for line in owner.splitlines())
    return {name: pathlib.Path(f"/usr/share/doc/{name}/copyright").read_bytes() for name in sorted(packages)}


def metadata(version):
    return f"""Metadata-Version: 2.1
Name: vault-sentry
Version: {version}
Summary: Finds leaked credentials in files, streams and git repositories.
License: Apache-2.0
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{(ROOT / "README.md").read_text(encoding="utf-8")}"""


def record(name, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"


def write(wheel, members, dist_info):
    """Writes the archive; the same input gives the same bytes."""
    lines = ""
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        def add(name, content, mode):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)

        for name, content, mode in members:
            add(name, content, mode)
            lines += record(name, content)
        add(f"{dist_info}/RECORD", f"{lines}{dist_info}/RECORD,,\n", 0o644)


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build/release/vault-sentry")
    version = output(program, "--version").split()[-1]
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        ours = carry(program, work / "vault-sentry", "$ORIGIN/../lib/vault-sentry")
        # As in the Makefile.
        subprocess.run(
            ["strip", "--remove-section=.swift_modhash", "--remove-section=.note.gnu.build-id", ours], check=True)
        needed = libraries(program)
        carried = [carry(path, work / name, "$ORIGIN") for name, path in needed.items()]
        tag = f"py3-none-manylinux_2_{oldest_glibc([ours, *carried])}_{platform.machine()}"
        data, dist_info = f"vault_sentry-{version}.data", f"vault_sentry-{version}.dist-info"
        members = [(f"{data}/scripts/vault-sentry", ours.read_bytes(), 0o755)]
        members += [(f"{data}/data/lib/vault-sentry/{file.name}", file.read_bytes(), 0o755) for file in carried]
        for page in sorted((ROOT / "man").glob("*.[15]")):
            members.append((f"{data}/data/share/man/man{page.suffix[1:]}/{page.name}", page.read_bytes(), 0o644))
        members += [
            (f"{dist_info}/METADATA", metadata(version).encode(), 0o644),
            (f"{dist_info}/WHEEL",
             f"Wheel-Version: 1.0\nGenerator: vault-sentry\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(), 0o644),
            (f"{dist_info}/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
        ]
        members += [
            (f"{dist_info}/licenses/{name}.txt", text, 0o644) for name, text in notices(needed.values()).items()]
        wheel = ROOT / f"dist/vault_sentry-{version}-{tag}.whl"
        wheel.parent.mkdir(exist_ok=True)
        write(wheel, members, dist_info)
        print(os.path.relpath(wheel))


main()
