package dev.roster.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class WithdrawnConsentIT extends WithdrawnConsentTest {}
