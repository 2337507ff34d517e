package dev.roster.platform.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says at the start which variables look like settings of the service and are not read, such as one with a slip in its
 * name. No reason to refuse the start: environments are shared, with other versions too.
 */
@Singleton
public class UnreadVariables {
    private static final Logger LOG = Logger.getLogger(UnreadVariables.class);

    private final boolean isExamined;

    /**
     * Made at each start.
     *
     * @param isExamined whether the doctor has begun it, which tells of variables itself
     */
    UnreadVariables(@ConfigProperty(name = "roster.examine", defaultValue = "false") boolean isExamined) {
        this.isExamined = isExamined;
    }

    void onStart(@Observes StartupEvent start) {
        if (!isExamined) {
            tell();
        }
    }

    /** Says it now, where the process ends before the start is over. */
    public void tell() {
        told(System.getenv().keySet()).ifPresent(LOG::warn);
    }

    /** The line on an environment; empty where each variable is read. */
    static Optional<String> told(Set<String> environment) {
        KnownVariables known = KnownVariables.read();
        String names = known.unknown(environment).stream()
                .map(name -> name
                        + known.nearest(name)
                                .map(meant -> " (did you mean " + meant + "?)")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of("Not read, as Roster has no such variable: " + names);
    }
}
