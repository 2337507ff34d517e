package dev.roster.transfer;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.Caller;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.transfer.LineResult.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Records what imports do, by numbers: together they are those of the answers. */
@ApplicationScoped
class ImportEvents {
    private final AuditLog audit;

    ImportEvents(AuditLog audit) {
        this.audit = audit;
    }

    /** That of lines that are written together, for the transaction that does it. */
    static AuditEvent together(Caller caller, long created, long updated, long firstLine, long lastLine) {
        return of(caller)
                .with("created", created)
                .with("updated", updated)
                .with("first_line", firstLine)
                .with("last_line", lastLine);
    }

    /**
     * Records changes that were made in a transaction each, in one behind them: before, it would tell what may not come
     * to be. Where the service is killed in between, each of them has the events of its account.
     */
    Uni<Void> oneByOne(ImportTask task, List<LineResult> results) {
        List<LineResult> changed = results.stream()
                .filter(result -> result.outcome() != Outcome.ERROR)
                .toList();
        if (changed.isEmpty() || task.options().dryRun()) {
            return Uni.createFrom().voidItem();
        }
        return ImportTransaction.again(
                () -> UnitOfWork.transaction(() -> audit.record(oneByOne(task.caller(), changed))));
    }

    private static AuditEvent oneByOne(Caller caller, List<LineResult> changed) {
        List<Long> lines = changed.stream()
                .map(LineResult::line)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return lines.isEmpty()
                ? of(caller).with("deactivated", changed.size())
                : together(caller, 0, changed.size(), lines.get(0), lines.get(lines.size() - 1));
    }

    private static AuditEvent of(Caller caller) {
        return AuditEvent.of(caller.organizationId(), AuditType.USERS_IMPORTED)
                .on(Target.Kind.ORGANIZATION, caller.organizationId(), caller.organization());
    }
}
