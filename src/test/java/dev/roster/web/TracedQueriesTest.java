package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace shows of a query. */
class TracedQueriesTest {

    @ParameterizedTest
    @CsvSource({
        "code=abc&x=1, code=REDACTED&x=1",
        "http://h/invite?a=b&code=abc#t, http://h/invite?a=b&code=REDACTED#t",
        "client_id=c&state=s&code_challenge=x&code_challenge_method=S256&nonce=n,"
                + " client_id=c&state=REDACTED&code_challenge=REDACTED&code_challenge_method=S256&nonce=REDACTED",
        "login_hint=ada%40example.com&prompt=login, login_hint=REDACTED&prompt=login",
        "id_token_hint=e.y.J&post_logout_redirect_uri=https%3A%2F%2Fa,"
                + " id_token_hint=REDACTED&post_logout_redirect_uri=https%3A%2F%2Fa",
        "continue=%2Foauth2%2Fauthorize%3Fstate%3Ds&organization=o, continue=REDACTED&organization=o",
        "access_token=t&token=t&asked=m, access_token=REDACTED&token=REDACTED&asked=REDACTED",
        "postcode=1&zip_code=2&statement=3&limit=4, postcode=1&zip_code=2&statement=3&limit=4"
    })
    void whenQueryIsTracedThenWhatOthersMustNotReadIsTakenOut(String query, String traced) {
        assertEquals(traced, CodesOutOfTraces.redacted(query));
    }
}
