package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.roster.platform.error.RosterException;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the entries of an LDIF file (RFC 2849) as objects of the values of each attribute, whose names are in lower case.
 * A line is where an entry begins. Changes other than additions are refused; what ldapsearch writes beside the entries is
 * passed over, but for a result that tells that there are more.
 */
public final class LdifRecords implements RecordReader {
    // What ldapsearch says at the end of what it has found, or where more of it is
    private static final Set<String> REMARKS =
            Set.of("search", "result", "ref", "text", "matcheddn", "control", "pagedresults");

    private static final String RESULT = "result";

    private final EntryText entry = new EntryText();
    private long line = 1;
    private long begin = 1;
    private boolean empty = true;
    private boolean ended = true;

    @Override
    public void take(byte[] piece, Consumer<SourceRecord> records) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != '\n') {
                empty = empty && piece[i] == '\r';
                continue;
            }
            entry.add(piece, start, i + 1);
            start = i + 1;
            line++;
            if (empty) {
                give(records);
            }
            empty = true;
        }
        entry.add(piece, start, piece.length);
        ended = piece.length == 0 ? ended : start == piece.length;
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        give(records);
    }

    /** Each line has an end (RFC 2849): without one, the value of the last may be a part, and other entries may miss. */
    @Override
    public boolean isCut() {
        return !ended;
    }

    private void give(Consumer<SourceRecord> records) {
        long from = begin;
        begin = line;
        if (entry.isTooLong()) {
            entry.take();
            records.accept(RecordText.tooLong(from));
            return;
        }
        byte[] bytes = RecordText.bare(entry.take(), from == 1);
        try {
            ObjectNode read = read(RecordText.decoded(bytes));
            if (read.has("dn")) {
                records.accept(new SourceRecord(from, bytes.length, read, null));
            } else if (!read.has("version")) {
                requireRemark(read);
            }
        } catch (CharacterCodingException wrong) {
            records.accept(SourceRecord.refused(from, "must be UTF-8"));
        } catch (RosterException refusal) {
            records.accept(SourceRecord.refused(from, refusal));
        }
    }

    private static void requireRemark(ObjectNode read) {
        if (!read.properties().stream().allMatch(line -> REMARKS.contains(line.getKey()))) {
            throw RosterException.invalid("dn", "must be the first line of an entry (RFC 2849)");
        }
        String result = read.path(RESULT).path(0).asText("0");
        if (!result.matches("0\\b.*")) {
            throw RosterException.invalid(RESULT, "must be 0: the directory has not given all that it was asked for");
        }
    }

    private static ObjectNode read(String text) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        // A line that begins with a space goes on with the one before
        String unfolded = text.replace("\r\n", "\n").replace("\n ", "");
        unfolded.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> add(entry, line));
        String change = entry.path("changetype").path(0).asText("add");
        if (!change.equals("add")) {
            throw RosterException.invalid("changetype", "must be add");
        }
        return entry;
    }

    private static void add(ObjectNode entry, String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw RosterException.invalid("line", "must be an attribute with its value (RFC 2849)");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1);
        // What is of another language, or somewhere else, is passed over
        if (name.indexOf(';') < 0 && !value.startsWith("<")) {
            ArrayNode values = entry.get(name) instanceof ArrayNode present ? present : entry.putArray(name);
            values.add(value.startsWith(":") ? decoded(value) : TextNode.valueOf(value.stripLeading()));
        }
    }

    /** A text, or bytes such as those of a picture. */
    private static JsonNode decoded(String value) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(value.substring(1).strip());
        } catch (IllegalArgumentException wrong) {
            throw RosterException.invalid("line", "must be Base64 behind two colons");
        }
        try {
            return TextNode.valueOf(RecordText.decoded(bytes));
        } catch (CharacterCodingException noText) {
            return BinaryNode.valueOf(bytes);
        }
    }
}
