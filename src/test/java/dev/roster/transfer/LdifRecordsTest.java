package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of a directory, in pieces of any length. */
@Beside
class LdifRecordsTest {

    /** A group of thousands is an entry as any other, and no error of the file. */
    @Test
    void whenAnEntryIsLongByWhatSaysNothingOfAPersonThenReadWithoutIt() {
        String file = "dn: cn=all\nobjectClass: groupOfNames\n" + "member: uid=a,ou=people\n".repeat(20_000)
                + "cn: all\n\ndn: cn=range\nMEMBER;range=0-1499: x" + "\n y".repeat(200_000)
                + "\nuid: r\n\ndn: uid=a\nuid: a\njpegPhoto:: AAAA" + ("\n " + "A".repeat(76)).repeat(4_000)
                + "\nmail: a\n"
                + "userCertificate;binary:: " + "A".repeat(300_000) + "\r\nmemberOf: cn=all\nsn: a";
        for (int length : new int[] {1, 7, 4096, file.length()}) {
            assertEquals(
                    List.of(
                            "1 {\"dn\":[\"cn=all\"],\"objectclass\":[\"groupOfNames\"],\"cn\":[\"all\"]}",
                            "20005 {\"dn\":[\"cn=range\"],\"uid\":[\"r\"]}",
                            "220009 {\"dn\":[\"uid=a\"],\"uid\":[\"a\"],\"mail\":[\"a\"],\"memberof\":[\"cn=all\"],\"sn\":[\"a\"]}"),
                    read(file, length));
        }
    }

    /** Whatever is at the end of the file is of an entry. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dn: a;description: x; y;  z;#member: c;mem: b                     | {"dn":["a"],"description":["xy z"],"mem":["b"]}
            dn: a;member: x; y;sn: b; c                                       | {"dn":["a"],"sn":["bc"]}
            dn: a;member                                                      | line must be an attribute with its value (RFC 2849).
            dn: a;anattributewithalongname-0123456789: b                      | {"dn":["a"],"anattributewithalongname-0123456789":["b"]}
            dn: a;member: x; y;;dn: b; c                                      | {"dn":["a"]} {"dn":["bc"]}
            """)
    void whenALineIsPassedOverThenWhatGoesOnWithItToo(String file, String records) {
        for (int length = 1; length < 20; length++) {
            String read =
                    String.join(" ", read(file.replace(';', '\n'), length)).replaceAll("\\d+ (?=\\{|line)", "");
            assertEquals(records, read);
        }
    }

    @Test
    void whenWhatIsLeftIsTooLongThenRefused() {
        List<String> read = read("dn: a\ndescription: " + "x".repeat(300_000) + "\n\ndn: b\n\n", 1000);
        assertTrue(read.get(0).startsWith("1 line must be at most"), read.get(0));
        assertEquals("4 {\"dn\":[\"b\"]}", read.get(1));
    }

    private static List<String> read(String text, int length) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        List<String> read = new ArrayList<>();
        LdifRecords records = new LdifRecords();
        for (int from = 0; from < file.length; from += length) {
            records.take(
                    Arrays.copyOfRange(file, from, Math.min(file.length, from + length)),
                    found -> read.add(text(found)));
        }
        records.end(found -> read.add(text(found)));
        return read;
    }

    private static String text(SourceRecord found) {
        return found.line() + " "
                + (found.json() == null
                        ? found.refusal().getMessage().replace(":", "")
                        : found.json().toString());
    }
}
