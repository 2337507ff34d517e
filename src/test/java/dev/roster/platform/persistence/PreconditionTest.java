package dev.roster.platform.persistence;

import static dev.roster.testing.Refusals.assertRefused;

import dev.roster.platform.error.ErrorCode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreconditionTest {

    @Test
    void whenNoneThenEveryVersionPasses() {
        Precondition.NONE.check(0);
        Precondition.NONE.check(Integer.MAX_VALUE);
    }

    @Test
    void whenOneOfTheVersionsThenPasses() {
        Precondition precondition = new Precondition(false, Set.of("3.", "5.")::contains);
        precondition.check(3);
        precondition.check(5);
    }

    @Test
    void whenAnotherVersionThenRefused() {
        Precondition precondition = new Precondition(false, Set.of("3.", "5.")::contains);
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> precondition.check(4));
    }

    @Test
    void whenNoVersionCouldBeReadThenRefused() {
        Precondition precondition = new Precondition(false, state -> false);
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> precondition.check(0));
    }
}
