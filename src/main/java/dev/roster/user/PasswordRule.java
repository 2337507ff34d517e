package dev.roster.user;

/** What a new password must keep, so that pages can say it in the language of who chooses one. */
public enum PasswordRule {
    LENGTH("must be " + PasswordRule.MIN + " to " + PasswordRule.MAX + " characters"),
    TEXT("must be Unicode text without broken surrogates"),
    UNCOMMON("must not be one of the most common passwords"),
    MORE_THAN_NAMES("must be more than a name, an e-mail address, the organization or the service");

    /** Characters that it has at least. */
    public static final int MIN = 8;

    /** Characters that it has at most: room for a sentence; what is longer is an attempt to make hashing expensive. */
    public static final int MAX = 128;

    private final String text;

    PasswordRule(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    PasswordRefused broken() {
        return new PasswordRefused(this);
    }
}
