"""Every page and mail of a folder in a browser: python3 look.py CHROMIUM FOLDER"""

import email
import email.policy
import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDTHS = [360, 600, 1200]
# What reaches beyond the window, but for what scrolls in a box of its own.
WIDE = """() => {
  const inBox = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false }
  const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && !inBox(e)
    && e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120));
  return {over: document.documentElement.scrollWidth - document.documentElement.clientWidth, wide} }"""


def mails(folder):
    """The HTML part of each mail as a file."""
    for path in folder.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = message.get_body(preferencelist=("html",))
        path.with_suffix(".html").write_text(part.get_content())


def main(chromium, folder):
    mails(folder)
    faults, looked, axe = [], 0, Axe()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scheme in ["light", "dark"]:
            # The pages forbid scripts; what looks at them is one.
            context = browser.new_context(color_scheme=scheme, bypass_csp=True)
            page = context.new_page()
            for path in sorted(folder.glob("*.html")):
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(path.as_uri())
                    name = f"{path.name}, {width} px, {scheme}"
                    seen = page.evaluate(WIDE)
                    if seen["over"] > 0 or seen["wide"]:
                        faults.append(f"{name}: {seen['over']} px too wide {seen['wide']}")
                    for found in axe.run(page).response["violations"]:
                        nodes = [node["html"][:120] for node in found["nodes"][:3]]
                        faults.append(f"{name}: {found['id']} ({found['help']}) {len(found['nodes'])}: {nodes}")
                    looked += 1
                if scheme == "light":
                    page.set_viewport_size({"width": 360, "height": 900})
                    page.screenshot(path=path.with_suffix(".png"))
        browser.close()
    for fault in faults:
        print(fault)
    print(f"{looked} looks at {len(list(folder.glob('*.html')))} pages, {len(faults)} faults; pictures in {folder}")
    return 1 if faults else 0


sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
