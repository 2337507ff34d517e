package dev.roster.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application. */
@QuarkusIntegrationTest
class OrganizationReturnIT extends OrganizationReturnTest {}
