package dev.roster.invite;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged application. */
@QuarkusIntegrationTest
class InviteTokenReachIT extends InviteTokenReachTest {}
