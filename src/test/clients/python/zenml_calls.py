"""The client of ZenML Pro, by an API key that it signs in with."""

import uuid

from zenml.login.credentials_store import get_credentials_store
from zenml.login.pro.client import ZenMLProClient
from zenml.login.pro.models import BaseRestAPIModel

from service import KEY, URL, call, equal, person, refused, v1


class User(BaseRestAPIModel):
    id: uuid.UUID
    username: str
    email: str | None
    name: str | None
    is_active: bool
    is_superuser: bool


class Change(BaseRestAPIModel):
    company: str | None = None
    is_active: bool | None = None


class EmptyChange(BaseRestAPIModel):
    name: str


get_credentials_store().set_api_key(URL, KEY, is_zenml_pro=True)
client = ZenMLProClient(URL)


@call
def sign_in():
    """zenml ZenMLProClient.fetch_api_token"""
    token = ZenMLProClient.fetch_api_token(URL, KEY)
    equal("bearer", token.token_type)
    equal(True, 0 < token.expires_in <= 86400)
    equal((None, None), (token.device_id, token.device_metadata))


@call
def me():
    """zenml ZenMLProClient.get of /users/me, signed in by a stored key"""
    user = User.model_validate(client.get("/users/me"))
    equal(v1("GET", "/api/v1/users/me")["id"], str(user.id))
    equal(True, user.is_superuser)


@call
def list_users():
    """zenml ZenMLProClient._list_resources of /users, by every filter"""
    made = person()
    for filters in (
        {"email": made["email"]},
        {"user_id": made["id"], "is_active": True},
        {"user_id": made["id"], "offset": 0, "limit": 1},
    ):
        users = client._list_resources(route="/users", response_model=User, **filters)
        equal([made["id"]], [str(user.id) for user in users])
    equal([], client.get("/users", params={"user_id": made["id"], "is_active": False}))


@call
def change_a_user():
    """zenml ZenMLProClient.patch of a user"""
    made = person()
    changed = client.patch(f"/users/{made['id']}", body=Change(company="Analytical Engines", is_active=False))
    equal(("Analytical Engines", False, None), (changed["company"], changed["is_active"], changed["password"]))


@call
def remove_a_user():
    """zenml ZenMLProClient._delete_resource, whose answer is null"""
    made = person()
    client._delete_resource(made["id"], route="/users")
    equal([], client.get("/users", params={"user_id": made["id"]}))


@call
def remove_an_internal_user():
    """zenml ZenMLProClient._delete_resource, of the account that the service made itself"""
    admin = next(user for user in v1("GET", "/api/v1/users")["items"] if user["name"] == "admin")
    refused(ValueError, lambda: client._delete_resource(admin["id"], route="/users"))


@call
def nobody():
    """zenml ZenMLProClient, of a user that is not there"""
    refused(KeyError, lambda: client.patch(f"/users/{uuid.uuid4()}", body=Change(company="x")))


@call
def wrong_value():
    """zenml ZenMLProClient, of a value that is not allowed"""
    refused(ValueError, lambda: client.patch(f"/users/{person()['id']}", body=EmptyChange(name="")))


@call
def authorize_server():
    """zenml ZenMLProClient.get of /users/authorize_server"""
    user = client.get("/users/authorize_server", params={"server_id": uuid.uuid4()})
    equal(v1("GET", "/api/v1/users/me")["id"], user["id"])


@call
def sign_in_by_a_wrong_key():
    """zenml ZenMLProClient.fetch_api_token, by a key that is none"""
    from zenml.exceptions import CredentialsNotValid

    refused(CredentialsNotValid, lambda: ZenMLProClient.fetch_api_token(URL, KEY[:-8] + "AAAAAAAA"))
