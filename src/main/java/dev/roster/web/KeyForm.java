package dev.roster.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The form of a new API key as it is shown; errors are empty where there are none.
 *
 * @param id of the key that it makes, be it sent twice
 * @param scopes all that the account may give
 * @param chosen those that are given
 * @param end a day, as {@code yyyy-MM-dd}; empty takes the usual life
 * @param first the day that it can be at the earliest
 * @param last the day that it can be at the latest
 */
public record KeyForm(
        UUID id,
        String name,
        List<ScopeRow> scopes,
        List<String> chosen,
        String end,
        LocalDate first,
        LocalDate last,
        String nameError,
        String scopesError,
        String endError) {

    /** Whether there is a day to choose: no key need live as long as a day. */
    public boolean hasDays() {
        return isChoice(first, last);
    }

    static boolean isChoice(LocalDate first, LocalDate last) {
        return !last.isBefore(first);
    }
}
