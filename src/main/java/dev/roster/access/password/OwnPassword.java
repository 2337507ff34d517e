package dev.roster.access.password;

import dev.roster.caller.Caller;
import dev.roster.platform.http.Network;
import dev.roster.user.Asker;
import dev.roster.user.PasswordCheck;
import dev.roster.user.Passwords;
import dev.roster.user.Proof;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks the password of who is signed in; a wrong one counts as at sign-in. */
@ApplicationScoped
class OwnPassword implements PasswordCheck {
    private final PasswordFailures failures;
    private final KnownNetworks networks;
    private final SignInFailures recorded;
    private final Passwords passwords;

    OwnPassword(PasswordFailures failures, KnownNetworks networks, SignInFailures recorded, Passwords passwords) {
        this.failures = failures;
        this.networks = networks;
        this.recorded = recorded;
        this.passwords = passwords;
    }

    @Override
    public Uni<Boolean> isPassword(Caller caller, String passwordHash, Proof proof) {
        return guessed(caller, proof).chain(guessed -> failures.requireOpen(guessed)
                .chain(() -> passwords.matches(proof.password(), passwordHash, Asker.caller(caller)))
                .call(right -> right
                        ? failures.succeed(guessed)
                        : failures.count(guessed, proof.password()).chain(() -> recorded.add(caller))));
    }

    /** Where somebody has signed in lately, guesses from elsewhere do not hinder it, as at its sign-in. */
    private Uni<Guessed> guessed(Caller caller, Proof proof) {
        Network network = Network.of(proof.ipAddress());
        return networks.knows(caller.organizationId(), caller.userId(), network)
                .map(known -> Guessed.account(caller.organizationId(), caller.userId(), network, known));
    }
}
