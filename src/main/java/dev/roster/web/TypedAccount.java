package dev.roster.web;

import dev.roster.api.oauth2.Form;
import dev.roster.platform.validation.CanonicalText;

/**
 * Whom somebody types into a form. Keyboards of phones put blanks around words and begin them with a capital: neither is part
 * of what is meant.
 *
 * @param organization the name; the first one where none was typed
 * @param name the username or the e-mail address
 */
record TypedAccount(String organization, String name) {

    static TypedAccount of(Form form) {
        return new TypedAccount(
                organization(form.get("organization").orElse(SignInPage.DEFAULT_ORGANIZATION)),
                form.get("name").orElse("").strip());
    }

    static String organization(String typed) {
        return CanonicalText.fold(typed.strip());
    }
}
