package eu.conpaas.service.mysql.internal.data.backup;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Moments as users write them and as the programs of MariaDB take them: to the second, in UTC. */
public final class Moment {
    private static final DateTimeFormatter PROGRAM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Moment() {
    }

    /** {@code 2026-11-22 19:30:05} (UTC), or with {@code T}, {@code Z} or an offset. @throws ApiException INVALID_ARGUMENT */
    public static Instant parse(String text) {
        String iso = text.strip().replaceFirst(" ", "T");
        try {
            boolean zoned = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$");
            Instant instant = zoned ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return instant.truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:time '" + text + "' is no moment.",
                    "Write it as 2026-11-22 19:30:05 (UTC), or with an offset such as +01:00.", e);
        }
    }

    /** As the programs take it, in a process whose zone is UTC. */
    public static String forPrograms(Instant instant) {
        return PROGRAM.format(instant);
    }
}
