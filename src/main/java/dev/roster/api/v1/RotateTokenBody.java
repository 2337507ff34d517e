package dev.roster.api.v1;

import dev.roster.access.client.RotateCredential;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;

/**
 * A new credential for a service account.
 *
 * @param name what it is for; absent takes the account's name
 * @param tokenExpiresAt when it ends; absent means never
 * @param overlapSeconds how long the earlier credentials go on; absent means not at all
 */
public record RotateTokenBody(
        @Text(max = 100) String name,
        Instant tokenExpiresAt,

        @Min(value = 0, message = OVERLAP) @Max(value = MAX_OVERLAP, message = OVERLAP)
        Integer overlapSeconds) {
    // A month: longer than any roll-out, short enough that a forgotten secret ends.
    private static final int MAX_OVERLAP = 2_592_000;

    private static final String OVERLAP = "must be 0 to 2592000";

    /** Now, without overlap: what an absent body asks for. */
    static final RotateTokenBody NOW = new RotateTokenBody(null, null, null);

    RotateCredential toRotation() {
        int overlap = overlapSeconds == null ? 0 : overlapSeconds;
        return new RotateCredential(name, tokenExpiresAt, Duration.ofSeconds(overlap));
    }
}
