package dev.roster.web;

import dev.roster.caller.Scope;
import java.util.List;

/**
 * What an application asks for, as its person reads it.
 *
 * @param meaning in the language of the page
 */
public record ScopeRow(String name, String meaning) {

    static List<ScopeRow> of(List<String> scopes, Language language) {
        ScopeMessages messages = language.messages(ScopeMessages.class);
        return scopes.stream()
                .map(name -> new ScopeRow(name, text(name, messages)))
                .toList();
    }

    private static String text(String scope, ScopeMessages messages) {
        return switch (scope) {
            case Scope.OPENID -> messages.openid();
            case Scope.PROFILE -> messages.profile();
            case Scope.EMAIL -> messages.email();
            case Scope.GROUPS -> messages.groups();
            case Scope.USERS_READ -> messages.users_read();
            case Scope.USERS_WRITE -> messages.users_write();
            case Scope.GROUPS_READ -> messages.groups_read();
            case Scope.GROUPS_WRITE -> messages.groups_write();
            case Scope.INVITES_WRITE -> messages.invites_write();
            case Scope.SESSIONS_WRITE -> messages.sessions_write();
            case Scope.CLIENTS_WRITE -> messages.clients_write();
            case Scope.AUDIT_READ -> messages.audit_read();
            case Scope.SELF_WRITE -> messages.self_write();
            default -> scope;
        };
    }
}
