package dev.roster.access.apikey;

/** An API key that was just made, the only time that the key itself is known. */
public record NewApiKey(ApiKeyView view, String key) {

    @Override
    public String toString() {
        return "NewApiKey[" + view.id() + "]"; // a key must not end in a log
    }
}
