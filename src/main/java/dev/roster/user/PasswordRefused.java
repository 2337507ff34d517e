package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;

/** A new password is not taken. */
public final class PasswordRefused extends RosterException {
    private final PasswordRule rule;

    PasswordRefused(PasswordRule rule) {
        super(ErrorCode.INVALID_REQUEST, new FieldError("password", rule.text()));
        this.rule = rule;
    }

    /** What it does not keep. */
    public PasswordRule rule() {
        return rule;
    }
}
