package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.ref.WeakReference;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * An object of JSON as the database keeps it: text until somebody looks into it, and again when nobody does any more. What
 * is made of the text takes up to twenty times as much, so that a hundred rows of it should not be there at once.
 */
final class StoredJson extends AbstractMap<String, Object> {
    private final String text;
    private volatile WeakReference<Map<String, Object>> read = new WeakReference<>(null);

    StoredJson(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    private Map<String, Object> read() {
        Map<String, Object> values = read.get();
        if (values == null) {
            try {
                values = JsonColumns.OBJECTS.readValue(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what is stored can be read", e);
            }
            read = new WeakReference<>(values);
        }
        return values;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return read().entrySet();
    }

    @Override
    public Set<String> keySet() {
        return read().keySet();
    }

    @Override
    public Object get(Object key) {
        return read().get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return read().containsKey(key);
    }

    @Override
    public boolean isEmpty() {
        return text.equals("{}");
    }

    @Override
    public boolean equals(Object other) {
        return (other instanceof StoredJson stored && stored.text.equals(text)) || read().equals(other);
    }

    @Override
    public int hashCode() {
        return read().hashCode();
    }
}
