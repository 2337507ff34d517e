package dev.roster.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class AccountPagesIT extends AccountPagesTest {}
