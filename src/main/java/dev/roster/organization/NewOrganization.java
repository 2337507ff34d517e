package dev.roster.organization;

import dev.roster.access.client.NewSecret;

/** An organization that was just made, with the credentials of its administrator's client. */
public record NewOrganization(Organization organization, NewSecret client) {}
