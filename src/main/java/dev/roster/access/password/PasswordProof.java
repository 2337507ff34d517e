package dev.roster.access.password;

import dev.roster.access.client.FailedAuthentications;
import dev.roster.access.password.SignInReads.PasswordAccount;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.http.Network;
import dev.roster.user.Asker;
import dev.roster.user.EmailMatch;
import dev.roster.user.Passwords;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Finds the account that a password proves, and puts off those who guess. A hash costs too much to
 * be made first, so the limits come before it: that of the account, or of the name where no account
 * has it, and that of the address. Where the account has signed in from lately it has a count and
 * places of its own, and the address does not matter.
 */
@ApplicationScoped
class PasswordProof {
    private final SignInReads reads;
    private final PasswordFailures failures;
    private final FailedAuthentications addresses;
    private final SignInFailures recorded;
    private final Passwords passwords;

    PasswordProof(
            SignInReads reads,
            PasswordFailures failures,
            FailedAuthentications addresses,
            SignInFailures recorded,
            Passwords passwords) {
        this.reads = reads;
        this.failures = failures;
        this.addresses = addresses;
        this.recorded = recorded;
        this.passwords = passwords;
    }

    /**
     * The account; empty where the password is not its, after the same work. {@code rate_limited},
     * {@code password_blocked}, {@code unavailable} where too many passwords wait to be checked.
     */
    Uni<Optional<PasswordAccount>> of(PasswordSignIn request) {
        return reads.find(request.organization(), request.name(), network(request))
                .chain(found -> prove(request, found));
    }

    private Uni<Optional<PasswordAccount>> prove(PasswordSignIn request, Optional<PasswordAccount> found) {
        Guessed guessed = guessed(request, found);
        return failures.requireOpen(guessed)
                .chain(() -> isKnown(found)
                        ? Uni.createFrom().voidItem()
                        : addresses.requireFewFrom(request.origin().address()))
                .chain(() -> passwords.matches(
                        request.password(),
                        found.map(PasswordAccount::passwordHash).orElse(null),
                        asker(request, found)))
                .call(right -> right ? failures.succeed(guessed) : fail(request, found, guessed))
                .map(right -> found.filter(account -> right))
                .invoke(proven -> proven.ifPresent(account -> WorkOwner.set(account.organizationId())));
    }

    private Uni<Void> fail(PasswordSignIn request, Optional<PasswordAccount> found, Guessed guessed) {
        // First, and also where it is repeated: a hash was made for it
        Uni<Void> counted = isKnown(found)
                ? Uni.createFrom().voidItem()
                : addresses.countFrom(request.origin().address());
        return counted.chain(() -> failures.count(guessed, request.password()))
                .chain(() -> recorded.add(request, found));
    }

    private static boolean isKnown(Optional<PasswordAccount> found) {
        return found.map(PasswordAccount::known).orElse(false);
    }

    private static Guessed guessed(PasswordSignIn request, Optional<PasswordAccount> found) {
        return found.map(account -> guessed(account, network(request)))
                .orElseGet(() -> Guessed.nobody(request.organization(), EmailMatch.spelling(request.name())));
    }

    private static Guessed guessed(PasswordAccount account, Network network) {
        return Guessed.account(account.organizationId(), account.userId(), network, account.known());
    }

    /** Who asks for the hash of a sign-in. */
    static Asker asker(PasswordSignIn request, Optional<PasswordAccount> found) {
        String address = request.origin().address();
        return found.map(account -> asker(address, account))
                .orElseGet(() -> Asker.stranger(
                        address, null, request.organization() + "\n" + EmailMatch.spelling(request.name())));
    }

    private static Asker asker(String address, PasswordAccount account) {
        return account.known()
                ? Asker.known(address, account.organizationId(), account.userId())
                : Asker.stranger(
                        address, account.organizationId(), account.userId().toString());
    }

    static Network network(PasswordSignIn request) {
        return Network.of(request.origin().address());
    }
}
