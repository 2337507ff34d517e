package dev.roster.invite;

import static dev.roster.testing.Bearer.as;

import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;

/** What clients do with invites. */
final class TestInvites {
    static final String PASSWORD = "correct horse battery staple";

    private TestInvites() {}

    static String address() {
        return "ada-" + UUID.randomUUID() + "@example.org";
    }

    static Response invite(String token, String email) {
        return invite(token, Map.of("email", email, "role", "member"));
    }

    static Response invite(String token, Map<String, ?> body) {
        return as(token).body(body).post("/api/v1/invites");
    }

    static Response resend(String token, String id) {
        return as(token).post("/api/v1/invites/{id}/resend", id);
    }

    static Response revoke(String token, String id) {
        return as(token).delete("/api/v1/invites/{id}", id);
    }

    static Response accept(String inviteToken) {
        return as(inviteToken)
                .body(Map.of("name", "Ada Lovelace", "password", PASSWORD))
                .post("/api/v1/invites/accept");
    }

    static String id(Response created) {
        return created.then().statusCode(201).extract().path("id");
    }

    /** The token in the link of an answer. */
    static String token(Response sent) {
        String link = sent.path("invite_link");
        return link.substring(link.indexOf("#token=") + "#token=".length());
    }
}
