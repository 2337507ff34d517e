package dev.roster.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Requests with a token. */
public final class Bearer {
    private Bearer() {}

    /** One whose body is JSON. */
    public static RequestSpecification as(String token) {
        return bare(token).contentType(ContentType.JSON);
    }

    /** One that says no type of a body. */
    public static RequestSpecification bare(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
