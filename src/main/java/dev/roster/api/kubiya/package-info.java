/** The Users API of Kubiya: translation only. */
@Contract(
        name = "Kubiya",
        description =
                "The Users API of Kubiya. It shares `/api/v1/users` with Roster v1: a path that both"
                        + " have is Kubiya's under the `UserKey` scheme and Roster's otherwise, a path"
                        + " that only one of them has is that one's under both schemes. Paths that end in"
                        + " `#UserKey` here are shared ones under `UserKey`; the fragment is never sent.",
        scheme = "UserKey",
        servedAt = KubiyaPaths.USERS,
        path = "/api/v1/users")
package dev.roster.api.kubiya;

import dev.roster.api.openapi.Contract;
