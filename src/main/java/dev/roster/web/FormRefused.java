package dev.roster.web;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;

/** A form is not one that this service has shown to the browser that sends it. */
final class FormRefused extends RosterException {
    private static final long serialVersionUID = 1L;

    FormRefused() {
        super(ErrorCode.FORBIDDEN);
    }
}
