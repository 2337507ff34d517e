package dev.roster.web;

import dev.roster.access.client.GuessesThrottled;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.RetryAfter;
import dev.roster.platform.limit.LimitReached;
import dev.roster.user.PasswordRefused;
import dev.roster.user.PasswordRule;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a form says that was refused. */
final class Refusals {
    // A form that has to be sent again otherwise; 401 would have to name a scheme that browsers do not know
    private static final int UNPROCESSABLE = 422;

    // Longer waits are said in minutes
    private static final int IN_SECONDS = 90;

    private Refusals() {}

    /**
     * What a page answers, also where it is refused.
     *
     * @param page of a refusal; it throws those on that it says nothing about
     */
    static Uni<Response> said(Supplier<Uni<Response>> answer, Function<RosterException, Response> page) {
        return answered(answer, refused -> Uni.createFrom().item(page.apply(refused)));
    }

    /** The same, of a page that is read first. */
    static Uni<Response> answered(Supplier<Uni<Response>> answer, Function<RosterException, Uni<Response>> page) {
        return Uni.createFrom()
                .deferred(answer::get)
                .onFailure(RosterException.class)
                .recoverWithUni(failure -> {
                    // What a function of Mutiny throws itself is wrapped, and would be nobody's answer
                    try {
                        return page.apply((RosterException) failure);
                    } catch (RosterException other) {
                        return Uni.createFrom().failure(other);
                    }
                });
    }

    /** What stands beside the password that proves who a person is; other refusals are thrown on. */
    static String ofPassword(RosterException refused, Messages messages) {
        return switch (refused.code()) {
            case INVALID_CREDENTIALS -> messages.wrong_credentials();
            case WRONG_PASSWORD, CURRENT_PASSWORD_REQUIRED -> messages.wrong_password();
            case PASSWORD_BLOCKED -> messages.blocked();
            case RATE_LIMITED, UNAVAILABLE -> ofWait(refused, messages);
            default -> throw refused;
        };
    }

    /** Why one has to wait. */
    static String ofWait(RosterException refused, Messages messages) {
        if (refused instanceof GuessesThrottled) {
            return seconds(refused) > IN_SECONDS
                    ? messages.throttled_minutes(minutes(refused))
                    : messages.throttled(seconds(refused));
        }
        return refused instanceof LimitReached ? messages.too_many(minutes(refused)) : messages.busy(seconds(refused));
    }

    /** What stands beside the name of who asks for something by mail; other refusals are thrown on. */
    static String ofRequest(RosterException refused, AccountMessages own) {
        if (refused instanceof LimitReached) {
            return own.throttled_requests(minutes(refused));
        }
        if (refused.code() == ErrorCode.FORBIDDEN) {
            return own.no_mail();
        }
        throw refused;
    }

    /** Why an invite cannot be accepted; other refusals are thrown on. */
    static String ofInvite(RosterException refused, Messages messages) {
        return switch (refused.code()) {
            case INVITE_NOT_FOUND -> messages.invite_unknown();
            case INVITE_EXPIRED -> messages.invite_expired();
            case INVITE_REVOKED -> messages.invite_revoked();
            case INVITE_USED -> messages.invite_used();
            case INVITE_RESENT -> messages.invite_resent();
            case ORGANIZATION_DEACTIVATED -> messages.organization_deactivated();
            default -> throw refused;
        };
    }

    /** Whether it is a new password that is not taken. */
    static boolean isOfNewPassword(Throwable failure) {
        return ErrorCode.INVALID_REQUEST.isOf(failure);
    }

    /** Why a new password is not taken. */
    static String ofNewPassword(RosterException refused, AccountMessages messages) {
        PasswordRule broken = refused instanceof PasswordRefused named ? named.rule() : PasswordRule.TEXT;
        return switch (broken) {
            case LENGTH -> messages.password_length(PasswordRule.MIN, PasswordRule.MAX);
            case UNCOMMON -> messages.password_common();
            case MORE_THAN_NAMES -> messages.password_names();
            case TEXT -> messages.password_refused(rule(refused));
        };
    }

    /** Whether a password that is chosen by a link is not taken, or not now. */
    static boolean isOfChosenPassword(Throwable failure) {
        return isOfNewPassword(failure) || isToWait(failure);
    }

    /** Why it is not. */
    static String ofChosenPassword(RosterException refused, Language language) {
        return isToWait(refused)
                ? ofWait(refused, language.messages())
                : ofNewPassword(refused, language.accountMessages());
    }

    private static boolean isToWait(Throwable failure) {
        return ErrorCode.RATE_LIMITED.isOf(failure) || ErrorCode.UNAVAILABLE.isOf(failure);
    }

    /** The rule that a value does not keep; the field is where it stands. */
    static String rule(Throwable refused) {
        return refused instanceof RosterException named && !named.fields().isEmpty()
                ? named.fields().get(0).rule()
                : refused.getMessage();
    }

    static int status(RosterException refused) {
        return isToWait(refused) ? refused.code().status() : UNPROCESSABLE;
    }

    /** The answer with the time to wait, where there is one. */
    static Response withWait(Response page, RosterException refused) {
        return isToWait(refused)
                ? Response.fromResponse(page)
                        .header(HttpHeaders.RETRY_AFTER, seconds(refused))
                        .build()
                : page;
    }

    private static long minutes(RosterException refused) {
        return Math.max(1, (seconds(refused) + 59) / 60);
    }

    private static long seconds(RosterException refused) {
        return RetryAfter.seconds(refused.retryAfter().orElse(Duration.ZERO));
    }
}
