package dev.roster.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes out of what a request accepts each media type of weight nothing (RFC 9110 section 12.4.2), also where a wider range
 * has it (section 12.5.1): the matching of resources takes such a type for wanted, and what is empty in the
 * list (section 5.6.1.2) for a type that it does not have. All else stays as it came.
 */
@Singleton
class UnwantedTypes {
    /** What resources answer with: what a range stands for where it has one of them that is not wanted. */
    static final List<String> TYPES =
            List.of("application/json", "application/x-ndjson", "application/jwk-set+json", "text/csv");

    // No resource has it, so that each says what it has
    private static final String NONE = "none/none";

    private static final Pattern UNWANTED =
            Pattern.compile(";\\s*+q\\s*+=\\s*+0(\\.0*+)?\\s*+(?=[;,]|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern EMPTY = Pattern.compile("(?:^|,)\\s*+(?:,|$)");

    void register(@Observes Router router) {
        router.route().order(RouteOrder.TYPES).handler(UnwantedTypes::takeOut);
    }

    private static void takeOut(RoutingContext http) {
        MultiMap headers = http.request().headers();
        if (headers.contains(HttpHeaders.ACCEPT)) {
            String accepted = String.join(",", headers.getAll(HttpHeaders.ACCEPT));
            if (accepted.replace(',', ' ').isBlank()) {
                headers.remove(HttpHeaders.ACCEPT);
            } else if (UNWANTED.matcher(accepted).find()
                    || EMPTY.matcher(accepted).find()) {
                headers.set(HttpHeaders.ACCEPT, wanted(accepted));
            }
        }
        http.next();
    }

    /** What is left of a list of ranges. */
    private static String wanted(String accepted) {
        Set<String> named = new HashSet<>();
        Set<String> unwanted = new HashSet<>();
        List<String> ranges = new ArrayList<>();
        for (String element : accepted.split(",", -1)) {
            String range = element.strip();
            if (UNWANTED.matcher(range).find()) {
                // With a parameter of its own it is narrower than what there is
                if (range.indexOf(';') == range.lastIndexOf(';')) {
                    unwanted.add(RequestBody.mediaType(range));
                }
            } else if (!range.isEmpty()) {
                named.add(RequestBody.mediaType(range));
                ranges.add(range);
            }
        }
        StringJoiner wanted = new StringJoiner(",").setEmptyValue(NONE);
        for (String range : ranges) {
            within(range, named, unwanted).forEach(wanted::add);
        }
        return wanted.toString();
    }

    /** The range, or what of it is wanted where not all of it is. */
    private static List<String> within(String range, Set<String> named, Set<String> unwanted) {
        String type = RequestBody.mediaType(range);
        Predicate<String> isOf = known -> type.equals("*/*") || type.equals(any(known));
        Predicate<String> isUnwanted = known -> !named.contains(known)
                && (unwanted.contains(known) || (unwanted.contains(any(known)) && !type.equals(any(known))));
        if (TYPES.stream().noneMatch(isOf.and(isUnwanted))) {
            return List.of(range);
        }
        String weight = range.substring(type.length());
        return TYPES.stream()
                .filter(isOf.and(isUnwanted.negate()))
                .map(known -> known + weight)
                .toList();
    }

    private static String any(String type) {
        return type.substring(0, type.indexOf('/') + 1) + "*";
    }
}
