package dev.roster.web;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;

/** A form is not one that this service has shown to the browser that sends it. */
final class FormRefused extends RosterException {
    private final boolean outdated;

    /**
     * A refusal.
     *
     * @param outdated whether a page of this service has sent it, as the browser says, with the token of before: of two first
     *     pages that a browser opens at once, the cookie of one stays
     */
    FormRefused(boolean outdated) {
        super(ErrorCode.FORBIDDEN);
        this.outdated = outdated;
    }

    boolean isOutdated() {
        return outdated;
    }
}
