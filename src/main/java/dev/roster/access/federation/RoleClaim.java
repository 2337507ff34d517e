package dev.roster.access.federation;

import dev.roster.caller.Role;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;

/**
 * Where a token says which role its account has.
 *
 * @param path names of claims; dots lead into objects
 */
record RoleClaim(String path) {

    /** The highest role among the values; empty where there is none. */
    Optional<Role> read(JwtClaims claims) {
        // A claim whose own name has dots, such as a URL, comes first
        Object value = claims.getClaimValue(path);
        if (value == null) {
            value = claims.getClaimsMap();
            for (String name : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(name) : null;
            }
        }
        Collection<?> values = value instanceof Collection<?> list ? list : List.of(text(value));
        return values.stream()
                .map(RoleClaim::text)
                .map(Role::of)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private static String text(Object value) {
        return value instanceof String text ? text : "";
    }
}
