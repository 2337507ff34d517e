package dev.roster.access.federation;

import dev.roster.access.federation.TrustedIssuerSettings.Entry;
import dev.roster.caller.Role;
import dev.roster.platform.database.MigrationSettings;
import dev.roster.platform.settings.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What has to be said of an issuer that is trusted. */
final class TrustedIssuerRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    // RFC 6749 appendix A
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]{1,500}");
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");

    private static final int LONGEST_NAME = 60; // of a button

    private final Rules rules;
    private final String prefix;
    private final Entry entry;

    private TrustedIssuerRules(Rules rules, String prefix, Entry entry) {
        this.rules = rules;
        this.prefix = prefix;
        this.entry = entry;
    }

    /** What the variables of an issuer begin with. */
    static String prefix(String name) {
        return "ROSTER_TRUSTED_ISSUERS__" + name.replace('-', '_').toUpperCase(Locale.ROOT) + "__";
    }

    static void check(Rules rules, Map<String, Entry> issuers) {
        Set<String> identifiers = new HashSet<>();
        issuers.forEach((name, entry) -> {
            String prefix = prefix(name);
            rules.require(NAME.matcher(name).matches(), prefix + "… must have a name of a-z, 0-9 and -");
            rules.require(identifiers.add(entry.issuer()), prefix + "ISSUER is the identifier of another one");
            new TrustedIssuerRules(rules, prefix, entry).check();
        });
    }

    private void check() {
        checkIssuer();
        checkKeys();
        checkRole();
        boolean isPair = entry.clientId().isPresent() == entry.clientSecret().isPresent();
        // A process that only migrates has the settings of those that serve, and no use for their secrets
        rules.compare(
                MigrationSettings.class,
                start -> require(
                        isPair || !start.serves(),
                        "CLIENT_ID and " + prefix + "CLIENT_SECRET must be set, or neither"));
        entry.clientId().ifPresent(this::checkClient);
    }

    private void checkIssuer() {
        require(!entry.issuer().isBlank(), "ISSUER must not be blank");
        require(!entry.audience().orElse("any").isBlank(), "AUDIENCE must not be blank");
        require(
                entry.audience().isPresent() || entry.clientId().isPresent(),
                "AUDIENCE or " + prefix + "CLIENT_ID must be set");
        require(!entry.organization().isBlank(), "ORGANIZATION must not be blank");
        boolean readsMetadata = entry.clientId().isPresent()
                || (entry.jwksUrl().isEmpty() && entry.jwksFile().isEmpty());
        require(
                !readsMetadata || entry.issuer().isBlank() || TrustedIssuer.isSafe(entry.issuer()),
                "ISSUER must be an https URL, as its metadata is read there; http is for this machine only");
    }

    private void checkKeys() {
        require(
                entry.jwksUrl().isEmpty() || entry.jwksFile().isEmpty(),
                "JWKS_URL and " + prefix + "JWKS_FILE must not both be set");
        require(
                entry.jwksUrl().map(TrustedIssuer::isSafe).orElse(true),
                "JWKS_URL must be an https URL; http is for this machine only");
    }

    private void checkRole() {
        require(
                entry.roleClaim().isPresent() != entry.role().isPresent(),
                "ROLE_CLAIM or " + prefix + "ROLE must be set, and not both");
        require(
                entry.role().map(role -> Role.of(role).isPresent()).orElse(true),
                "ROLE must be admin, member or viewer");
    }

    private void checkClient(String clientId) {
        require(VISIBLE.matcher(clientId).matches(), "CLIENT_ID must be 1 to 500 ASCII characters");
        require(
                entry.clientSecret().map(VISIBLE.asMatchPredicate()::test).orElse(true),
                "CLIENT_SECRET must be 1 to 500 ASCII characters");
        String shown = entry.displayName().orElse("its name");
        require(
                !shown.isBlank() && shown.length() <= LONGEST_NAME,
                "DISPLAY_NAME must be 1 to " + LONGEST_NAME + " characters");
        require(areWords(entry.scopes()), "SCOPES must be names of scopes, separated by spaces");
        require(areWords(entry.acrValues().orElse("")), "ACR_VALUES must be names, separated by spaces");
        // An identity token is for who asked for it, and never opens an API
        require(
                entry.audience().filter(clientId::equals).isEmpty(),
                "AUDIENCE and " + prefix + "CLIENT_ID must not be the same");
    }

    private static boolean areWords(String text) {
        List<String> words = ProviderClient.words(text);
        return words.stream().allMatch(word -> WORD.matcher(word).matches());
    }

    private void require(boolean condition, String rule) {
        rules.require(condition, prefix + rule);
    }
}
