package dev.roster.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.doctor.Finding.Level;
import dev.roster.platform.database.DatabaseAddress;
import dev.roster.testing.Beside;
import dev.roster.testing.ReplicatedDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the doctor finds a standby: by the places that lists of the service go by. */
@Beside
class StandbysExaminationTest {
    @TempDir
    Path folder;

    @Test
    void aStandbyOfAnotherTimelineIsNotReadFromHoweverFarItIs() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder)) {
            String first = "localhost:" + database.primary().port();
            String second = "localhost:" + database.standbyPort();
            assertEquals(
                    List.of(new Finding(
                            Level.OK,
                            "database.standbys",
                            second + " is a standby and has everything that is committed")),
                    standbys(first, second));
            database.leavePrimaryBehind();
            database.promoteStandby();
            assertEquals(
                    List.of(new Finding(
                            Level.WARNING,
                            "database.standbys",
                            first
                                    + " is on timeline 1 and the server that takes writes on 2, lists are not read from it:"
                                    + " it follows another server, or a failover was lately (CHECKPOINT there, and look"
                                    + " again)")),
                    standbys(second, first));
        }
    }

    private static List<Finding> standbys(String primary, String standby) throws Exception {
        Findings findings = new Findings();
        try (Server writing = Server.connect("postgresql://" + primary + "/postgres", "postgres", "")) {
            DatabaseAddress address = new DatabaseAddress("postgresql://" + standby + "/postgres", "postgres", "");
            new StandbysExamination(address, writing, findings).examine();
        }
        return findings.all();
    }
}
