package dev.roster.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class InvitePageIT extends InvitePageTest {}
