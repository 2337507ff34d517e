package dev.roster.access.token;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class TokenHerdIT extends TokenHerdTest {}
