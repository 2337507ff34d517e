package dev.roster.api.zenml;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class ZenmlTokensContractIT extends ZenmlTokensContractTest {}
