package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for the same shares its turn; what is being read by then is shared with nobody more. */
class SharedTurnsTest {
    private final SharedTurns<String, String> turns = new SharedTurns<>(new OneByOne(1));
    private final List<CompletableFuture<String>> begun = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @Test
    void whenManyAskForTheSameThenThoseWhoComeBeforeItsTurnShareIt() {
        ask("ann");
        ask("ann");
        ask("ann");
        assertEquals(1, begun.size());
        begun.get(0).complete("old");
        assertEquals(List.of("ann old"), answers);
        assertEquals(2, begun.size());
        begun.get(1).complete("new");
        assertEquals(List.of("ann old", "ann new", "ann new"), answers);
    }

    @Test
    void whenTooMuchElseWaitsThenRefusedAndLaterRead() {
        ask("ann");
        ask("bob");
        ask("cid");
        ask("bob");
        assertEquals(List.of("cid " + ErrorCode.RATE_LIMITED), answers);
        begun.get(0).complete("1");
        begun.get(1).complete("2");
        ask("cid");
        begun.get(2).complete("3");
        assertEquals(List.of("cid " + ErrorCode.RATE_LIMITED, "ann 1", "bob 2", "bob 2", "cid 3"), answers);
    }

    @Test
    void whenTheFirstWhoWaitsLeavesThenTheOthersAreAnswered() {
        ask("ann");
        Cancellable first = ask("bob");
        ask("bob");
        first.cancel();
        ask("bob");
        begun.get(0).complete("1");
        begun.get(1).complete("2");
        assertEquals(List.of("ann 1", "bob 2", "bob 2"), answers);
        assertEquals(2, begun.size());
    }

    @Test
    void whenReadingFailsThenForAllWhoShareItAndTheNextHaveAnother() {
        ask("ann");
        ask("bob");
        ask("bob");
        begun.get(0).complete("1");
        begun.get(1).completeExceptionally(RosterException.of(ErrorCode.UNAVAILABLE));
        ask("bob");
        begun.get(2).complete("3");
        assertEquals(
                List.of("ann 1", "bob " + ErrorCode.UNAVAILABLE, "bob " + ErrorCode.UNAVAILABLE, "bob 3"), answers);
    }

    private Cancellable ask(String what) {
        return turns.read("key", what, () -> {
                    CompletableFuture<String> answer = new CompletableFuture<>();
                    begun.add(answer);
                    return Uni.createFrom().completionStage(answer);
                })
                .subscribe()
                .with(
                        found -> answers.add(what + " " + found),
                        failure -> answers.add(what + " " + ((RosterException) failure).code()));
    }
}
