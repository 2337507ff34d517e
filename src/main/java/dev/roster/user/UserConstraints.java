package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Constraints;
import jakarta.inject.Singleton;
import java.util.Map;

/** What is unique about an account in its organization. */
@Singleton
class UserConstraints implements Constraints {
    static final String USERNAME = "users_username_key";
    static final String EMAIL = "users_email_key";

    @Override
    public Map<String, ErrorCode> meanings() {
        return Map.of(USERNAME, ErrorCode.NAME_TAKEN, EMAIL, ErrorCode.EMAIL_TAKEN);
    }
}
