package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The accounts that have anything of what the lines of a batch name, locked, and no entities of the session any more. */
final class KnownUsers {
    private final Map<String, User> byUsername = new HashMap<>();
    private final Map<String, User> byEmail = new HashMap<>();
    private final Map<String, User> byExternalId = new HashMap<>();

    KnownUsers(List<User> found) {
        found.forEach(this::add);
    }

    private void add(User user) {
        byUsername.put(user.usernameKey, user);
        if (user.emailKey != null) {
            byEmail.put(user.emailKey, user);
        }
        if (user.externalId != null) {
            byExternalId.put(user.externalId, user);
        }
    }

    /** The account that a line is about: that of its external id, or else that of its name, unless that has another id. */
    Optional<User> find(ImportUser line) {
        Optional<User> known = line.key().map(byExternalId::get);
        return known.isPresent() ? known : line.name().map(this::named).filter(user -> isAbout(line, user));
    }

    private static boolean isAbout(ImportUser line, User user) {
        return user.kind == UserKind.PERSON
                && (user.externalId == null || line.key().isEmpty() || user.externalId.equals(line.externalId()));
    }

    private User named(String name) {
        return byUsername.get(CanonicalText.fold(name));
    }

    /** Refuses what another account has of what an account would have; {@code name_taken} and its like. */
    void requireFree(User user) {
        requireFree(user, byUsername.get(user.usernameKey), ErrorCode.NAME_TAKEN, "username");
        for (String name : List.of(user.username, user.usernameKey)) {
            requireFree(user, EmailKey.of(name).map(byEmail::get).orElse(null), ErrorCode.NAME_TAKEN, "username");
        }
        if (user.emailKey != null) {
            String old = CanonicalText.fold(user.email);
            User ofOldKey = byEmail.get(old);
            requireFree(user, byEmail.get(user.emailKey), ErrorCode.EMAIL_TAKEN, "email");
            requireFree(user, byUsername.get(user.emailKey), ErrorCode.EMAIL_TAKEN, "email");
            requireFree(user, byUsername.get(old), ErrorCode.EMAIL_TAKEN, "email");
            if (ofOldKey != null && ofOldKey.email.equals(user.email)) {
                requireFree(user, ofOldKey, ErrorCode.EMAIL_TAKEN, "email");
            }
        }
        requireFree(user, byExternalId.get(user.externalId), ErrorCode.CONFLICT, "external_id");
    }

    private static void requireFree(User user, User other, ErrorCode code, String field) {
        if (other != null && !Objects.equals(other.id, user.id)) {
            throw RosterException.of(code, new FieldError(field, "belongs to another account"));
        }
    }
}
