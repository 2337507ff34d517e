package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hashes of other systems. Made with argon2-cffi 25, bcrypt 4.0, passlib 1.7, Python's hashlib and pycryptodome: the
 * password is "correct hörse".
 */
@QuarkusTest
@Tag("packaged")
class ImportedPasswordsTest {
    private static final String PASSWORD = "correct hörse";
    private static final String SHA = "{SHA}rJD/5olTxW7AqKHZorModWn6ltY=";

    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2i$v=19$m=8192,t=2,p=2$MAX/goVI2f0+SpuGhnr39g$zTZgWuRFBmeD9zg0XkQMR0Mai3zc8/8ibozxYBqRnSY",
                "$argon2d$v=19$m=8192,t=2,p=2$TxgbCswo22+4W/CZ2CmStw$mtJVKmcPvzqi2Fv4wZ3Ln6O80etaNfUHDwPFbqzHJr8",
                "$argon2id$v=19$m=8192,t=2,p=2$NypqIrRle2/J8d1SeWSdHQ$tLK+TQ6p8xlGC1i2gqIPPytrzrOTW4C7FZ2wh9gn05Q",
                "$argon2i$v=16$m=8192,t=2,p=1$c2FsdHNhbHQ$orHpcZxSHfG9mbS8teeguRmELW5/JL4DM7j89R54ZMM",
                "$2a$04$Er9WVq7k1/cc1Q.g7ew30OenFFn1nslorTZ0bwoL3q1Oe6u/wmtOK",
                "$2b$04$ZbbcJ0wFrAxIqxlUOpG2R.gARVTWY3TRa9r8DhgJalg272JCVyd2S",
                "$2y$04$gwRk1XDb.zSGuCTv42sE.OHmrmhkwVa7ImSx8kW60lMKPNZIL43ri",
                "$pbkdf2-sha256$1000$IUTo3bt3Tql1DkGIcQ6hNA$dfQ6dUV4T.hyOmK7/xF.ewk0TTFj/y5JtTVWtv59Njc",
                "$pbkdf2-sha512$1000$7T1nzHmPUUqJ0XpvzRnj3A$MYCE9ojZRxODeStDVEghe8cjX7aLtkq2sm7aAvh4qCzVN4maGGSouXNOAebaDCqQOjvQpBxG8ujmK1ej/dJUlg",
                "$pbkdf2$1000$09o7JwSg9F5Laa31ntNaSw$.zo7lHKh4UtQWI9G4sLBa0LimvU",
                "pbkdf2_sha256$1000$wCjuKqllQkjZ$Q1FesGzb0T+5Nk0YM9GljCLf42lMxjdhKNqzriRtYr8=",
                "pbkdf2_sha1$1000$pHwCXqujwjT7$yxpkWojH6oS7BL4NrFPdxHzZxXM=",
                "$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$rE6in6iBg1e/ycz41aM8vbCxBQcdRxWbsC/exLTkqIZPmnaNc7fmx2goG6Oi8cbLLsqDyHC0lIXFZVjAnn2ktg",
                "$scrypt$ln=10,r=8,p=1$UGqtdS6F0Joz5nxvbU0phQ$VVlH+RLNZashcdvQ3fFnRCyVErhbnodP3jCDdT733rg",
                "$scrypt$ln=10,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE",
                "{SSHA}quB+kUltJyV2Ab7Fd4gfuvSBDSKhtDbG",
                "{SHA}rJD/5olTxW7AqKHZorModWn6ltY=",
                "{SSHA256}8lDoiEf6fglNDt/O+QBbeWe+Cj3krmrFp2E1zvGWglrD2DsnRKgVAg==",
                "{SSHA512}7EUT5Kb9K4FsP72m+P67yxiG3qHoPN9LE42x+aTxBj0I/focSujuYmynOLvL1f2ZDJRVk4R8rtsGVxZkhYWhJIxxrpWSkpIy",
                "$firebase-scrypt$ln=10,r=8$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw$Cww$ZmlyZWJhc2Utc2FsdA$04GECjdhkPlP2fjNQpFxLhzak/+Ci4APu2hqju4RH8MWxN3ZqXjC7mxpuEmPVlzKHmST7EdTJ/eZCszIkw4/qg"
            })
    void whenSignedInThenTheHashIsReplaced(String hash) {
        admin().send("", line(hash))
                .assertSummary("{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':0,"
                        + "'errors':0,'next_line':2}");
        assertEquals(hash, kept());
        assertEquals(401, signIn("correct horse").statusCode());
        assertEquals(hash, kept());
        assertEquals(200, signIn(PASSWORD).statusCode());
        assertTrue(kept().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), kept());
        assertEquals(200, signIn(PASSWORD).statusCode());
        // The same file once more: the password that was used here stays, and so do its sessions
        String renewed = kept();
        admin().send("", line(hash))
                .assertSummary("{'result':'done','created':0,'updated':0,'unchanged':1,'deactivated':0,"
                        + "'errors':0,'next_line':2}");
        assertEquals(renewed, kept());
    }

    /** As some libraries make them: of the last character of the salt only two bits count, and the others are not always zero. */
    @Test
    void whenTheSaltOfABcryptIsNotWrittenAsOthersDoThenSignedIn() {
        String made = OpenBSDBCrypt.generate(PASSWORD.toCharArray(), new byte[16], 4);
        int end = made.length() - 31 - 1;
        assertEquals('.', made.charAt(end));
        String other = made.substring(0, end) + 'A' + made.substring(end + 1);
        admin().send("", line(other));
        assertEquals(other, kept());
        assertEquals(401, signIn("correct horse").statusCode());
        assertEquals(200, signIn(PASSWORD).statusCode());
    }

    /** That of the description of Firebase's own scrypt. */
    @Test
    void whenHashIsOfFirebaseThenSignedIn() {
        admin().send(
                        "",
                        line(
                                "$firebase-scrypt$ln=14,r=8$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0"
                                        + "QsEmYUSDzZvpjeJ9WmXA==$Bw==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoIt"
                                        + "z+VHjoZilo78198JAdRuid5lQ=="));
        assertEquals(401, signIn("user2password").statusCode());
        assertEquals(200, signIn("user1password").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{MD5}X03MO1qnZdYdgyfeuILPmQ==",
                "{SSHA}aaaa",
                "$1$salt$hash",
                "$2b$04$short",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$A",
                "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=5,p=16$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2b$14$nL7BNvqorCDBYaCnHlv2T.j2jqmaET2OgPLWAjj60UhAe3cHQOeiq",
                "$2b$03$nL7BNvqorCDBYaCnHlv2T.j2jqmaET2OgPLWAjj60UhAe3cHQOeiq",
                "$argon2id$v=19$m=1,t=2049,p=16$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$pbkdf2-sha512$i=650000$MDEyMzQ1Njc4OWFiY2RlZg$rE6in6iBg1e/ycz41aM8vbCxBQcdRxWbsC/exLTkqIZPmnaNc7fmx2goG6Oi8cbLLsqDyHC0lIXFZVjAnn2ktg",
                "pbkdf2_sha256$2060000$NvINKs4f0Fcm$La3u2P0UUcNwN7kq8oGAlEzjoXqEVZQBJu18ppXjCqE=",
                "pbkdf2_sha256$1030000$NvINKs4f0Fcm$La3u2P0UUcNwN7kq8oGAlEzjoXqEVZQBJu18ppXjCqEtrd7Y/RRRw3A3uSrygYCUTOOhepzqVlAEm7XymleMKoQ==",
                "pbkdf2_md5$1000$NvINKs4f0Fcm$La3u2P0UUcNwN7kq8oGAlEzjoXqEVZQBJu18ppXjCqE=",
                "$scrypt$ln=17,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE",
                "$scrypt$ln=16,r=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE",
                "$scrypt$ln=16,r=8,p=3$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE"
            })
    void whenHashIsUnknownOrCostsTooMuchThenThatIsTheErrorOfItsLine(String hash) {
        JsonPath line = JsonPath.from(admin().send("", line(hash)).line(0));
        assertEquals("error", line.getString("result"));
        assertEquals("password_hash", line.getString("error.fields[0].field"));
        assertTrue(!line.getString("error.detail").contains("$"), line.getString("error.detail"));
    }

    /** What those systems make without a setting, and the dearest that is taken. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pbkdf2-sha512$i=210000$MDEyMzQ1Njc4OWFiY2RlZg$rE6in6iBg1e/ycz41aM8vbCxBQcdRxWbsC/exLTkqIZPmnaNc7fmx2goG6Oi8cbLLsqDyHC0lIXFZVjAnn2ktg",
                "$pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$rE6in6iBg1e/ycz41aM8vbCxBQcdRxWbsC/exLTkqIZPmnaNc7fmx2goG6Oi8cbLLsqDyHC0lIXFZVjAnn2ktg",
                "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=4,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "pbkdf2_sha256$1500000$NvINKs4f0Fcm$La3u2P0UUcNwN7kq8oGAlEzjoXqEVZQBJu18ppXjCqE=",
                "$2b$10$nL7BNvqorCDBYaCnHlv2T.j2jqmaET2OgPLWAjj60UhAe3cHQOeiq",
                "$2b$13$nL7BNvqorCDBYaCnHlv2T.j2jqmaET2OgPLWAjj60UhAe3cHQOeiq",
                "$scrypt$ln=16,r=8,p=2$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE",
                "$scrypt$ln=14,r=8,p=5$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE"
            })
    void whenHashCostsWhatIsUsualThenTakenAndChecked(String hash) {
        admin().send("", line(hash))
                .assertSummary("{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':0,"
                        + "'errors':0,'next_line':2}");
        assertEquals(401, signIn(PASSWORD).statusCode());
    }

    /** It was taken once, under a rule that was looser. */
    @Test
    void whenAHashIsKeptThatIsTooDearTodayThenItsPasswordIsGood() {
        admin().send("", line(SHA));
        Database.execute(
                "UPDATE users SET password_hash = ? WHERE organization_id = ? AND username = 'mia'",
                "$argon2id$v=19$m=65536,t=8,p=1$c29tZXNhbHQ$PMyA4sDhVpHmTG86qyYNKAoj+H+7IyAbK6Su0ghQyDs",
                organization.id());
        assertEquals(200, signIn(PASSWORD).statusCode());
        assertTrue(kept().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), kept());
    }

    @Test
    void whenTheHashStaysThenAnExpiredPasswordHasExpiredStill() {
        admin().send("", "{'name':'mia','password_hash':'" + SHA + "','password_expired':true}");
        String change = "{'name':'mia','role':'viewer','password_hash':'" + SHA + "'}";
        admin().send("", change)
                .assertSummary("{'result':'done','created':0,'updated':1,'unchanged':0,'deactivated':0,"
                        + "'errors':0,'next_line':2}");
        assertEquals(true, expired());
        admin().send("", "{'name':'mia','password_hash':'{SSHA}quB+kUltJyV2Ab7Fd4gfuvSBDSKhtDbG'}");
        assertEquals(false, expired());
    }

    /** Or each file that says it would end the sessions of who has done what it asks for. */
    @Test
    void whenAPasswordWasChosenHereThenThatOfTheFileHasExpiredAndNotThisOne() {
        String file = "{'name':'mia','password_hash':'" + SHA + "','password_expired':true}";
        admin().send("", file);
        Database.execute(
                "UPDATE users SET password_hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$abc', password_expired = false"
                        + " WHERE organization_id = ? AND username = 'mia'",
                organization.id());
        String unchanged =
                "{'result':'done','created':0,'updated':0,'unchanged':1,'deactivated':0,'errors':0,'next_line':2}";
        admin().send("", file).assertSummary(unchanged);
        assertEquals(false, expired());
        // But one that is about the present password does
        admin().send("", "{'name':'mia','password_expired':true}");
        assertEquals(true, expired());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "okta|[{\"id\":\"1\",\"status\":\"PASSWORD_EXPIRED\",\"profile\":{\"login\":\"mia\"}}]",
                "keycloak|[{\"id\":\"1\",\"username\":\"mia\",\"requiredActions\":[\"UPDATE_PASSWORD\"]}]"
            })
    void whenAPasswordHasExpiredThatStaysInTheOtherSystemThenNotThatOfHere(String format, String file) {
        admin().send("", "{'name':'mia','external_id':'1','password_hash':'" + SHA + "'}");
        admin().sendText("?format=" + format, "application/json", file)
                .assertSummary("{'result':'done','created':0,'updated':0,'unchanged':1,'deactivated':0,"
                        + "'errors':0,'next_line':2}");
        assertEquals(false, expired());
    }

    private Object expired() {
        return Database.value(
                "SELECT password_expired FROM users WHERE organization_id = ? AND username = 'mia'", organization.id());
    }

    private ImportClient admin() {
        return new ImportClient(organization.token(Role.ADMIN));
    }

    private static String line(String hash) {
        return "{'name':'mia','password_hash':'" + hash + "'}";
    }

    private String kept() {
        return (String) Database.value(
                "SELECT password_hash FROM users WHERE organization_id = ? AND username = 'mia'", organization.id());
    }

    private Response signIn(String password) {
        return organization.signIn("mia", password);
    }
}
