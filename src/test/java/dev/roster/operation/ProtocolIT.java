package dev.roster.operation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ProtocolIT extends ProtocolTest {}
