/** Roster v1, which contains the users contract of Lenses HQ: translation only. */
@Contract(
        name = "Roster v1 (contains Lenses HQ)",
        description =
                "The service's own API. Clients of the Lenses HQ users API work against it unchanged:"
                        + " everything beyond that contract is additive.")
package dev.roster.api.v1;

import dev.roster.api.openapi.Contract;
