package dev.roster.doctor;

import dev.roster.doctor.Finding.Level;
import dev.roster.platform.error.Causes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is found, in the order of the looks. */
final class Findings {
    // Somebody may have written them into an address
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/?#]*@");

    private final List<Finding> all = new ArrayList<>();

    /** A look that may fail. */
    interface Look {
        void take() throws SQLException, IOException;
    }

    void ok(String check, String message) {
        add(Level.OK, check, message);
    }

    void warning(String check, String message) {
        add(Level.WARNING, check, message);
    }

    void error(String check, String message) {
        add(Level.ERROR, check, message);
    }

    private void add(Level level, String check, String message) {
        all.add(new Finding(level, check, CREDENTIALS.matcher(message).replaceAll("//")));
    }

    /** Takes a look; where it fails, that is what is found. */
    void look(String check, Look look) {
        try {
            look.take();
        } catch (SQLException | IOException failure) {
            error(check, "cannot be looked at: " + Causes.firstLine(failure));
        }
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
