package dev.roster.organization;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged service. */
@QuarkusIntegrationTest
class OrganizationSettingsIT extends OrganizationSettingsTest {}
