package dev.roster.user;

import static dev.roster.testing.Bearer.as;

import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Every way to change a credential of the own account. */
enum CredentialChange {
    PASSWORD {
        @Override
        Response use(TestClient account, String token, Map<String, String> proof) {
            return as(token).body(with(proof, "new_password", NEW_PASSWORD)).put("/api/v1/users/me/password");
        }
    },
    ZENML_PASSWORD {
        @Override
        Response use(TestClient account, String token, Map<String, String> proof) {
            return zenml(account, token, with(proof, "password", NEW_PASSWORD));
        }
    },
    ZENML_USERNAME {
        @Override
        Response use(TestClient account, String token, Map<String, String> proof) {
            return zenml(account, token, with(proof, "username", "u-" + UUID.randomUUID()));
        }
    },
    ZENML_EMAIL {
        @Override
        Response use(TestClient account, String token, Map<String, String> proof) {
            return zenml(account, token, with(proof, "email", address()));
        }
    },
    PROFILE_EMAIL {
        @Override
        Response use(TestClient account, String token, Map<String, String> proof) {
            String path = "/api/v1/users/" + username(account) + "/profile";
            return as(token).body(with(proof, "email_address", address())).patch(path);
        }
    };

    static final String NEW_PASSWORD = "a staple for nine horses";

    /** Changes it, with what else is in the body. */
    abstract Response use(TestClient account, String token, Map<String, String> proof);

    private static Response zenml(TestClient account, String token, Map<String, String> body) {
        return as(token).body(body).patch("/users/" + account.userId());
    }

    private static Map<String, String> with(Map<String, String> proof, String name, String value) {
        Map<String, String> body = new LinkedHashMap<>(proof);
        body.put(name, value);
        return body;
    }

    private static String address() {
        return "a-" + UUID.randomUUID() + "@example.org";
    }

    private static Object username(TestClient account) {
        return Database.value("SELECT username FROM users WHERE id = ?", account.userId());
    }
}
