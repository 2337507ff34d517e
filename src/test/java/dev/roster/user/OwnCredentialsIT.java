package dev.roster.user;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class OwnCredentialsIT extends OwnCredentialsTest {}
