package dev.roster.user;

import dev.roster.platform.persistence.Steps;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** All that hangs on accounts, one after the other in their order. */
@ApplicationScoped
class AccountFollowers {
    private final List<AccountFollower> followers;

    AccountFollowers(@All List<AccountFollower> followers) {
        this.followers = followers.stream()
                .sorted(Comparator.comparing(AccountFollower::rank))
                .toList();
    }

    Uni<Void> each(Function<AccountFollower, Uni<Void>> step) {
        return Steps.each(followers, step);
    }
}
