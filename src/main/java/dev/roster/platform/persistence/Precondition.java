package dev.roster.platform.persistence;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states of a row that a change may start from (RFC 9110 sections 13.1.1 and 13.1.2).
 *
 * @param any whether it may from all, which then need not be known
 */
public record Precondition(boolean any, Predicate<String> states) {
    /** A change that may start from any state. */
    public static final Precondition NONE = new Precondition(true, state -> true);

    private static final int DIGEST_BYTES = 6;

    /** The state of a row that shows nothing but its own. */
    public static String state(int version) {
        return version + ".";
    }

    /** That of a row which shows others beside its own, such as a user its groups: what is shown of them, in any order. */
    public static String state(int version, Stream<String> others) {
        String shown = others.sorted().collect(Collectors.joining("\n"));
        return shown.isEmpty()
                ? state(version)
                : state(version) + HexFormat.of().formatHex(Arrays.copyOf(Sha256.of(shown), DIGEST_BYTES));
    }

    /** Refuses with {@code precondition_failed} a row that someone else has changed. */
    public void check(int version) {
        check(state(version));
    }

    /** The same for one that shows others, which is read only where its state matters. */
    public Uni<Void> check(Supplier<Uni<String>> state) {
        return any
                ? Uni.createFrom().voidItem()
                : state.get().invoke(this::check).replaceWithVoid();
    }

    /** The same for one whose state is known. */
    public void check(String state) {
        ErrorCode.PRECONDITION_FAILED.unless(states.test(state));
    }
}
