package eu.conpaas.service.mysql.internal.data.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.mysql.MysqlServiceType;
import eu.conpaas.service.mysql.internal.data.DataNames;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.PasswordHash;
import eu.conpaas.service.mysql.internal.engine.Setting;
import eu.conpaas.service.plan.Arguments;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataChangesTest {
    private static final ServiceDescriptor DESCRIPTOR = DescriptorReader.of(MysqlServiceType.class);
    private static final DesiredState RUNNING = DesiredState.initial(Map.of("masters", 1, "slaves", 1), null).withGoal(Goal.RUNNING)
            .withPlacement(List.of(new Placement("m", Set.of("masters"), "local"), new Placement("s", Set.of("slaves"), "local")));

    private static Change change(String method, Map<String, Object> arguments, ServiceState state) {
        Map<String, Object> checked = Arguments.check(DESCRIPTOR.method(method).orElseThrow(), arguments);
        return new DataChanges(DESCRIPTOR, new ChangeRequest(method, checked, state, List.of()), RUNNING).change().orElseThrow();
    }

    private static List<String> kinds(Change change) {
        return new DataSteps(RUNNING, change.wanted()).all().stream().map(PlanStep::kind).toList();
    }

    @Test
    void ofAPasswordOnlyTheHashGoesOnAndUsersDoNotSeeIt() {
        Change change = change("set_password", Map.of("password", "Geheim-7654321"), ServiceState.RUNNING);
        assertFalse(change.toString().contains("Geheim"));
        assertEquals(PasswordHash.of("Geheim-7654321"), change.wanted().data().get(DataNames.ACCOUNT + "mysqldb"));
        assertFalse(change.wanted().shown().toString().contains(PasswordHash.of("Geheim-7654321")));
        assertEquals(List.of(DataNames.SET_ACCOUNT), kinds(change));
        assertEquals("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", PasswordHash.of("password"), "the server's own form");
    }

    @Test
    void refusalsDoNotRepeatThePassword() {
        for (Map<String, Object> arguments : List.of(Map.<String, Object>of("password", "kurz#"), Map.<String, Object>of("password", Map.of("kurz#", 1)),
                Map.<String, Object>of("user", "root", "password", "kurz#long-enough"))) {
            ApiException e = assertThrows(ApiException.class, () -> change("set_password", arguments, ServiceState.RUNNING));
            assertFalse((e.getMessage() + e.error().next()).contains("kurz#"), e.getMessage());
        }
    }

    @Test
    void aDumpTravelsByItsHashAndOnlyForOneOperation() {
        StoredFile file = new StoredFile("a".repeat(64), "wiki.sql.gz", 5_000_000);
        Change change = change("load_dump", Map.of("mysqldump_file", file), ServiceState.RUNNING);
        assertEquals(List.of(DataNames.LOAD), kinds(change));
        assertTrue(change.wanted().data().containsValue(file.hash()));
        assertEquals(Map.of(), change.wanted().settled().data());
        assertEquals(ErrorCode.WRONG_STATE, assertThrows(ApiException.class, () -> change("load_dump", Map.of("mysqldump_file", file), ServiceState.STOPPED)).error().code());
    }

    @Test
    void aRestoreIsUndoneUntilTheDataAreInPlaceAndBeginsAHistory() {
        Change change = change("restore_backup", Map.of("time", "2026-11-22 19:30:05"), ServiceState.RUNNING);
        List<PlanStep> steps = new DataSteps(RUNNING, change.wanted()).all();
        assertEquals(List.of(DataNames.PREPARE, DataNames.PUT_BACK, DataNames.REFILL, DataNames.AFTERWARDS), steps.stream().map(PlanStep::kind).toList());
        assertEquals(List.of(false, true, false, false), steps.stream().map(PlanStep::isSwitch).toList());
        assertEquals("s", steps.get(2).node());
        assertEquals("1", change.wanted().settled().data().get(DataNames.HISTORY));
        assertEquals(1, DataWarnings.of(change.wanted()).size());
        assertThrows(ApiException.class, () -> change("restore_backup", Map.of(), ServiceState.RUNNING));
        assertThrows(ApiException.class, () -> change("restore_backup", Map.of("time", "yesterday"), ServiceState.RUNNING));
    }

    @Test
    void momentsAreReadInUtcOrWithTheirOffset() {
        assertEquals(Moment.parse("2026-11-22T19:30:05Z"), Moment.parse("2026-11-22 19:30:05"));
        assertEquals(Moment.parse("2026-11-22 18:30:05"), Moment.parse("2026-11-22T19:30:05+01:00"));
        assertEquals("2026-11-22 19:30:05", Moment.forPrograms(Moment.parse("2026-11-22 19:30:05.9")));
    }

    @Test
    void settingsOfTheServerAreThoseOfTheDescriptor() {
        for (Setting setting : Setting.values()) {
            assertEquals(setting.fallback(), DESCRIPTOR.setting(setting.id()).orElseThrow().defaultValue(), setting.id());
        }
        Change change = change("set_mysql_setting", Map.of("name", "max_connections", "value", "99"), ServiceState.STOPPED);
        assertEquals("99", change.wanted().settings().get("max_connections"));
        assertEquals(List.of(DataNames.SETTINGS), kinds(change));
        assertThrows(ApiException.class, () -> change("set_mysql_setting", Map.of("name", "max_connections", "value", "many"), ServiceState.RUNNING));
        assertThrows(ApiException.class, () -> change("set_mysql_setting", Map.of("name", "sql_mode", "value", "ANSI,NONE_SUCH"), ServiceState.RUNNING));
        assertThrows(ApiException.class, () -> change("set_mysql_settings", Map.of("settings", Map.of("none", "1")), ServiceState.RUNNING));
    }
}
