package dev.roster.web;

import dev.roster.access.apikey.ApiKeyLife;
import dev.roster.access.apikey.ApiKeys;
import dev.roster.access.apikey.CreateApiKey;
import dev.roster.access.apikey.KeyFilter;
import dev.roster.access.apikey.KeyMadeAlready;
import dev.roster.access.browser.BrowserSession;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.SmallBody;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.validation.Text;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Validator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** One's own API keys: a new one is shown once. */
@Path(KeysPage.PATH)
public class KeysPage {
    static final String PATH = "/account/keys";

    private static final int LONGEST_NAME = 100;
    private static final int OF_OURS = 7;
    private static final KeyFilter OWN = new KeyFilter(null, false);

    private record Named(@Text(max = LONGEST_NAME) String name) {}

    private final Pages pages;
    private final SignedIn signedIn;
    private final DoneNotice notice;
    private final ApiKeys keys;
    private final ApiKeyLife life;
    private final Validator validator;
    private final Clock clock;

    KeysPage(
            Pages pages,
            SignedIn signedIn,
            DoneNotice notice,
            ApiKeys keys,
            ApiKeyLife life,
            Validator validator,
            Clock clock) {
        this.notice = notice;
        this.life = life;
        this.clock = clock;
        this.pages = pages;
        this.signedIn = signedIn;
        this.keys = keys;
        this.validator = validator;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.show(
                request,
                PATH,
                session -> show(request, 200, session, form(request, session, "", List.of(), "", "", "", "")));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> create(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, (session, form) -> create(request, session, form));
    }

    @POST
    @Path("/end")
    @PermitAll
    @SmallBody
    public Uni<Response> end(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, (session, form) -> {
            UUID id = Pages.uuid(form.get("id").orElse(""), ErrorCode.API_KEY_NOT_FOUND);
            return Pages.ended(keys.revoke(session.caller(), id), ErrorCode.API_KEY_NOT_FOUND, PATH)
                    .map(leading -> notice.after(leading, Done.KEY));
        });
    }

    private Uni<Response> create(RoutingContext request, BrowserSession session, Form form) {
        if (session.isFederated()) {
            return Uni.createFrom().item(Pages.seeOther(PATH).build());
        }
        AccountMessages own = Language.of(request).accountMessages();
        String name = form.get("name").orElse("");
        String end =
                form.get("end").filter(day -> KeyForm.isChoice(first(), last())).orElse("");
        List<String> chosen = scopes(session).stream()
                .filter(scope -> form.get("scope:" + scope).isPresent())
                .toList();
        String nameError = validator.validate(new Named(name)).isEmpty() ? "" : own.name_length(LONGEST_NAME);
        String scopesError = chosen.isEmpty() ? own.choose_one() : "";
        String endError = isPossible(end) ? "" : own.end_refused(first().toString(), last().toString());
        if (!(nameError + scopesError + endError).isEmpty()) {
            return show(
                    request, 422, session, form(request, session, name, chosen, end, nameError, scopesError, endError));
        }
        return Refusals.answered(
                () -> keys.create(session.caller(), new CreateApiKey(name, null, chosen, endOf(end), wishOf(form)))
                        .map(made -> pages.show(request, 200, page -> Templates.key(page, session, made))),
                refused -> show(
                        request,
                        422,
                        session,
                        switch (refused.code()) {
                            case CONFLICT -> form(request, session, name, chosen, end, conflict(refused, own), "", "");
                            default -> throw refused;
                        }));
    }

    private static String conflict(RosterException refused, AccountMessages own) {
        return refused instanceof KeyMadeAlready ? own.key_made_already() : own.keys_full(ApiKeys.MOST);
    }

    /** What the form was shown with; null where it has none, or one of no form of this day. */
    private UUID wishOf(Form form) {
        return form.get("key")
                .flatMap(Uuids::parse)
                .filter(id -> id.version() == OF_OURS
                        && id.compareTo(Uuids.first(clock.instant().minus(Duration.ofDays(1)))) > 0
                        && id.compareTo(Uuids.first(clock.instant().plus(Duration.ofMinutes(1)))) < 0)
                .orElse(null);
    }

    private Uni<Response> show(RoutingContext request, int status, BrowserSession session, KeyForm form) {
        return keys.list(session.caller(), OWN)
                .chain(listing -> listing.page(null, ApiKeys.MOST))
                .map(page -> page.items().stream()
                        .map(key -> KeyRow.of(key, Language.of(request)))
                        .toList())
                .map(rows -> notice.said(
                        request,
                        done -> pages.show(request, status, page -> Templates.keys(page, session, rows, form, done))));
    }

    private KeyForm form(
            RoutingContext request,
            BrowserSession session,
            String name,
            List<String> chosen,
            String end,
            String nameError,
            String scopesError,
            String endError) {
        return new KeyForm(
                Uuids.v7(clock.instant()),
                name,
                ScopeRow.of(scopes(session), Language.of(request)),
                chosen,
                end,
                first(),
                last(),
                nameError,
                scopesError,
                endError);
    }

    private static List<String> scopes(BrowserSession session) {
        return List.copyOf(new TreeSet<>(session.caller().scopes()));
    }

    private boolean isPossible(String end) {
        try {
            return end.isEmpty()
                    || !(LocalDate.parse(end).isBefore(first())
                            || LocalDate.parse(end).isAfter(last()));
        } catch (DateTimeParseException malformed) {
            return false;
        }
    }

    private LocalDate first() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** The last day whose end no key outlives. */
    private LocalDate last() {
        return LocalDate.ofInstant(life.latest(clock.instant()), ZoneOffset.UTC).minusDays(1);
    }

    /** The end of a day; null takes the usual life. */
    private static Instant endOf(String day) {
        return day.isEmpty()
                ? null
                : LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
