package dev.roster.api.v1;

/**
 * How an account is opened again.
 *
 * @param keepGroups whether it stays in its groups; absent means no
 */
public record ReactivateUserBody(Boolean keepGroups) {
    static boolean keepsGroups(ReactivateUserBody body) {
        return body != null && Boolean.TRUE.equals(body.keepGroups);
    }
}
