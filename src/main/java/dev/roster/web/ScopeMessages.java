package dev.roster.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What scopes mean to the person who is asked for them, in English; other languages stand in {@code messages/}. */
@MessageBundle(value = "scope", locale = "en")
public interface ScopeMessages {
    @Message("Know that it is you")
    String openid();

    @Message("See your name and picture")
    String profile();

    @Message("See your e-mail address")
    String email();

    @Message("See which groups you are in")
    String groups();

    @Message("See the people and service accounts of the organization")
    String users_read();

    @Message("Create, change and remove people")
    String users_write();

    @Message("See the groups of the organization")
    String groups_read();

    @Message("Create, change and remove groups, and who is in them")
    String groups_write();

    @Message("Invite people")
    String invites_write();

    @Message("Sign people out")
    String sessions_write();

    @Message("Create, change and remove service accounts, keys and applications")
    String clients_write();

    @Message("See what happened in the organization, and who did it")
    String audit_read();

    @Message("Change your own account, settings and sessions")
    String self_write();
}
