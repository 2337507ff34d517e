package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the last day of a key can be chosen; none whose end it would not outlive may be there. */
@Beside
class KeyFormTest {
    @ParameterizedTest
    @CsvSource({"2026-01-27, false", "2026-01-28, true", "2026-02-01, true"})
    void whenNoKeyLivesToTheEndOfADayThenThereIsNoneToChoose(LocalDate last, boolean any) {
        LocalDate first = LocalDate.parse("2026-01-28");
        KeyForm form = new KeyForm(UUID.randomUUID(), "", List.of(), List.of(), "", first, last, "", "", "");
        assertEquals(any, form.hasDays());
    }
}
