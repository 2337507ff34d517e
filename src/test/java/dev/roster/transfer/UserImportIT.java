package dev.roster.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class UserImportIT extends UserImportTest {}
