package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import java.util.Map;
import java.util.Set;

/** What holds of the state of a service of any type. */
public final class StateCheck {
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,99}";
    private static final String KEY = "[A-Za-z0-9._:-]{1,200}";
    private static final int LONGEST = 64 << 10;
    private static final int MOST = 1000;

    private StateCheck() {
    }

    /** @throws ApiException INVALID_ARGUMENT or UNEXPECTED_ARGUMENT, saying what is wrong */
    public static void check(ServiceDescriptor descriptor, DesiredState state) {
        for (RoleSpec role : descriptor.roles()) {
            Integer count = state.counts().get(role.id());
            if (count == null || count < role.min() || count > role.max()) {
                throw bad(role.id() + " cannot be " + count);
            }
        }
        if (!Set.copyOf(descriptor.roles().stream().map(RoleSpec::id).toList()).containsAll(state.counts().keySet())) {
            throw bad("it has roles that the type does not have: " + state.counts().keySet());
        }
        SettingValues.check(descriptor, state.settings());
        texts(state.environment(), VARIABLE, "variable");
        texts(state.data(), KEY, "entry");
    }

    private static void texts(Map<String, String> texts, String name, String what) {
        if (texts.size() > MOST) {
            throw bad("it has more than " + MOST + " values of a kind");
        }
        texts.forEach((key, value) -> {
            if (!key.matches(name)) {
                throw bad("'" + key + "' cannot be the name of a " + what);
            }
            if (value == null || value.length() > LONGEST || value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' || c == 127)) {
                throw bad("the value of " + key + " is no plain text of at most " + LONGEST + " characters");
            }
        });
    }

    private static ApiException bad(String why) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + why + ".", "Give what such a service can have.");
    }
}
