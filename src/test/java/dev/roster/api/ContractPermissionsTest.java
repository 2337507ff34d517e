package dev.roster.api;

import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what in Kubiya, ZenML Pro, Decube and with invites. */
@QuarkusTest
class ContractPermissionsTest {
    private final TestOrganization organization = TestOrganization.create();
    private final PermissionMatrix matrix = new PermissionMatrix(organization, organization);

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/users                                | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v2/users                                | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/{email}                        | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/current                        | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/self                           | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/me                             | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/membership/{user}              | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/manage/groups                        | none      | 200 200 200 401  403 403 200 403 403 403 403 403 403
POST   | /api/v1/users/groups/{group}                 | email     | 200 403 403 401  403 403 403 200 403 403 403 403 403
POST   | /api/v1/users/invite                         | invite    | 200 403 403 401  403 403 403 403 200 403 403 403 403
POST   | /api/v1/users/system_invite                  | invite    | 200 403 403 401  403 403 403 403 200 403 403 403 403
DELETE | /api/v1/users/{email}                        | none      | 200 403 403 401  403 200 403 403 403 403 403 403 403
""")
    void kubiya(String method, String path, String body, String statuses) {
        matrix.check("UserKey", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /users                                       | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /users/me                                    | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /users/authorize_server?server_id={user}     | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
PATCH  | /users/{user}                                | company   | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /users/{user}                                | is_active | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /users/{user}                                | password  | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /users/{self}                                | company   | 200 200 403 401  403 200 403 403 403 403 403 200 403
PATCH  | /users/{self}                                | password  | 200 200 403 401  403 200 403 403 403 403 403 200 403
PATCH  | /users/{self}                                | is_active | 200 403 403 401  403 200 403 403 403 403 403 403 403
DELETE | /users/{user}                                | none      | 200 403 403 401  403 200 403 403 403 403 403 403 403
DELETE | /users/{self}                                | none      | 200 403 403 401  403 200 403 403 403 403 403 403 403
""")
    void zenml(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/app/user?id={user}                   | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/app/user?email={email}               | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/app/users                            | none      | 200 200 200 401  200 403 403 403 403 403 403 403 403
POST   | /api/v1/app/user                             | person    | 201 403 403 401  403 201 403 403 403 403 403 403 403
DELETE | /api/v1/app/user?email={email}               | none      | 200 403 403 401  403 200 403 403 403 403 403 403 403
DELETE | /api/v1/app/user                             | email     | 200 403 403 401  403 200 403 403 403 403 403 403 403
""")
    void decube(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                              roles              users   groups  inv ses cli self sys
#                                                              adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/invites                              | none      | 200 403 403 401  403 403 403 403 200 403 403 403 403
POST   | /api/v1/invites                              | invite    | 201 403 403 401  403 403 403 403 201 403 403 403 403
GET    | /api/v1/invites/{invite}                     | none      | 200 403 403 401  403 403 403 403 200 403 403 403 403
POST   | /api/v1/invites/{invite}/resend              | none      | 200 403 403 401  403 403 403 403 200 403 403 403 403
DELETE | /api/v1/invites/{invite}                     | none      | 204 403 403 401  403 403 403 403 204 403 403 403 403
""")
    void invites(String method, String path, String body, String statuses) {
        matrix.check("Bearer", method, path, body, statuses);
    }
}
