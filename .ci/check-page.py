"""Opens the HTML report in a browser: it has to be readable without script, to filter with it, and to load nothing.

Usage: check-page.py PROGRAM BROWSER WORK-DIRECTORY [PICTURE-DIRECTORY]
"""

import os
import pathlib
import subprocess
import sys

from playwright.sync_api import expect as await_that, sync_playwright
from samples import gitlab, slack

program, browser, work = os.path.abspath(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
pictures = pathlib.Path(sys.argv[4]).resolve() if len(sys.argv) > 4 else None
problems = []


def expect(holds, message):
    if not holds:
        problems.append(message)


def git(*arguments, date="2020-01-01T00:00:00Z"):
    environment = {
        **os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Ann <b>", "GIT_AUTHOR_EMAIL": "a@x.invalid",
        "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "a@x.invalid", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(["git", *arguments], cwd=tree, check=True, env=environment)


tree = work / "tree"
tree.mkdir(parents=True)
git("init", "-q", "-b", "main")
secrets = []
files = ["<img src=x onerror=alert(1)>.env", "src/" + "long-name/" * 12 + "a.env", "tests/b.txt", "größe.txt"]
for index, name in enumerate(files):
    secrets += [slack(index), gitlab(index)]
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text(f"A={secrets[-2]}\nB=\"{secrets[-1]}\" # <script>alert(1)</script>\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "x", date=f"202{index}-0{index + 1}-01T00:00:00Z")
subprocess.run([program, "scan", "--history", ".", "-f", "html", "-o", str(work / "page.html"), "-f", f"json={work / 'page.json'}"], cwd=tree)
subprocess.run(
    [program, "report", "triage", str(work / "page.json"), "--set", "ignored", "--reason", "<b>", "--by", "x", "--path", "tests"],
    check=True, capture_output=True)
subprocess.run([program, "report", "convert", str(work / "page.json"), "-o", str(work / "page.html")], check=True)
address = (work / "page.html").as_uri()
source = (work / "page.html").read_text(encoding="utf-8")
expect(not any(secret[20:] in source for secret in secrets), "the page shows a secret")


def visible(page):
    return page.evaluate("[...document.querySelectorAll('.finding')].filter(e => e.getClientRects().length).length")


# Polling with an expression would be an `eval`, which the page's policy forbids as soon as the first try fails.
def await_all_shown(page, total):
    await_that(page.locator("#shown")).to_have_text(f"All {total} shown")


def open_page(context):
    page = context.new_page()
    page.on("console", lambda message: expect(False, f"the console says: {message.text[:200]}"))
    page.on("pageerror", lambda error: expect(False, f"the script fails: {str(error)[:200]}"))
    page.on("request", lambda request: expect(request.url.split("#")[0] == address, f"it loads {request.url[:200]}"))
    page.goto(address)
    return page


with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
    backgrounds = set()
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            page = open_page(chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme))
            expect(page.evaluate("document.documentElement.scrollWidth") <= width, f"it is wider than {width} pixels")
            backgrounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            if pictures:
                page.screenshot(path=pictures / f"{width}-{scheme}.png")
    expect(len(backgrounds) == 2, "light and dark look the same")

    page = open_page(chromium.new_context(viewport={"width": 1280, "height": 900}))
    total = visible(page)
    expect(total == len(secrets), f"{total} findings instead of {len(secrets)}")
    expect(page.locator("figure svg").count() == 3, "there are not three charts")
    expect(page.locator("#aside .finding").count() == 2, "what was set aside is not apart")
    page.fill("[name=q]", "SLACK größe")
    expect(visible(page) == 1, "the search does not find one of two words")
    expect(page.locator("#shown").inner_text() == f"1 of {total} shown", "the count is not told")
    expect(page.locator(".steps:visible").count() == 1, "steps of other kinds are shown")
    page.fill("[name=q]", "no such thing")
    expect(visible(page) == 0 and page.locator("#none").is_visible(), "an empty result says nothing")
    page.click("button[type=reset]")
    await_all_shown(page, total)
    page.select_option("[name=provider]", "GitLab")
    expect(visible(page) == total // 2, "the provider is not filtered by")
    page.select_option("[name=status]", "ignored")
    expect(visible(page) == 1, "the status is not filtered by")
    page.click("button[type=reset]")
    await_all_shown(page, total)
    page.click("a.tile.critical")
    levels = page.evaluate("[...document.querySelectorAll('.finding:not([hidden])')].map(e => e.dataset.level)")
    expect(levels and set(levels) == {"critical"}, "a tile does not filter")
    page.click("a.tile.critical")
    expect(visible(page) == total, "a tile does not let go")
    page.keyboard.press("Tab")
    page.emulate_media(media="print")
    expect(page.locator("#filters").is_hidden(), "the filters are printed")
    expect(page.locator(".finding dl").first.is_visible(), "details are not printed")

    page = open_page(chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False))
    expect(page.locator(".finding:visible").count() == total, "findings are hidden without script")
    expect(page.locator("#filters").is_hidden(), "filters are shown that cannot work")
    page.locator(".finding summary").first.click()
    expect(page.locator(".finding dl").first.is_visible(), "details do not open without script")
    chromium.close()

for problem in problems:
    print(problem)
print(f"{total} findings looked at in a browser, {len(problems)} problems")
sys.exit(bool(problems))
