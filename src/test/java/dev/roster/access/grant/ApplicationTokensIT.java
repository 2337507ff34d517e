package dev.roster.access.grant;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ApplicationTokensIT extends ApplicationTokensTest {}
