package dev.roster.api.decube;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class DecubeErrorsIT extends DecubeErrorsTest {}
