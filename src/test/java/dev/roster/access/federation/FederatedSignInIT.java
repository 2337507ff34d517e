package dev.roster.access.federation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class FederatedSignInIT extends FederatedSignInTest {}
