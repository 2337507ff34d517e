package dev.roster.invite;

import dev.roster.access.federation.FederatedPerson;
import dev.roster.access.federation.SignInRefused;
import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.platform.http.Origin;
import dev.roster.platform.validation.EmailKey;

/** An invited person whom an issuer knows, and who needs no password here. */
public record AcceptInviteBy(FederatedPerson person, Origin origin) {

    /** Refuses another than the invited one: the issuer has to have proven the address that was invited. */
    void requireAddress(String invited) {
        boolean same = person.email() != null && EmailKey.of(person.email()).equals(EmailKey.of(invited));
        if (!same) {
            throw new SignInRefused(Reason.OTHER_ADDRESS, "the invited address is not one that the issuer has proven");
        }
    }
}
