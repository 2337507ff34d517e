package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.transfer.ImportedLines.ImportSource;
import dev.roster.user.ImportUser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes accounts from files of any length, in constant memory. */
@ApplicationScoped
public class Imports {
    // Each takes some megabytes and now and then a connection; the database is the limit before
    private static final int MOST = 4;

    private final ImportWriter writer;
    private final LeftOut leftOut;
    private final Revocations revocations;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST);

    Imports(ImportWriter writer, LeftOut leftOut, Revocations revocations, Clock clock) {
        this.writer = writer;
        this.leftOut = leftOut;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Imports what comes, part by part, as fast as the parts are asked for; {@code unavailable} where others do the same
     * already.
     *
     * @param body the pieces of the file; null at its end
     * @param records what cuts the file
     * @param users makes a person of a record; whatever it throws is why the line is refused
     */
    public Multi<ImportPart> run(
            Caller caller,
            ImportOptions options,
            Supplier<Uni<Buffer>> body,
            RecordReader records,
            Function<JsonNode, ImportUser> users) {
        caller.require(Scope.USERS_WRITE);
        return Multi.createFrom().deferred(() -> {
            if (!places.tryAcquire()) {
                throw RosterException.of(ErrorCode.UNAVAILABLE, "Other imports run already.");
            }
            return parts(caller, options, new ImportSource(body, records, users))
                    .onTermination()
                    .invoke(places::release);
        });
    }

    private Multi<ImportPart> parts(Caller caller, ImportOptions options, ImportSource source) {
        Instant began = clock.instant();
        ImportedLines lines = new ImportedLines(source, options.fromLine());
        ImportRun run = new ImportRun(caller, options, lines, writer, leftOut, Uuids.v7(began), began);
        return Multi.createBy()
                .repeating()
                .uni(run::next)
                .whilst(part -> part.summary() == null)
                .call(revocations::settleIfAny);
    }
}
