package dev.roster.mail;

/**
 * The organization that a mail comes from.
 *
 * @param name as it shows itself
 * @param support an https or mailto URL; null where it names none
 */
public record Sender(String name, String support) {
    private static final String MAILBOX = "mailto:";

    /** Where to ask for help, as it is read. */
    public String help() {
        return support != null && support.startsWith(MAILBOX) ? support.substring(MAILBOX.length()) : support;
    }
}
