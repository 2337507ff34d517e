package dev.roster.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** The language of a page: the first one that the browser asks for and the pages have (RFC 4647 section 3.4). */
enum Language {
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN);

    // Browsers send a dozen at most
    private static final int LONGEST = 500;

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    static Language of(RoutingContext request) {
        String wanted = request.request().getHeader("Accept-Language");
        if (wanted == null || wanted.length() > LONGEST) {
            return ENGLISH;
        }
        try {
            List<Locale> known = List.of(ENGLISH.locale, GERMAN.locale);
            Locale found = Locale.lookup(Locale.LanguageRange.parse(wanted), known);
            return GERMAN.locale.equals(found) ? GERMAN : ENGLISH;
        } catch (RuntimeException malformed) { // of any kind: the parser of the JDK lets its own mistakes out
            return ENGLISH;
        }
    }

    String tag() {
        return locale.toLanguageTag();
    }

    Messages messages() {
        return messages(Messages.class);
    }

    /** Those about one's own account. */
    AccountMessages accountMessages() {
        return messages(AccountMessages.class);
    }

    <T> T messages(Class<T> bundle) {
        return this == ENGLISH ? MessageBundles.get(bundle) : MessageBundles.get(bundle, Localized.Literal.of(tag()));
    }
}
