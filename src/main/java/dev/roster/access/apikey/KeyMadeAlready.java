package dev.roster.access.apikey;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;

/** There is a key of the wanted id: the same wish has come twice, as by a second click. */
public final class KeyMadeAlready extends RosterException {
    KeyMadeAlready() {
        super(ErrorCode.CONFLICT);
    }
}
