package dev.roster.oauth;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class TokenEndpointIT extends TokenEndpointTest {}
