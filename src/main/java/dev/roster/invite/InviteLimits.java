package dev.roster.invite;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.UUID;

/** Bounds the mail that invites cause, per inviting account and per recipient. */
@ApplicationScoped
class InviteLimits {
    private final RateLimits limits;
    private final InviteRules rules;

    InviteLimits(RateLimits limits, InviteRules rules) {
        this.limits = limits;
        this.rules = rules;
    }

    /**
     * Uses up one mail inside the caller's transaction; {@code rate_limited}. Comes last in it, so
     * that the transactions of one inviter hardly wait for each other.
     */
    Uni<Void> spend(UUID organizationId, UUID inviter, String email) {
        return limits.spend(rules.perInviter(), organizationId, inviter.toString())
                .chain(() -> limits.spend(rules.perRecipient(), organizationId, digest(email)));
    }

    /** Addresses are not kept where nobody would look for them to be deleted. */
    private static String digest(String email) {
        return HexFormat.of().formatHex(Sha256.of(CanonicalText.fold(email)));
    }
}
