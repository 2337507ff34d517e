package dev.roster.operation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AnswerHeadersIT extends AnswerHeadersTest {}
