package dev.roster.api.kubiya;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of who answers below {@code /api/v1/users}. */
class KubiyaPathsTest {
    @ParameterizedTest(name = "{1} {0}")
    @CsvSource({
        // path, scheme, Kubiya's, moved to
        "/api/v1/users, UserKey, true, /-/kubiya/users",
        "/api/v1/users/, UserKey, true, /-/kubiya/users/",
        "/api/v1/users, userkey, true, /-/kubiya/users",
        "/api/v1/users, Bearer, false,",
        "/api/v1/users, '', false,",
        "/api/v1/users, Basic, false,",
        "/api/v1/users/a%40b.de, UserKey, true, /-/kubiya/users/a%40b.de",
        "/api/v1/users;a=b/me;c, UserKey, true, /-/kubiya/users/me",
        "/api/v1/users/a%2Fb, UserKey, true, /-/kubiya/users/a%2Fb",
        "/api/v1/users/a%40b.de, Bearer, false,",
        "/api/v1/users/me, UserKey, true, /-/kubiya/users/me",
        "/api/v1/users/me, Bearer, false,",
        "/api/v1/users/export, UserKey, false,",
        "/api/v1/users/import, userkey, false,",
        "/api/v1/users/exports, UserKey, true, /-/kubiya/users/exports",
        "/api/v1/users/current, UserKey, true, /-/kubiya/users/current",
        "/api/v1/users/current, Bearer, true, /-/kubiya/users/current",
        "/api/v1/users/self, Bearer, true, /-/kubiya/users/self",
        "/api/v1/users/invite, Bearer, true, /-/kubiya/users/invite",
        "/api/v1/users/system_invite, '', true, /-/kubiya/users/system_invite",
        "/api/v1/users/groups/x, UserKey, true, /-/kubiya/users/groups/x",
        "/api/v1/users/groups/x, Bearer, true, /-/kubiya/users/groups/x",
        "/api/v1/users/membership/x, Bearer, true, /-/kubiya/users/membership/x",
        "/api/v1/users/groups, Bearer, false,",
        "/api/v1/users/a/groups, UserKey, false,",
        "/api/v1/users/a/profile, UserKey, false,",
        "/api/v1/users/me/settings, UserKey, false,",
        "/api/v1/users/me/sessions, UserKey, false,",
        "/api/v1/usersx, UserKey, false,",
        "/api/v1/service-accounts, UserKey, false,",
        "/api/v1/groups, UserKey, false,",
        "/api/v2/users, UserKey, true,",
        "/api/v2/users, Bearer, true,",
        "/api/v1/manage/groups, Bearer, true,",
        "/users, UserKey, false,",
        "/api/v1/app/users, UserKey, false,",
    })
    void rule(String path, String scheme, boolean served, String target) {
        assertEquals(served, KubiyaPaths.serves(path, scheme));
        assertEquals(target, KubiyaPaths.target(path, scheme).orElse(null));
    }
}
