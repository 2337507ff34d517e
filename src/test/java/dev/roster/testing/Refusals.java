package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Asserts that a call is refused with the one exception that features throw. */
public final class Refusals {
    private Refusals() {}

    /** The call fails with this code. */
    public static RosterException assertRefused(ErrorCode code, Executable call) {
        RosterException refused = assertThrows(RosterException.class, call);
        assertEquals(code, refused.code());
        return refused;
    }

    /** The call fails as an invalid request that names exactly this field. */
    public static void assertInvalid(String field, Executable call) {
        RosterException refused = assertRefused(ErrorCode.INVALID_REQUEST, call);
        assertEquals(
                List.of(field), refused.fields().stream().map(FieldError::field).toList());
    }
}
