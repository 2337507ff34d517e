package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a reference names, without a look into the database. */
class UserReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com, true",
        "Ann@Example.COM, ann@example.com, true",
        "ann@example.com, ANN@example.com, true",
        "ann@example.com, bob@example.com, false",
        "ann@example.com,, false",
        // Of other scripts the domain alone has no case
        "ärzte@Bücher.example, ärzte@bücher.EXAMPLE, true",
        "ärzte@example.com, Ärzte@example.com, false",
        // What is no address any more has no key
        "ann@straße.example, ann@straße.example, true",
        "ann@straße.example, bob@straße.example, false"
    })
    void whenAnAddressIsNamedThenInAnyCase(String named, String kept, boolean expected) {
        assertEquals(expected, UserReference.email(named).names(UserKind.PERSON, new UUID(0, 1), "somebody", kept));
    }
}
