package dev.roster.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which refusals of an end of access another request may have caused; only these wait for what that announces. */
class RefusedEndsTest {
    private static final Set<Integer> ELSEWHERE = Set.of(401, 404, 409, 410, 412);

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whenRefusedThenAnothersByItsStatus(ErrorCode code) {
        assertEquals(ELSEWHERE.contains(code.status()), Revocations.mayBeAnothers(RosterException.of(code)));
    }

    @Test
    void whenTheDatabaseIsAwayOrBusyThenNotAskedAgain() {
        assertFalse(Revocations.mayBeAnothers(new TimeoutException()));
    }
}
