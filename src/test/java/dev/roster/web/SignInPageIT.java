package dev.roster.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class SignInPageIT extends SignInPageTest {}
