/** The Users API of Kubiya: translation only. */
@Contract(
        name = "Kubiya",
        description =
                "The Users API of Kubiya. It shares `/api/v1/users` with Roster v1: a path that both"
                        + " have is Kubiya's under the `UserKey` scheme and Roster's otherwise, a path"
                        + " that only one of them has is that one's under both schemes. All of its"
                        + " operations are in the document `/q/openapi-kubiya`; `/q/openapi` has those at"
                        + " paths of its own.",
        scheme = "UserKey",
        servedAt = KubiyaPaths.USERS,
        path = "/api/v1/users")
package dev.roster.api.kubiya;

import dev.roster.api.openapi.Contract;
