package dev.roster.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;

/** The routes of the tests that ask for scopes, and nothing else. */
public final class SecuredRoutes {
    private SecuredRoutes() {}

    /** What a route answers to a token. */
    public static ValidatableResponse get(String route, String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/test/" + route)
                .then();
    }

    /** The status that the route answers which asks for the scope to read users. */
    public static int read(String token) {
        return get("users-read", token).extract().statusCode();
    }
}
