package dev.roster.access.password;

import dev.roster.access.password.SignInReads.PasswordAccount;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.FailureEvents;
import dev.roster.caller.Caller;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.user.OrganizationNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Records who could not sign in. A name that no account has is not told: it may be a password in
 * the wrong field.
 */
@ApplicationScoped
class SignInFailures {
    private final OrganizationNames organizations;
    private final FailureEvents events;

    SignInFailures(OrganizationNames organizations, FailureEvents events) {
        this.organizations = organizations;
        this.events = events;
    }

    /**
     * Records a wrong password.
     *
     * @param found the account of the name; empty where there is none with a password
     */
    Uni<Void> add(PasswordSignIn request, Optional<PasswordAccount> found) {
        return found.isPresent()
                ? events.add(event(found.get().organizationId(), "wrong_password")
                        .onAccount(found.get().userId()))
                : organization(request.organization()).chain(organization -> organization
                        .map(id -> events.add(event(id, "no_account")))
                        .orElseGet(() -> events.addUnknown(AuditType.SIGN_IN_FAILED)));
    }

    /** Records a wrong current password of who is signed in. */
    Uni<Void> add(Caller caller) {
        return events.add(
                event(caller.organizationId(), "wrong_current_password").onAccount(caller.userId()));
    }

    private Uni<Optional<UUID>> organization(String name) {
        return CanonicalText.isPrintable(name)
                ? organizations.find(name)
                : Uni.createFrom().item(Optional.empty());
    }

    private static AuditEvent event(UUID organizationId, String reason) {
        return AuditEvent.of(organizationId, AuditType.SIGN_IN_FAILED).with("reason", reason);
    }
}
