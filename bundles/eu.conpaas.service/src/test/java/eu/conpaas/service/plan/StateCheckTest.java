package eu.conpaas.service.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A state from outside is one that changes could have led to. */
class StateCheckTest {
    private final ServiceDescriptor type = new ServiceDescriptor("t", "T", "Test", "A type.", "none", List.of(new RoleSpec("front", "front", 1, 1, 4, "")), List.of(),
            Map.of(), List.of(new SettingSpec("limit", "Limit", "size", "1M", null, List.of(), null, "A size.")), List.of(), List.of(), List.of(), null, null, false, false, false, null);

    private static DesiredState state(int front) {
        return DesiredState.initial(Map.of("front", front), null);
    }

    @Test
    void whatCouldHaveBeenChangedToIsTaken() {
        assertDoesNotThrow(() -> StateCheck.check(type, state(4).withSettings(Map.of("limit", "64M")).withEnvironment(Map.of("COLOUR", "blue"))
                .withData(Map.of("secret.account.x", "*AB"))));
    }

    @Test
    void whatCouldNotIsRefused() {
        for (DesiredState bad : List.of(state(0), state(5), DesiredState.initial(Map.of(), null), DesiredState.initial(Map.of("front", 1, "back", 1), null),
                state(1).withSettings(Map.of("limit", "much")), state(1).withSettings(Map.of("other", "1")), state(1).withEnvironment(Map.of("A B", "x")),
                state(1).withEnvironment(Map.of("A", "x\u0000")), state(1).withData(Map.of("../x", "y")))) {
            assertThrows(ApiException.class, () -> StateCheck.check(type, bad), bad.toString());
        }
    }
}
