package dev.roster.api.v1;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application. */
@QuarkusIntegrationTest
class ReactivationContractIT extends ReactivationContractTest {}
