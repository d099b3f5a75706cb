package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks and completes values of settings by what the descriptor says. */
public final class SettingValues {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,12}[KMGkmg]?");

    private SettingValues() {
    }

    /** @throws ApiException INVALID_ARGUMENT naming the setting if the value is not one it can have */
    public static void check(SettingSpec setting, String value) {
        String wrong = switch (setting.type()) {
            case "integer" -> INTEGER.matcher(value).matches() ? null : "is not an integer";
            case "size" -> SIZE.matcher(value).matches() ? null : "is not a size such as 64M";
            case "boolean" -> value.equals("On") || value.equals("Off") ? null : "is neither On nor Off";
            case "choice" -> setting.choices().contains(value) ? null : "is none of " + String.join(", ", setting.choices());
            default -> null;
        };
        if (wrong == null && setting.pattern() != null && !Pattern.matches(setting.pattern(), value)) {
            wrong = "does not match " + setting.pattern();
        }
        if (wrong == null && value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            wrong = "has control characters in it";
        }
        if (wrong != null) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + setting.id() + " '" + value + "' " + wrong + ".",
                    "Give a value the setting can have: " + (setting.help() == null ? setting.type() : setting.help()));
        }
    }

    /** Checks several at once. @throws ApiException as {@link #check}, or UNEXPECTED_ARGUMENT for a setting the type does not have */
    public static void check(ServiceDescriptor descriptor, Map<String, String> values) {
        values.forEach((id, value) -> check(descriptor.setting(id).orElseThrow(() -> new ApiException(ErrorCode.UNEXPECTED_ARGUMENT,
                "Unexpected arguments [" + id + "]", "Settings of this service: "
                + String.join(", ", descriptor.settings().stream().map(SettingSpec::id).toList()))), value));
    }

    /** All settings of the type: what the user has set, defaults for the rest (left out if there is none). */
    public static Map<String, String> effective(ServiceDescriptor descriptor, Map<String, String> set) {
        Map<String, String> all = new LinkedHashMap<>();
        descriptor.settings().forEach(s -> {
            String value = set.getOrDefault(s.id(), s.defaultValue());
            if (value != null) {
                all.put(s.id(), value);
            }
        });
        return all;
    }
}
