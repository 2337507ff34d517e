package dev.roster.access.federation;

import dev.roster.access.token.LinkToken;
import dev.roster.platform.validation.Word;
import java.util.UUID;

/** Nobody is signed in through another issuer; the message is for the log alone, and has nothing of the issuer in it. */
public final class SignInRefused extends RuntimeException {
    /** Why not, as far as a person can do something about it. */
    public enum Reason implements Word {
        /** It was begun too long ago, in another browser or never, or is done already. */
        UNKNOWN_ATTEMPT,
        /** The person did not agree there. */
        CANCELLED,
        /** The issuer does not answer. */
        UNAVAILABLE,
        /** The issuer answers in a way that proves nothing. */
        WRONG_ANSWER,
        /** The issuer gives the person no role here. */
        NO_ROLE,
        /** The person has no account here, or none that is active. */
        NO_ACCOUNT,
        /** The issuer does not say that the address of an invite is the person's. */
        OTHER_ADDRESS,
        /** The person has an account here already. */
        HAS_ACCOUNT
    }

    /** What a person goes to an issuer for. */
    public enum Purpose {
        SIGN_IN,
        /** To accept an invite. */
        INVITE,
        /** To go over there from a password. */
        LINK;

        static Purpose of(LinkToken invite, UUID userId) {
            return invite != null ? INVITE : userId != null ? LINK : SIGN_IN;
        }
    }

    private final Reason reason;
    private final String path;
    private final Purpose purpose;

    public SignInRefused(Reason reason, String message) {
        this(reason, message, "", Purpose.SIGN_IN);
    }

    private SignInRefused(Reason reason, String message, String path, Purpose purpose) {
        super(message, null, false, false);
        this.reason = reason;
        this.path = path;
        this.purpose = purpose;
    }

    /** The same, where it is known what was wanted. */
    SignInRefused of(SignInAttempt attempt) {
        return of(attempt.path(), Purpose.of(attempt.invite(), attempt.userId()));
    }

    /** The same, before there is an attempt. */
    SignInRefused of(BeginSignIn begin) {
        return of(begin.path(), Purpose.of(begin.invite(), begin.userId()));
    }

    private SignInRefused of(String wantedPath, Purpose wanted) {
        return new SignInRefused(reason, getMessage(), wantedPath, wanted);
    }

    /** Where the person wanted to go on; empty where that is not known. */
    public String path() {
        return path;
    }

    /** What was wanted, as far as that is known. */
    public Purpose purpose() {
        return purpose;
    }

    public Reason reason() {
        return reason;
    }
}
