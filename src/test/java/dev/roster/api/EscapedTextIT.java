package dev.roster.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class EscapedTextIT extends EscapedTextTest {}
