package dev.roster.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.doctor.Finding.Level;
import java.util.List;
import java.util.Locale;

/** What was found, written down. */
final class Report {
    private final List<Finding> findings;

    Report(List<Finding> findings) {
        this.findings = findings;
    }

    boolean isWell() {
        return count(Level.ERROR) == 0;
    }

    /** A line for each finding, and one that counts them. */
    String text() {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding ->
                text.append("%-8s %-22s %s%n".formatted(name(finding.level()), finding.check(), finding.message())));
        return text.append("%s errors, %s warnings%n".formatted(count(Level.ERROR), count(Level.WARNING)))
                .toString();
    }

    /** One object: whether all is well, and the findings. */
    String json() {
        ObjectNode report = new ObjectMapper().createObjectNode().put("ok", isWell());
        var array = report.putArray("findings");
        findings.forEach(finding -> array.addObject()
                .put("check", finding.check())
                .put("level", name(finding.level()))
                .put("message", finding.message()));
        return report.toPrettyString() + "\n";
    }

    private static String name(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
