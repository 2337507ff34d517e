package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.RecordText;
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

    // Of Active Directory, where they are persons too
    private static final Set<String> NOBODY = Set.of("computer", "contact");

    // The first part of a distinguished name (RFC 4514), and what is escaped in it: bytes of UTF-8, or one character
    private static final Pattern CN =
            Pattern.compile("cn=([^,+\\\\]*+(?:\\\\.[^,+\\\\]*+)*+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPED = Pattern.compile("((?:\\\\\\p{XDigit}{2})+)|\\\\(.)");

    // Of a GUID of Active Directory
    private static final int GUID_BYTES = 16;

    private LdifEntries() {}

    static ObjectNode line(JsonNode entry, FormatOptions options) {
        Set<String> classes = Fields.texts("objectclass", entry.path("objectclass"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (classes.isEmpty()) {
            throw RosterException.invalid("objectclass", "is required: it tells persons from other entries");
        }
        if (classes.stream().noneMatch(PERSONS::contains)
                || classes.stream().anyMatch(NOBODY::contains)
                || LdifStatus.isTrust(entry)) {
            return null;
        }
        String fullName =
                Fields.first(first(entry, "cn"), Fields.joined(first(entry, "givenname"), first(entry, "sn")));
        return who(entry)
                .set("external_id", id(entry))
                .set("full_name", fullName)
                .displayName(first(entry, "displayname"), fullName)
                .set("job_title", first(entry, "title"))
                .set("company", first(entry, "o"))
                .set("status", LdifStatus.of(entry, options.now()))
                .groups(groups(entry, options.allGroups()))
                .set("password_hash", options.hashes() ? LdifHash.of(entry) : null)
                .line();
    }

    static Fields who(JsonNode entry) {
        return new Fields()
                .set("name", first(entry, "uid"), first(entry, "samaccountname"))
                .set("email_address", first(entry, "mail"));
    }

    /**
     * What no other entry has, because the directory makes it: FreeIPA, 389, RFC 4530, Active Directory. Where a server has
     * several, that which it gives unasked, or has always had, is first: a file with more attributes is about the same persons. A
     * number that people give out, as of employees, may be that of two accounts.
     */
    private static String id(JsonNode entry) {
        return Fields.first(
                first(entry, "ipauniqueid"),
                first(entry, "nsuniqueid"),
                first(entry, "entryuuid"),
                guid(entry.path("objectguid").path(0)));
    }

    /** In hex, also where its bytes happen to be a text. */
    private static String guid(JsonNode value) {
        byte[] bytes = value instanceof BinaryNode binary
                ? binary.binaryValue()
                : value.asText().getBytes(StandardCharsets.UTF_8);
        return value.isBinary() || bytes.length == GUID_BYTES ? HexFormat.of().formatHex(bytes) : value.asText();
    }

    /** The first value of an attribute; null where there is none. */
    static String first(JsonNode entry, String attribute) {
        JsonNode value = entry.path(attribute).path(0);
        if (value.isBinary()) {
            throw RosterException.invalid(attribute, "must be UTF-8");
        }
        return value.isMissingNode() ? null : value.asText();
    }

    private static JsonNode groups(JsonNode entry, boolean all) {
        if (!entry.has("memberof") && !all) {
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
            return RecordText.decoded(bytes);
        } catch (CharacterCodingException wrong) {
            throw RosterException.invalid("memberof", "must be UTF-8");
        }
    }
}
