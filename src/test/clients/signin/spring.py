"""A program of Spring Boot with Spring Security's OAuth2 client signs a person in, renews its tokens, and signs out."""

import json
import os
import subprocess
import sys

import driver
from oauth2_proxy import awaits, free_port


def signs_in(jar, port):
    person = driver.person()
    here = f"http://127.0.0.1:{port}"
    client = driver.application(here + "/login/oauth2/code/roster", "RS256")
    environment = dict(
        os.environ,
        CLIENT_ID=client["client_id"],
        CLIENT_SECRET=client["client_secret"],
        APP_PORT=str(port),
    )
    log = open(os.environ["SCRATCH"] + "/spring.log", "w")
    program = subprocess.Popen(["java", "-Xmx128m", "-jar", jar], env=environment, stdout=log, stderr=log)
    try:
        awaits(port, program)
        browser = driver.Browser(os.environ["SCRATCH"] + "/spring.jar", person["name"], person["password"])
        browser.visit(here + "/", here + "/login/oauth2/code/roster?")
        status, headers, page = browser.send(browser.last)
        assert status == 302 and "error" not in headers["Location"], (status, headers["Location"], page[:200])
        status, _, page = browser.send(here + "/")
        assert status == 200, (status, page[:200])
        me = json.loads(page)
        assert (me["name"], me["email"], me["groups"]) == (person["name"], person["email"], [person["group"]]), me
        status, _, page = browser.send(here + "/refresh")
        assert status == 200 and json.loads(page) == {
            "access": True, "refresh": True, "scopes": "email groups openid profile"}, (status, page[:300])
        status, headers, _ = browser.send(here + "/logout", {"_csrf": me["csrf"]})
        assert status == 302 and headers["Location"].startswith(driver.ROSTER + "/oauth2/logout?"), (status, headers)
        assert browser.visit(headers["Location"], here + "/bye") == here + "/bye"
        status, headers, _ = browser.send(here + "/")
        assert status == 302 and "/oauth2/authorization/roster" in headers["Location"], (status, headers)
    finally:
        program.terminate()
        program.wait()


what = "Spring Boot: sign-in, groups, refresh, sign-out"
try:
    signs_in(sys.argv[1], free_port())
    print("PASS " + what, flush=True)
except (Exception, SystemExit) as failure:
    print(f"FAIL {what}: {' '.join(f'{type(failure).__name__}: {failure}'.split())[:400]}", flush=True)
