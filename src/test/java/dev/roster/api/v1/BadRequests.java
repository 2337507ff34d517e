package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestOrganization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Requests that are refused, about a user and a group {@code x} and a service account {@code y}: nothing is written. */
abstract class BadRequests {
    final V1 admin = V1.admin(TestOrganization.create());
    private String before;

    @BeforeEach
    void createResources() {
        admin.createUser("x");
        admin.createGroup("x");
        admin.createServiceAccount("y");
        before = admin.everything();
    }

    @AfterEach
    void nothingIsWritten() {
        assertEquals(before, admin.everything());
    }
}
