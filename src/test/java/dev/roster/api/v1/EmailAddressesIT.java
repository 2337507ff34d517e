package dev.roster.api.v1;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EmailAddressesIT extends EmailAddressesTest {}
