package dev.roster.access.grant;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged service. */
@QuarkusIntegrationTest
class ConsentsIT extends ConsentsTest {}
