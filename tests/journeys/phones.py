"""Phones of residents: a browser whose line can be cut, and that can die and be opened again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.people import WCAG, find_barriers, sign_in
from tests.journeys.visitors import YONGCHANG, Site

NARROW = {"width": 360, "height": 740}
TALKING = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")

# A phone without room: the bytes of files find none, words do.
NO_ROOM = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "bytes") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
}"""

# What is sent of the draft says nothing, so that it is refused.
SPOIL_DRAFT = """async () => {
  const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await told(indexedDB.open("linli-field"));
  const store = db.transaction("reports", "readwrite").objectStore("reports");
  const [draft] = await told(store.getAll());
  draft.body = JSON.stringify({id: draft.id, text: " ", address: "x"});
  store.put(draft);
  db.close();
}"""

# What the first version of the page left on a phone that had no line: one report, as it was then.
FIRST_VERSION = """([id, text]) => new Promise((done) => {
  const asked = indexedDB.open("linli-field", 1);
  asked.onupgradeneeded = () => {
    const db = asked.result;
    db.createObjectStore("reports", { keyPath: "id" });
    db.createObjectStore("files", { keyPath: "id" }).createIndex("report", "report");
    db.createObjectStore("bytes");
    db.createObjectStore("pieces", { autoIncrement: true }).createIndex("file", "file");
    db.createObjectStore("settings");
  };
  asked.onsuccess = () => {
    const tx = asked.result.transaction(["reports", "files", "bytes"], "readwrite");
    tx.objectStore("reports").put({
      id, text, state: "waiting", madeAt: new Date().toISOString(), account: "", wordless: "",
      address: "重庆路 8 号", phone: "", device: null, door: "", doorPlace: null, placeWords: "",
      body: "", answer: null, refusal: "", wait: "line",
    });
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    canvas.toBlob((blob) => void blob.arrayBuffer().then((bytes) => {
      const filled = asked.result.transaction(["files", "bytes"], "readwrite");
      filled.objectStore("files").put({
        id: id.slice(0, -1) + (id.endsWith("0") ? "1" : "0"), report: id, kind: "photo",
        state: "held", type: "image/jpeg", size: bytes.byteLength, madeAt: "2026-11-01T08:00:00Z",
        takenAt: "", takenLon: null, takenLat: null, thumb: "", seconds: 0, address: "", sent: 0,
        refusal: "",
      });
      filled.objectStore("bytes").put(bytes, id.slice(0, -1) + (id.endsWith("0") ? "1" : "0"));
      filled.oncomplete = () => { asked.result.close(); done(); };
    }), "image/jpeg");
  };
})"""

# The phone has the code of another case, as if it had reported that one.
GIVE_CODE = """(code) => new Promise((done) => {
  const asked = indexedDB.open("linli-field");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("reports", "readwrite");
    const store = tx.objectStore("reports");
    store.getAll().onsuccess = (event) => {
      const [report] = event.target.result;
      store.put({ ...report, standing: null, answer: { ...report.answer, code } });
    };
    tx.oncomplete = () => { asked.result.close(); done(); };
  };
})"""


@dataclass
class Phone:
    """One phone: its store outlives its pages."""

    context: BrowserContext
    site: Site
    folder: Path
    page: Page = field(init=False)
    cut: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)

    def open(self, path: str = "/field/") -> None:
        """Open the page and wait until it can be used."""
        self.page.goto(self.site.address + path)
        self.page.wait_for_selector("html.is-ready")

    def die(self) -> None:
        """Lose power: the page is gone without a word, the store stays."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)

    def lose_line(self) -> None:
        """Cut every line."""
        self.context.set_offline(True)

    def find_line(self) -> None:
        """Have a line again."""
        self.context.set_offline(False)

    def take(self, name: str = "photo.jpg") -> None:
        """Take a photo and wait until the page shows it."""
        shown = self.page.locator(".field-files .is-photo").count()
        path = self.folder / name
        Image.effect_noise((1200, 900), 60).convert("RGB").save(path, "JPEG")
        self.page.set_input_files("[data-gallery]", [path])
        expect(self.page.locator(".field-files .is-photo img")).to_have_count(shown + 1)

    def write(self, text: str) -> None:
        """Write what it is about, and where."""
        self.page.fill("[name=text]", text)
        self.page.fill("[name=address]", "重庆路 8 号")

    def send(self) -> None:
        """Press the one button."""
        self.page.click("[data-send]")

    def expect_states(self, *states: str) -> None:
        """Wait until the list shows these states, newest first."""
        shown = self.page.locator("[data-list] > li")
        expect(shown).to_have_count(len(states))
        for place, state in enumerate(states):
            expect(shown.nth(place)).to_have_attribute("data-standing", state)

    def expect_files(self, received: int) -> None:
        """Wait until so many files are shown as received, and none as held."""
        expect(self.page.locator(".item-files .is-received")).to_have_count(received)
        expect(self.page.locator(".item-files .is-held")).to_have_count(0)

    def sign_in(self, login: str) -> None:
        """Sign in on the page of sign-in."""
        sign_in(self.page, self.site.address, login)

    def check_access(self) -> None:
        """No serious fault by axe, and nothing that sticks out sideways."""
        serious = find_barriers(self.page, only=WCAG)
        assert not serious, f"{self.page.url}: {serious}"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def new_phone(browser: Browser, site: Site, folder: Path, **changes: Any) -> Phone:
    """Give a phone nobody has used."""
    language = changes.pop("language", "zh-hans")
    settings: dict[str, Any] = {
        "viewport": NARROW,
        "locale": "en-US" if language == "en" else "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "permissions": ["geolocation", "microphone"],
        "geolocation": YONGCHANG,
        "reduced_motion": "reduce",
        **changes,
    }
    context = browser.new_context(**settings)
    context.add_cookies([{"name": "language", "value": language, "url": site.address}])
    return Phone(context=context, site=site, folder=folder)


def count_reports(site: Site, text: str) -> int:
    """Count the cases with exactly this text."""
    return int(site.ask("SELECT count(*) FROM cases_case WHERE text = %s", text)[0][0])


def count_photos(site: Site, text: str) -> int:
    """Count the photos of the cases with this text."""
    statement = (
        "SELECT count(*) FROM cases_casephoto p JOIN cases_case c ON c.id = p.case_id"
        " WHERE c.text = %s"
    )
    return int(site.ask(statement, text)[0][0])


def lose_answers(route: Route) -> None:
    """Let a request arrive and lose what is answered, as a line that breaks too late does."""
    route.fetch()
    route.abort()
