"""A page speaks the language its reader chose, and what is at its foot lets them choose."""

import re

import pytest
from django.conf import settings
from django.test import Client

ARABIC = {"Accept-Language": "ar-EG,ar;q=0.9,en;q=0.5"}
PAGES = [
    "/",
    "/sign-in/",
    "/sign-up/",
    "/recover/",
    "/principles/",
    "/signed-out/",
    "/groups/",
    "/join/",
    "/nothing/",
]
pytestmark = pytest.mark.django_db


def test_a_browser_that_asks_for_arabic_gets_it_from_right_to_left(client: Client) -> None:
    page = client.get("/sign-in/", headers=ARABIC).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "تسجيل الدخول" in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_offers_each_language_by_its_own_name(client: Client, path: str) -> None:
    for headers in (ARABIC, {}):
        page = client.get(path, headers=headers).content.decode()
        offered = re.findall(r'name="language" value="(\w+)" lang="\1"[^>]*>([^<]+)<', page)
        assert offered == settings.LANGUAGES


@pytest.mark.parametrize("path", ["/sign-up/?next=/join/", "/groups/start/"])
def test_who_chooses_comes_back_to_where_they_were(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    here = re.findall(r'name="next" value="([^"]+)"', page)
    answer = client.post("/language/", {"language": "ar", "next": here[0]}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert 'lang="ar"' in answer.content.decode()


def test_no_token_is_needed_and_nothing_outlives_the_browser() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language/", {"language": "ar", "next": "/"}, headers={"Origin": "null"})
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (answer.status_code, cookie.value, cookie["max-age"], cookie["httponly"]) == (302, "ar", "", True)


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(client: Client, where: str) -> None:
    assert client.post("/language/", {"language": "ar", "next": where}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "xx", "../../etc", "ar" * 50])
def test_a_language_that_is_not_there_changes_nothing(client: Client, language: str) -> None:
    answer = client.post("/language/", {"language": language, "next": "/sign-in/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_page_in_words_nobody_read_says_so_in_both_languages(client: Client) -> None:
    page = client.get("/", headers=ARABIC).content.decode()
    assert "لم يقرأها بعدُ أحد" in page
    assert "Nobody who grew up with this language has read them yet." in page
    assert "Nobody who grew up with" not in client.get("/").content.decode()
