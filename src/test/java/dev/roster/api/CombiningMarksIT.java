package dev.roster.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CombiningMarksIT extends CombiningMarksTest {}
