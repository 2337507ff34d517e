package dev.roster.access.reset;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged service. */
@QuarkusIntegrationTest
class PasswordResetIT extends PasswordResetTest {}
