package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks for what MariaDB's dump program stops at in the middle, so that a dump is refused with words instead of cut off: views of things that are no more, and events in
 * a database whose name has to be escaped in a text.
 */
final class Dumpable {
    private static final String TO_ESCAPE = "(?s).*['\"\\\\\n\r\0\u001a].*";
    private final Sql sql;

    Dumpable(Sql sql) {
        this.sql = sql;
    }

    /** @throws ApiException CONFLICT naming what cannot be dumped */
    void check(List<String> databases) {
        if (databases.isEmpty()) {
            return;
        }
        String these = databases.stream().map(Sql::literal).collect(Collectors.joining(", ", "(", ")"));
        List<String> broken = new ArrayList<>();
        for (List<String> view : sql.names("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'VIEW' AND TABLE_SCHEMA IN " + these)) {
            String name = Sql.name(view.get(0)) + "." + Sql.name(view.get(1));
            try {
                sql.run("SHOW FIELDS FROM " + name);
            } catch (ApiException e) {
                if (e.error().code() != ErrorCode.STEP_FAILED) {
                    throw e;
                }
                broken.add(name);
            }
        }
        if (!broken.isEmpty()) {
            throw new ApiException(ErrorCode.CONFLICT, "No dump can be made: of what the view " + String.join(", ", broken) + " shows something is no more, or its owner may not see it.",
                    "Correct or drop the view; 'SHOW FIELDS FROM' it tells what is missing.");
        }
        sql.names("SELECT DISTINCT EVENT_SCHEMA FROM information_schema.EVENTS WHERE EVENT_SCHEMA IN " + these).stream().map(List::getFirst)
                .filter(d -> d.matches(TO_ESCAPE)).findFirst().ifPresent(d -> {
                    throw new ApiException(ErrorCode.CONFLICT, "No dump can be made: MariaDB's dump program does not manage events in a database whose name has a"
                            + " quote, a backslash or a line end, such as " + Sql.name(d) + ".", "Move the tables to a database with another name, or use backups.");
                });
    }
}
