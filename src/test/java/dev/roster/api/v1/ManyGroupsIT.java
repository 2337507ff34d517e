package dev.roster.api.v1;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class ManyGroupsIT extends ManyGroupsTest {}
