package dev.roster.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lines that no log may have: secret or personal ones, and those that tell of a request that was answered twice. */
public final class SuspiciousLines {
    private static final Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}");
    private static final Pattern SECRET = Pattern.compile("\\brst_[A-Za-z0-9_-]{8,}");
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}");
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password|client_secret)[\"']?\\s*[:=]\\s*[\"']?[^\\s\"',*]{4,}");
    private static final Pattern TWICE =
            Pattern.compile("(?i)response (has already been written|head already sent)|already been ended");

    private static final int SOME = 20;

    private SuspiciousLines() {}

    /**
     * The first ones in a log.
     *
     * @param meant those that are to be there
     */
    public static List<String> in(Path log, Predicate<String> meant) throws IOException {
        // Each byte is a character: a process that was killed may leave half a one
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(SuspiciousLines::isSuspicious)
                    .filter(meant.negate())
                    .limit(SOME)
                    .toList();
        }
    }

    private static boolean isSuspicious(String line) {
        return Stream.of(TOKEN, SECRET, EMAIL, PASSWORD, TWICE)
                .anyMatch(pattern -> pattern.matcher(line).find());
    }
}
