"""What only a browser can tell about the public pages."""


def test_the_start_page_opens(open_page, site):
    page, visit = open_page("/")
    assert page.locator("h1").count() == 1
    assert visit.errors == []


def test_admin_opens(admin_page):
    page, visit = admin_page
    assert visit.errors == []
