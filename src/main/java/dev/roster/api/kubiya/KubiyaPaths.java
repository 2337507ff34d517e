package dev.roster.api.kubiya;

import dev.roster.platform.http.MatrixParameters;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests Kubiya's contract answers. It shares {@code /api/v1/users} with Roster v1:
 *
 * <ul>
 *   <li>a path that both have is Kubiya's under the {@code UserKey} scheme and Roster's otherwise;
 *   <li>a path that only one of them has is that one's under every scheme.
 * </ul>
 *
 * JAX-RS cannot tell two resources of one path apart by a header, so {@link KubiyaRouting} moves
 * Kubiya's requests below {@code /api/v1/users} to a path of their own.
 */
final class KubiyaPaths {
    /** Where resources of this contract stand that clients know as {@code /api/v1/users}. */
    static final String USERS = "/-/kubiya/users";

    static final String USERS_V2 = "/api/v2/users";
    static final String GROUPS = "/api/v1/manage/groups";

    private static final String PUBLIC = "/api/v1/users";
    private static final String SCHEME = "UserKey";
    // Names that no user can have, so that Roster v1 has nothing at these paths.
    private static final Set<String> OWN = Set.of("current", "self", "invite", "system_invite");
    // Names of the same kind, under which Kubiya's contract has nothing
    private static final Set<String> OF_ROSTER = Set.of("import", "export");
    private static final Set<String> OWN_WITH_ID = Set.of("groups", "membership");

    private KubiyaPaths() {}

    /** Whether a request is answered in this contract. */
    static boolean serves(String path, String scheme) {
        return path.equals(USERS_V2)
                || path.equals(GROUPS)
                || target(path, scheme).isPresent();
    }

    /** The template of a route as clients know it; empty where it is no route of this contract. */
    static Optional<String> route(String template) {
        if (isInternal(template)) {
            return Optional.of(PUBLIC + template.substring(USERS.length()));
        }
        return serves(template, "") ? Optional.of(template) : Optional.empty();
    }

    /** The path of the resource that answers a request; empty where it stays where it is. */
    static Optional<String> target(String path, String scheme) {
        String matched = MatrixParameters.without(path);
        return isMoved(matched, scheme) ? Optional.of(USERS + matched.substring(PUBLIC.length())) : Optional.empty();
    }

    /** Whether a path is the one of a resource, which clients must not see. */
    static boolean isInternal(String path) {
        String matched = MatrixParameters.without(path);
        return matched.equals(USERS) || matched.startsWith(USERS + "/");
    }

    private static boolean isMoved(String path, String scheme) {
        if (!path.equals(PUBLIC) && !path.startsWith(PUBLIC + "/")) {
            return false;
        }
        String[] below = MatrixParameters.place(path.substring(PUBLIC.length())).split("/", -1);
        return switch (below.length) {
            case 1 -> isUserKey(scheme);
            case 2 -> OWN.contains(below[1]) || (isUserKey(scheme) && !OF_ROSTER.contains(below[1]));
            case 3 -> OWN_WITH_ID.contains(below[1]);
            default -> false;
        };
    }

    private static boolean isUserKey(String scheme) {
        return SCHEME.equalsIgnoreCase(scheme);
    }
}
