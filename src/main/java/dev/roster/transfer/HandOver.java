package dev.roster.transfer;

import dev.roster.transfer.Written.Alone;
import dev.roster.user.User;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order in which names and addresses pass from one account to another: a line comes behind that of the account which
 * has what it asks for, so that each is written once. Lines in a circle come before their turn, so that none gets what it asks for.
 */
final class HandOver {
    private final List<Alone> lines;
    private final Map<String, List<Integer>> holders = new HashMap<>();
    private final boolean[] seen;

    private HandOver(List<Alone> lines) {
        this.lines = lines;
        this.seen = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            User user = lines.get(i).user();
            int place = i;
            Stream.of(user.usernameKey, Optional.ofNullable(user.emailKey).orElse(user.usernameKey))
                    .distinct()
                    .forEach(text -> holders.computeIfAbsent(text, none -> new ArrayList<>())
                            .add(place));
        }
    }

    static List<Alone> order(List<Alone> lines) {
        return new HandOver(lines).ordered();
    }

    // By a stack of its own: a chain may be as long as a batch
    private List<Alone> ordered() {
        List<Alone> ordered = new ArrayList<>();
        Deque<Integer> path = new ArrayDeque<>();
        for (int i = 0; i < lines.size(); i++) {
            Optional<Integer> next = seen[i] ? Optional.empty() : Optional.of(i);
            while (next.isPresent() || !path.isEmpty()) {
                if (next.isPresent()) {
                    seen[next.get()] = true;
                    path.push(next.get());
                } else {
                    ordered.add(lines.get(path.pop()));
                }
                next = path.isEmpty() ? Optional.empty() : before(path.peek());
            }
        }
        return ordered;
    }

    /** A line that is to be written first, and was not looked at yet. */
    private Optional<Integer> before(int line) {
        return lines.get(line).line().user().texts().stream()
                .flatMap(text -> holders.getOrDefault(text, List.of()).stream())
                .filter(holder -> !seen[holder])
                .findFirst();
    }
}
