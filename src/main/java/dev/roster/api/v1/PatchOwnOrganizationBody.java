package dev.roster.api.v1;

import dev.roster.organization.PatchOrganization;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;

/**
 * A change of the caller's organization; an absent or null field stays as it is.
 *
 * @param supportUrl where its people find help, https or mailto; empty takes it away
 * @param logo a PNG in base64; empty takes it away
 */
public record PatchOwnOrganizationBody(
        @Text(max = 150) String displayName, @Storable String supportUrl, String logo) {
    PatchOrganization toPatch() {
        return new PatchOrganization(displayName, supportUrl, logo);
    }
}
