package dev.roster.api.kubiya;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class KubiyaContractIT extends KubiyaContractTest {}
