package dev.roster.group;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Constraints;
import jakarta.inject.Singleton;
import java.util.Map;

/** What is unique about a group in its organization. */
@Singleton
class GroupConstraints implements Constraints {
    @Override
    public Map<String, ErrorCode> meanings() {
        return Map.of("groups_name_key", ErrorCode.GROUP_NAME_TAKEN);
    }
}
