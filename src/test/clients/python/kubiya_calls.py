"""The clients of Kubiya: its SDK, and the client of its control plane."""

import asyncio
import importlib.util
from importlib.metadata import distribution

import structlog
from kubiya import KubiyaClient

from service import KEY, URL, call, equal, person, v1

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
sdk = KubiyaClient(api_key=KEY, base_url=URL)
ME = v1("GET", "/api/v1/users/me")


def control_plane():
    """Its package imports a server around the client, which is one file."""
    file = distribution("kubiya-control-plane-api").locate_file("control_plane_api/app/lib/kubiya_client.py")
    spec = importlib.util.spec_from_file_location("kubiya_client", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.KubiyaClient(api_base=URL)


@call
def list_users():
    """kubiya-sdk users.list_users"""
    made = person()
    found = [user for page in range(1, 20) for user in sdk.users.list_users(limit=100, page=page)]
    user = next(user for user in found if user["uuid"] == made["id"])
    equal(
        (made["email"], "Ada Lovelace", "member", "active", [], {}, None),
        tuple(user[key] for key in ("email", "name", "role", "status", "groups", "metadata", "last_login")),
    )
    equal("active", user["user_status"])


@call
def list_users_by_page():
    """kubiya-sdk users.list_users, page by page"""
    person(), person()
    first, second = (sdk.users.list_users(limit=1, page=page) for page in (1, 2))
    equal((1, 1), (len(first), len(second)))
    equal(False, first == second)


@call
def list_groups():
    """kubiya-sdk users.list_groups"""
    name = person()["name"]
    v1("POST", "/api/v1/groups", json={"name": name, "description": "Those who read"})
    group = next(group for group in sdk.users.list_groups() if group["name"] == name)
    equal(("Those who read", False, []), (group["description"], group["system"], group["roles"]))


@call
def organization_of_a_key():
    """kubiya-control-plane-api validate_token_and_get_org"""
    organization = asyncio.run(control_plane().validate_token_and_get_org(KEY))
    equal(
        (ME["org"], "default", None, ME["id"], ME["name"]),
        tuple(organization[key] for key in ("id", "name", "slug", "user_id", "user_name")),
    )


@call
def organization_of_a_wrong_key():
    """kubiya-control-plane-api validate_token_and_get_org, of a key that is none"""
    equal(None, asyncio.run(control_plane().validate_token_and_get_org(KEY[:-8] + "AAAAAAAA")))
