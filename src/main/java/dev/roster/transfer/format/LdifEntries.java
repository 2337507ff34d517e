package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Persons of a directory (RFC 4519, RFC 2798); other entries are none. */
final class LdifEntries {
    private static final Set<String> PERSONS =
            Set.of("person", "inetorgperson", "organizationalperson", "posixaccount", "user");

    // Of Active Directory, where it is a person too
    private static final String COMPUTER = "computer";

    // The first part of a distinguished name (RFC 4514), and what is escaped in it: bytes of UTF-8, or one character
    private static final Pattern CN =
            Pattern.compile("cn=([^,+\\\\]*+(?:\\\\.[^,+\\\\]*+)*+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPED = Pattern.compile("((?:\\\\\\p{XDigit}{2})+)|\\\\(.)");

    // Locked until an administrator unlocks it
    private static final String FOR_EVER = "000001010000Z";

    // ADS_UF_ACCOUNTDISABLE
    private static final int DISABLED = 2;

    private LdifEntries() {}

    static ObjectNode line(JsonNode entry) {
        Set<String> classes = Fields.texts("objectclass", entry.path("objectclass"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (classes.contains(COMPUTER) || classes.stream().noneMatch(PERSONS::contains)) {
            return null;
        }
        String fullName =
                Fields.first(first(entry, "cn"), Fields.joined(first(entry, "givenname"), first(entry, "sn")));
        return who(entry)
                .set("external_id", first(entry, "entryuuid"), first(entry, "employeenumber"))
                .set("full_name", fullName)
                .displayName(first(entry, "displayname"), fullName)
                .set("job_title", first(entry, "title"))
                .set("company", first(entry, "o"))
                .set("status", isOff(entry) ? Fields.OFF : null)
                .groups(groups(entry))
                .set("password_hash", hash(entry))
                .line();
    }

    static Fields who(JsonNode entry) {
        return new Fields()
                .set("name", first(entry, "uid"), first(entry, "samaccountname"))
                .set("email_address", first(entry, "mail"));
    }

    /** Whether its directory lets nobody in with it: 389, OpenLDAP's password policy, Active Directory. */
    private static boolean isOff(JsonNode entry) {
        String control = first(entry, "useraccountcontrol");
        return "true".equalsIgnoreCase(first(entry, "nsaccountlock"))
                || FOR_EVER.equals(first(entry, "pwdaccountlockedtime"))
                || (control != null && control.matches("\\d{1,9}") && (Integer.parseInt(control) & DISABLED) != 0);
    }

    private static String first(JsonNode entry, String attribute) {
        JsonNode value = entry.path(attribute).path(0);
        if (value.isBinary()) {
            throw RosterException.invalid(attribute, "must be UTF-8");
        }
        return value.isMissingNode() ? null : value.asText();
    }

    private static JsonNode groups(JsonNode entry) {
        if (!entry.has("memberof")) {
            return entry.path("memberof");
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        Fields.texts("memberof", entry.path("memberof"))
                .map(CN::matcher)
                .filter(Matcher::matches)
                .forEach(name -> names.add(unescaped(name.group(1))));
        return names;
    }

    private static String unescaped(String value) {
        return ESCAPED.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group(2)
                                : decoded(HexFormat.of().parseHex(found.group(1).replace("\\", "")))));
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw RosterException.invalid("memberof", "must be UTF-8");
        }
    }

    /** Directories write {CRYPT} before hashes that are known by themselves. */
    private static String hash(JsonNode entry) {
        String password = first(entry, "userpassword");
        if (password == null) {
            return null;
        }
        return password.regionMatches(true, 0, "{CRYPT}", 0, "{CRYPT}".length())
                ? password.substring("{CRYPT}".length())
                : password;
    }
}
