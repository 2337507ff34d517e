package dev.roster.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged service. */
@QuarkusIntegrationTest
class ImportedPasswordsIT extends ImportedPasswordsTest {}
