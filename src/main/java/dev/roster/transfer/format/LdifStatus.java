package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Whether a directory lets somebody in: 389 and FreeIPA, OpenLDAP, Active Directory, eDirectory, OpenDJ. */
final class LdifStatus {
    private static final List<String> SWITCHES = List.of("nsaccountlock", "logindisabled", "ds-pwp-account-disabled");

    // Of OpenLDAP's password policy: locked until an administrator unlocks it
    private static final String FOR_EVER = "000001010000Z";

    // Of userAccountControl: what is disabled; and what is of another domain, a computer or a domain controller
    private static final int DISABLED = 0x2;
    private static final int TRUSTED = 0x800 | 0x1000 | 0x2000;

    // Active Directory counts tenths of microseconds since 1601, and writes never as 0 or as the greatest number
    private static final long FIRST_SECOND = -11_644_473_600L;
    private static final long OF_A_SECOND = 10_000_000;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private LdifStatus() {}

    /** The status; null where nothing is said of it. */
    static String of(JsonNode entry, Instant now) {
        List<String> switches = SWITCHES.stream()
                .map(name -> Fields.first(LdifEntries.first(entry, name)))
                .filter(Objects::nonNull)
                .toList();
        boolean off = switches.stream().anyMatch(word -> !word.equalsIgnoreCase("false"))
                || FOR_EVER.equals(LdifEntries.first(entry, "pwdaccountlockedtime"))
                || has(entry, DISABLED)
                || isExpired(entry, now);
        if (off) {
            return Fields.OFF;
        }
        // What is absent where nobody is locked out tells of nobody that he is let in
        return switches.isEmpty() && number(entry, "useraccountcontrol") == null ? null : Fields.ON;
    }

    /** Whether it is an account that no person has, although it is one of Active Directory. */
    static boolean isTrust(JsonNode entry) {
        return has(entry, TRUSTED);
    }

    private static boolean has(JsonNode entry, int flags) {
        Long control = number(entry, "useraccountcontrol");
        return control != null && (control & flags) != 0;
    }

    private static boolean isExpired(JsonNode entry, Instant now) {
        Long expires = number(entry, "accountexpires");
        return expires != null
                && expires > 0
                && Instant.ofEpochSecond(FIRST_SECOND + expires / OF_A_SECOND).isBefore(now);
    }

    /** The greatest of all has a digit more, and is none here. */
    private static Long number(JsonNode entry, String attribute) {
        String number = LdifEntries.first(entry, attribute);
        return number != null && NUMBER.matcher(number).matches() ? Long.valueOf(number) : null;
    }
}
