"""oauth2-proxy lets a person through, renews its session by the refresh token, and lets nobody in after a sign-out."""

import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request

import driver

LONGEST_START = 120  # seconds, on a machine that builds something meanwhile


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def awaits(port, program):
    last = time.monotonic() + LONGEST_START
    while program.poll() is None and time.monotonic() < last:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=1).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("it did not start")


def lets_through(port):
    person = driver.person()
    here = f"http://127.0.0.1:{port}"
    client = driver.application(here + "/oauth2/callback", "ES256")
    settings = [
        "--provider=oidc",
        "--oidc-issuer-url=" + driver.ROSTER,
        "--client-id=" + client["client_id"],
        "--redirect-url=" + here + "/oauth2/callback",
        "--scope=openid profile email groups",
        "--code-challenge-method=S256",
        "--insecure-oidc-skip-nonce=false",
        "--email-domain=*",
        # The administrator has set the address; that of an invited person is verified
        "--insecure-oidc-allow-unverified-email=true",
        "--allowed-group=" + person["group"],
        "--cookie-secure=false",
        "--cookie-refresh=1s",
        "--skip-provider-button=true",
        "--upstream=static://200",
        f"--http-address=127.0.0.1:{port}",
    ]
    environment = dict(
        os.environ,
        OAUTH2_PROXY_CLIENT_SECRET=client["client_secret"],
        OAUTH2_PROXY_COOKIE_SECRET=secrets.token_urlsafe(32)[:32],
    )
    log = open(os.environ["SCRATCH"] + "/oauth2-proxy.log", "w")
    proxy = subprocess.Popen([os.environ["OAUTH2_PROXY"], *settings], env=environment, stdout=log, stderr=log)
    try:
        awaits(port, proxy)
        browser = driver.Browser(os.environ["SCRATCH"] + "/oauth2-proxy.jar", person["name"], person["password"])
        browser.visit(here + "/", here + "/oauth2/callback")
        status, headers, page = browser.send(browser.last)
        assert status == 302 and headers["Location"] in ("/", here + "/"), (status, page[:200])
        status, _, page = browser.send(here + "/")
        assert status == 200 and "Authenticated" in page, (status, page[:200])
        status, headers, _ = browser.send(here + "/oauth2/userinfo")
        time.sleep(2)  # by its own setting it refreshes after a second
        assert browser.send(here + "/")[0] == 200
        log.flush()
        said = open(log.name).read()
        assert "efreshed session" in said or "Refreshing session" in said, said[-500:]
        other = driver.person()
        stranger = driver.Browser(os.environ["SCRATCH"] + "/stranger.jar", other["name"], other["password"])
        stranger.visit(here + "/", here + "/oauth2/callback")
        assert stranger.send(stranger.last)[0] == 403
    finally:
        proxy.terminate()
        proxy.wait()


if __name__ == "__main__":
    what = "oauth2-proxy: sign-in, group, refresh"
    try:
        lets_through(free_port())
        print("PASS " + what, flush=True)
    except (Exception, SystemExit) as failure:
        print(f"FAIL {what}: {' '.join(f'{type(failure).__name__}: {failure}'.split())[:400]}", flush=True)
