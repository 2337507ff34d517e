package dev.roster.organization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an organization shows itself: by the API, and on the pages of its people. */
@QuarkusTest
@Tag("packaged")
class OrganizationSettingsTest {
    private static final String PATH = "/api/v1/organization";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenChangedThenEverybodyReadsItAndPagesShowIt() {
        String invite = invite();
        given().get(invite).then().body(not(containsString("<img"))).body(not(containsString(">Help</a>")));
        patch(Map.of(
                        "display_name",
                        "Acme <Corp>",
                        "support_url",
                        "https://help.example.com/?a=1&b=2",
                        "logo",
                        base64(png(64, 32))))
                .then()
                .statusCode(200);
        Response read = as(Role.VIEWER).get(PATH);
        read.then()
                .statusCode(200)
                .body("id", equalTo(organization.id().toString()))
                .body("name", equalTo(organization.name()))
                .body("display_name", equalTo("Acme <Corp>"))
                .body("support_url", equalTo("https://help.example.com/?a=1&b=2"));
        String logo = read.path("logo_path");
        given().get(invite)
                .then()
                .body(containsString("<img src=\"" + logo + "\" alt=\"\""))
                .body(containsString("Acme &lt;Corp&gt;"))
                .body(containsString("<a href=\"https://help.example.com/?a=1&amp;b=2\">Help</a>"));
        patch(Map.of("support_url", "", "logo", "")).then().statusCode(200);
        as(Role.VIEWER)
                .get(PATH)
                .then()
                .body("display_name", equalTo("Acme <Corp>"))
                .body("support_url", nullValue())
                .body("logo_path", nullValue());
        given().get(logo).then().statusCode(404);
        given().get(invite).then().body(not(containsString("<img")));
    }

    @Test
    void whenALogoIsSetThenItIsServedAsAPictureAndNothingElse() {
        byte[] picture = png(200, 60);
        String first = patch(Map.of("logo", base64(picture))).path("logo_path");
        Response served = given().get(first);
        assertEquals(200, served.statusCode());
        assertEquals("image/png", served.contentType());
        assertEquals("nosniff", served.header("X-Content-Type-Options"));
        assertEquals("default-src 'none'; frame-ancestors 'none'", served.header("Content-Security-Policy"));
        assertEquals("public, max-age=31536000, immutable", served.header("Cache-Control"));
        assertArrayEquals(picture, served.asByteArray());
        String second = patch(Map.of("logo", base64(png(10, 10)))).path("logo_path");
        assertFalse(first.equals(second));
        given().get(first).then().statusCode(404);
        given().get(second.replace(
                        organization.id().toString(), UUID.randomUUID().toString()))
                .then()
                .statusCode(404);
        given().get("/logos/x/" + "0".repeat(32) + ".png").then().statusCode(404);
        Database.execute("UPDATE organizations SET status = 'deactivated' WHERE id = ?", organization.id());
        given().get(second).then().statusCode(404);
    }

    @Test
    void whenTheLogoIsAnythingElseThenRefused() {
        byte[] picture = png(20, 20);
        byte[] broken = picture.clone();
        broken[20] ^= 1;
        byte[] behind = Arrays.copyOf(picture, picture.length + 8);
        byte[] text = withChunk(picture, "tEXt", "Comment\0<script>".getBytes(StandardCharsets.ISO_8859_1));
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        byte[] large = withChunk(picture, "tRNS", new byte[64 * 1024]);
        byte[] head = Arrays.copyOf(picture, picture.length - 12);
        for (byte[] refused : new byte[][] {broken, behind, text, svg, large, head, png(1025, 1), {1}}) {
            patch(Map.of("logo", base64(refused)))
                    .then()
                    .statusCode(400)
                    .body("invalid_fields[0]", equalTo("logo"))
                    .body(containsString("must be a PNG"));
        }
        patch(Map.of("logo", "no base64!")).then().statusCode(400).body(containsString("must be base64"));
        as(Role.VIEWER).get(PATH).then().body("logo_path", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "http://help.example.com",
                "https://",
                "https://user@example.com/",
                "//example.com",
                "help",
                "mailto:nobody",
                "data:text/html,x"
            })
    void whenTheAddressForHelpIsNoneThenRefused(String url) {
        patch(Map.of("support_url", url))
                .then()
                .statusCode(400)
                .body("invalid_fields[0]", containsString("support_url"));
    }

    /** The answer could not be written, behind a change that was made. */
    @Test
    void whenATextHasHalfACharacterThenRefusedAndNothingIsChanged() {
        for (String field : new String[] {"display_name", "support_url", "logo"}) {
            as(Role.ADMIN)
                    .body("{\"" + field + "\": \"https://a.example/\\ud800x\"}")
                    .patch(PATH)
                    .then()
                    .statusCode(400)
                    .body("invalid_fields[0]", containsString(field));
        }
        as(Role.VIEWER).get(PATH).then().body("support_url", nullValue());
    }

    @Test
    void whenNothingIsChangedThenNothingIsRecordedAndAnotherVersionIsRefused() {
        String tag = as(Role.ADMIN).get(PATH).header("ETag");
        as(Role.VIEWER).header("If-None-Match", tag).get(PATH).then().statusCode(304);
        patch(Map.of("display_name", "Test", "support_url", "mailto:help@example.com"))
                .then()
                .statusCode(200);
        patch(Map.of("display_name", "Test")).then().statusCode(200);
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'organization.changed'",
                        organization.id()));
        as(Role.ADMIN)
                .header("If-Match", tag)
                .body(Map.of("display_name", "Late"))
                .patch(PATH)
                .then()
                .statusCode(412);
        patch(Map.of("display_name", ""))
                .then()
                .statusCode(400)
                .body("invalid_fields[0]", containsString("display_name"));
        assertTrue(as(Role.ADMIN).get(PATH).asString().contains("mailto:help@example.com"));
    }

    private String invite() {
        String link = as(Role.ADMIN)
                .body(Map.of("email", "ada@example.org", "role", "member"))
                .post("/api/v1/invites")
                .path("invite_link");
        return link.substring(link.indexOf("/invite?"), link.indexOf('#'));
    }

    private Response patch(Map<String, String> change) {
        return as(Role.ADMIN).body(change).patch(PATH);
    }

    private RequestSpecification as(Role role) {
        return given().auth().preemptive().oauth2(organization.token(role)).contentType(ContentType.JSON);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A chunk before the last one. */
    private static byte[] withChunk(byte[] picture, String type, byte[] content) {
        int end = picture.length - 12;
        byte[] typed = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(typed);
        return ByteBuffer.allocate(picture.length + 12 + content.length)
                .put(picture, 0, end)
                .putInt(content.length)
                .put(typed)
                .putInt((int) sum.getValue())
                .put(picture, end, 12)
                .array();
    }

    private static byte[] png(int width, int height) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
