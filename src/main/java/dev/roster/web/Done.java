package dev.roster.web;

import dev.roster.platform.validation.Word;

/** What a form has done, as the page after it says. */
enum Done implements Word {
    PASSWORD,
    PASSWORD_AND_KEYS,
    /** Nobody was signed in any more, as after a second click on a form that was taken. */
    PASSWORD_BEFORE,
    NAMES,
    ADDRESS,
    ADDRESS_ASKED,
    SESSION,
    OTHER_SESSIONS,
    KEY,
    CONSENT,
    /** Nobody was signed in, as after a second click on the form that has accepted it. */
    INVITE,
    SIGNED_OUT;

    String text(Language language) {
        DoneMessages done = language.messages(DoneMessages.class);
        return switch (this) {
            case PASSWORD -> language.accountMessages().password_changed() + ".";
            case PASSWORD_AND_KEYS -> done.password_and_keys();
            case PASSWORD_BEFORE -> done.password_before();
            case NAMES -> done.names_saved();
            case ADDRESS -> done.address_saved();
            case ADDRESS_ASKED -> done.address_asked();
            case SESSION -> done.session_ended();
            case OTHER_SESSIONS -> done.other_sessions_ended();
            case KEY -> done.key_ended();
            case CONSENT -> done.consent_withdrawn();
            case INVITE -> done.invite_accepted();
            case SIGNED_OUT -> done.signed_out();
        };
    }
}
