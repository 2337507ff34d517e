package dev.roster.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Takes out of what a request accepts each media type of weight nothing (RFC 9110 section 12.4.2), also where a wider range
 * has it (section 12.5.1): the matching of resources takes such a type for wanted.
 */
@Singleton
class UnwantedTypes {
    // Behind the headers that every answer has, before whatever chooses by this one
    private static final int FIRST = Integer.MIN_VALUE + 1;

    /** What a range may stand for here; what a request names itself is looked for besides. */
    private static final List<String> TYPES =
            List.of("application/json", "application/x-ndjson", "text/csv", "text/html", "text/plain");

    // No resource has it, so that each says what it has
    private static final String NONE = "none/none";

    private static final Pattern UNWANTED =
            Pattern.compile(";\\s*+q\\s*+=\\s*+0(\\.0*+)?\\s*+(?=[;,]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTHING = Pattern.compile("0(\\.0*+)?");

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(UnwantedTypes::takeOut);
    }

    private static void takeOut(RoutingContext http) {
        MultiMap headers = http.request().headers();
        if (headers.contains(HttpHeaders.ACCEPT)) {
            String accepted = String.join(",", headers.getAll(HttpHeaders.ACCEPT));
            if (UNWANTED.matcher(accepted).find()) {
                headers.set(HttpHeaders.ACCEPT, wanted(accepted));
            }
        }
        http.next();
    }

    /** The types that are left of a list of ranges, each with its weight. */
    static String wanted(String accepted) {
        Map<String, String> weights = new HashMap<>();
        Set<String> types = new LinkedHashSet<>();
        for (String range : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            weights.putIfAbsent(type, weight(parts));
            if (type.indexOf('*') < 0) {
                types.add(type);
            }
        }
        types.addAll(TYPES);
        StringJoiner wanted = new StringJoiner(",").setEmptyValue(NONE);
        for (String type : types) {
            String weight = weight(type, weights);
            if (!NOTHING.matcher(weight).matches()) {
                wanted.add(type + ";q=" + weight);
            }
        }
        return wanted.toString();
    }

    private static String weight(String[] parts) {
        for (String part : parts) {
            String parameter = part.replaceAll("\\s", "");
            if (parameter.startsWith("q=")) {
                return parameter.substring("q=".length());
            }
        }
        return "1";
    }

    /** That of the narrowest range which has the type; nothing where none has. */
    private static String weight(String type, Map<String, String> weights) {
        String any = weights.getOrDefault("*/*", "0");
        String kind = type.substring(0, type.indexOf('/') + 1) + "*";
        return weights.getOrDefault(type, weights.getOrDefault(kind, any));
    }
}
