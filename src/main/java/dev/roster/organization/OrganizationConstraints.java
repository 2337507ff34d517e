package dev.roster.organization;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Constraints;
import jakarta.inject.Singleton;
import java.util.Map;

/** What is unique about an organization in its installation. */
@Singleton
class OrganizationConstraints implements Constraints {
    static final String NAME = "organizations_name_key";

    @Override
    public Map<String, ErrorCode> meanings() {
        return Map.of(NAME, ErrorCode.ORGANIZATION_NAME_TAKEN);
    }
}
