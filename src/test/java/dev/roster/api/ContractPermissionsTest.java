package dev.roster.api;

import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what in every contract: each operation by every role and by administrators whose token
 * is narrowed to one scope.
 */
@QuarkusTest
class ContractPermissionsTest {
    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest(name = "{0} {1} {2} with {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                                                    roles            users   groups  inv ses cli slf sys
#                                                                                    adm mem vie no   rea wri rea wri wri wri wri wri
# Roster
Bearer  | GET    | /api/v1/users                                   | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | POST   | /api/v1/users                                   | name          | 201 403 403 401  403 201 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/users/{user}                            | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{user}                            | display_name  | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{user}                            | role          | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{user}                            | status        | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{self}                            | display_name  | 200 200 403 401  403 200 403 403 403 403 403 200 403
Bearer  | PATCH  | /api/v1/users/{self}                            | role          | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{self}                            | status        | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{user}/profile                    | full_name     | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/users/{self}/profile                    | full_name     | 200 200 403 401  403 200 403 403 403 403 403 200 403
Bearer  | PUT    | /api/v1/users/{user}/groups                     | set_groups    | 200 403 403 401  403 403 403 200 403 403 403 403 403
Bearer  | PUT    | /api/v1/users/{self}/groups                     | set_groups    | 200 403 403 401  403 403 403 200 403 403 403 403 403
Bearer  | DELETE | /api/v1/users/{user}                            | none          | 204 403 403 401  403 204 403 403 403 403 403 403 403
Bearer  | DELETE | /api/v1/users/{self}                            | none          | 204 403 403 401  403 204 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/users/me                                | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/users/me/settings                       | none          | 200 200 200 401  200 403 403 403 403 403 403 200 403
Bearer  | PATCH  | /api/v1/users/me/settings                       | theme         | 200 200 200 401  403 403 403 403 403 403 403 200 403
Bearer  | DELETE | /api/v1/users/me/sessions                       | none          | 204 204 204 401  403 403 403 403 403 204 403 204 403
Bearer  | GET    | /api/v1/users/me/sessions                       | none          | 200 200 200 401  403 403 403 403 403 200 403 200 403
Bearer  | GET    | /api/v1/users/{user}/sessions                   | none          | 200 403 403 401  403 403 403 403 403 200 403 403 403
Bearer  | DELETE | /api/v1/users/{user}/sessions                   | none          | 204 403 403 401  403 403 403 403 403 204 403 403 403
Bearer  | GET    | /api/v1/groups                                  | none          | 200 200 200 401  403 403 200 403 403 403 403 403 403
Bearer  | POST   | /api/v1/groups                                  | name          | 201 403 403 401  403 403 403 201 403 403 403 403 403
Bearer  | GET    | /api/v1/groups/{group}                          | none          | 200 200 200 401  403 403 200 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/groups/{group}                          | display_name  | 200 403 403 401  403 403 403 200 403 403 403 403 403
Bearer  | DELETE | /api/v1/groups/{group}                          | none          | 204 403 403 401  403 403 403 204 403 403 403 403 403
Bearer  | GET    | /api/v1/service-accounts                        | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | POST   | /api/v1/service-accounts                        | name          | 201 403 403 401  403 403 403 403 403 403 201 403 403
Bearer  | GET    | /api/v1/service-accounts/{bot}                  | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | PATCH  | /api/v1/service-accounts/{bot}                  | display_name  | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | PATCH  | /api/v1/service-accounts/{bot}                  | role          | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | PUT    | /api/v1/service-accounts/{bot}/groups           | set_groups    | 200 403 403 401  403 403 403 200 403 403 403 403 403
Bearer  | POST   | /api/v1/service-accounts/{bot}/token            | empty         | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | DELETE | /api/v1/service-accounts/{bot}                  | none          | 204 403 403 401  403 403 403 403 403 403 204 403 403
Bearer  | GET    | /api/v1/service-accounts/{bot}/secrets          | none          | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | POST   | /api/v1/service-accounts/{bot}/secrets          | name          | 201 403 403 401  403 403 403 403 403 403 201 403 403
Bearer  | DELETE | /api/v1/service-accounts/{bot}/secrets/{secret} | none          | 204 403 403 401  403 403 403 403 403 403 204 403 403
Bearer  | GET    | /api/v1/api-keys                                | none          | 200 200 200 401  403 403 403 403 403 403 200 200 403
Bearer  | GET    | /api/v1/api-keys?owner={self}                   | none          | 200 200 200 401  403 403 403 403 403 403 200 200 403
Bearer  | GET    | /api/v1/api-keys?owner={user}                   | none          | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | GET    | /api/v1/api-keys?all=true                       | none          | 200 403 403 401  403 403 403 403 403 403 200 403 403
Bearer  | POST   | /api/v1/api-keys                                | name          | 201 201 201 401  403 403 403 403 403 403 201 201 403
# A token with clients:write only has no scope to give to a member
Bearer  | POST   | /api/v1/api-keys                                | owner         | 201 403 403 401  403 403 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/api-keys/{key}                          | none          | 200 404 404 401  403 403 403 403 403 403 200 404 403
Bearer  | DELETE | /api/v1/api-keys/{key}                          | none          | 204 404 404 401  403 403 403 403 403 403 204 404 403
Bearer  | GET    | /api/v1/api-keys/{own key}                      | none          | 200 200 200 401  403 403 403 403 403 403 200 200 403
Bearer  | DELETE | /api/v1/api-keys/{own key}                      | none          | 204 204 204 401  403 403 403 403 403 403 204 204 403
Bearer  | GET    | /api/v1/organizations                           | none          | 403 403 403 401  403 403 403 403 403 403 403 403 200
Bearer  | POST   | /api/v1/organizations                           | name          | 403 403 403 401  403 403 403 403 403 403 403 403 201
# Invites
Bearer  | GET    | /api/v1/invites                                 | none          | 200 403 403 401  403 403 403 403 200 403 403 403 403
Bearer  | POST   | /api/v1/invites                                 | invite        | 201 403 403 401  403 403 403 403 201 403 403 403 403
Bearer  | GET    | /api/v1/invites/{invite}                        | none          | 200 403 403 401  403 403 403 403 200 403 403 403 403
Bearer  | POST   | /api/v1/invites/{invite}/resend                 | none          | 200 403 403 401  403 403 403 403 200 403 403 403 403
Bearer  | DELETE | /api/v1/invites/{invite}                        | none          | 204 403 403 401  403 403 403 403 204 403 403 403 403
# Kubiya
UserKey | GET    | /api/v1/users                                   | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v2/users                                   | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/{email}                           | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/current                           | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/self                              | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/me                                | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/users/membership/{user id}              | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
UserKey | GET    | /api/v1/manage/groups                           | none          | 200 200 200 401  403 403 200 403 403 403 403 403 403
UserKey | POST   | /api/v1/users/groups/{group id}                 | email         | 200 403 403 401  403 403 403 200 403 403 403 403 403
UserKey | POST   | /api/v1/users/invite                            | invite        | 200 403 403 401  403 403 403 403 200 403 403 403 403
UserKey | POST   | /api/v1/users/system_invite                     | invite        | 200 403 403 401  403 403 403 403 200 403 403 403 403
UserKey | DELETE | /api/v1/users/{email}                           | none          | 200 403 403 401  403 200 403 403 403 403 403 403 403
# ZenML Pro
Bearer  | GET    | /auth/api_token                                 | none          | 200 200 200 401  200 200 200 200 200 200 200 200 200
Bearer  | GET    | /users                                          | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | GET    | /users/me                                       | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | GET    | /users/authorize_server?server_id={user id}     | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | PATCH  | /users/{user id}                                | company       | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /users/{user id}                                | is_active     | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /users/{user id}                                | password      | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | PATCH  | /users/{self id}                                | company       | 200 200 403 401  403 200 403 403 403 403 403 200 403
Bearer  | PATCH  | /users/{self id}                                | password      | 200 200 403 401  403 200 403 403 403 403 403 200 403
Bearer  | PATCH  | /users/{self id}                                | is_active     | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | DELETE | /users/{user id}                                | none          | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | DELETE | /users/{self id}                                | none          | 200 403 403 401  403 200 403 403 403 403 403 403 403
# Decube
Bearer  | GET    | /api/v1/app/user?id={user id}                   | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/app/user?email={email}                  | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | GET    | /api/v1/app/users                               | none          | 200 200 200 401  200 403 403 403 403 403 403 403 403
Bearer  | POST   | /api/v1/app/user                                | person        | 201 403 403 401  403 201 403 403 403 403 403 403 403
Bearer  | DELETE | /api/v1/app/user?email={email}                  | none          | 200 403 403 401  403 200 403 403 403 403 403 403 403
Bearer  | DELETE | /api/v1/app/user                                | email         | 200 403 403 401  403 200 403 403 403 403 403 403 403
""")
    void whenRowIsOfTheOwnOrganization(
            String scheme, String method, String path, String body, String statuses) {
        new PermissionMatrix(organization, organization)
                .check(scheme, method, path, body, statuses);
    }
}
