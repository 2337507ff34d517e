package dev.roster.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code for} of each element of a {@code Forwarded} header (RFC 7239 section 4). */
final class ForwardedHeader {
    private static final String NONE = "unknown";

    private final String text;
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /**
     * The nodes in their order, {@code unknown} where an element names none; empty where the header
     * is not well-formed, because what a caller leaves open must not swallow what a proxy appends.
     */
    static Optional<List<String>> nodes(String text) {
        return new ForwardedHeader(text).elements();
    }

    private Optional<List<String>> elements() {
        List<String> nodes = new ArrayList<>();
        String node = NONE;
        while (true) {
            skipBlanks();
            int begin = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            String name = text.substring(begin, at);
            if (!name.isEmpty()) {
                Optional<String> value = next('=') ? value() : Optional.empty();
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                node = name.equalsIgnoreCase("for") ? value.get() : node;
            }
            skipBlanks();
            if (next(';')) {
                continue;
            }
            nodes.add(node);
            node = NONE;
            if (at == text.length()) {
                return Optional.of(nodes);
            }
            if (!next(',')) {
                return Optional.empty();
            }
        }
    }

    private Optional<String> value() {
        if (!next('"')) {
            int begin = at;
            // Addresses with ports are often written without the quotes that they need
            while (at < text.length() && ";, \t\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return at == begin ? Optional.empty() : Optional.of(text.substring(begin, at));
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && ++at == text.length()) {
                return Optional.empty();
            }
            value.append(text.charAt(at++));
        }
        return next('"') ? Optional.of(value.toString()) : Optional.empty();
    }

    private boolean next(char expected) {
        boolean found = at < text.length() && text.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isToken(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
