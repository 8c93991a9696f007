"""Takes the pictures of docs/hinh/: each screen as its usual visitor sees it, and a printed plan. See bin/pictures."""

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent / "hinh"
ADDRESS = f"http://127.0.0.1:{os.environ['PICTURES_PORT']}"
PASSWORD = "song-giang-mua-lua-vang"  # noqa: S105 - the published password of the fictional accounts
DESKTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-background-networking"]


def sign_in(browser: Browser, username: str, viewport: dict[str, int]) -> Page:
    """A fresh window in which that person has signed in."""
    page = browser.new_context(viewport=viewport, locale="vi-VN").new_page()
    page.goto(f"{ADDRESS}/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{ADDRESS}/")
    return page


def take(page: Page, path: str, name: str, *, full: bool = False) -> None:
    """One picture of one address."""
    page.goto(f"{ADDRESS}{path}")
    page.screenshot(path=HERE / f"{name}.png", full_page=full)


def plan_address(page: Page, text: str) -> str:
    """The address of the plan whose row in the list holds that text."""
    page.goto(f"{ADDRESS}/ke-hoach/")
    return page.locator("tr", has_text=text).first.locator("a").first.get_attribute("href") or ""


def screens(browser: Browser) -> bytes:
    """All screens; returns the PDF of the plan in force."""
    secretary = sign_in(browser, "thuky", DESKTOP)
    in_force = plan_address(secretary, "đang thực hiện")
    for path, name in (("/", "trang-dau"), ("/ke-hoach/", "danh-sach"), (in_force, "ke-hoach"),
                       ("/to-chuc/", "to-chuc"), ("/to-chuc/lich/", "lich"), ("/muc-tieu/", "muc-tieu"),
                       ("/boi-canh/", "boi-canh")):  # fmt: skip
        take(secretary, path, name)
    director = sign_in(browser, "giamdoc", DESKTOP)
    take(director, plan_address(director, "chờ phê duyệt"), "phe-duyet")
    take(director, "/tien-do/", "tien-do")
    phone = sign_in(browser, "giamdoc", PHONE)
    take(phone, plan_address(phone, "chờ phê duyệt"), "dien-thoai")
    take(sign_in(browser, "truongphong", PHONE), "/viec/", "viec-dien-thoai")
    secretary.goto(f"{ADDRESS}{in_force}")
    file = secretary.get_by_role("link", name="PDF").first.get_attribute("href")
    return secretary.request.get(f"{ADDRESS}{file}").body()


def printed(plan: bytes) -> None:
    """Two pages of the plan in force as it was frozen."""
    for page in (1, 2):
        target = HERE / f"ban-in-{page}"
        command = ["pdftoppm", "-r", "60", "-f", str(page), "-singlefile", "-png", "-", str(target)]
        subprocess.run(command, input=plan, check=True)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"), args=ARGUMENTS
        )
        printed(screens(browser))
        browser.close()


if __name__ == "__main__":
    main()
