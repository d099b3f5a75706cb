package eu.conpaas.service.mysql.internal.data.plan;

import static eu.conpaas.service.mysql.internal.data.DataNames.ACCOUNT;
import static eu.conpaas.service.mysql.internal.data.DataNames.BACKUP;
import static eu.conpaas.service.mysql.internal.data.DataNames.DELETE;
import static eu.conpaas.service.mysql.internal.data.DataNames.DESCRIPTION;
import static eu.conpaas.service.mysql.internal.data.DataNames.DUMP;
import static eu.conpaas.service.mysql.internal.data.DataNames.DUMP_NAME;
import static eu.conpaas.service.mysql.internal.data.DataNames.DUMP_SIZE;
import static eu.conpaas.service.mysql.internal.data.DataNames.HISTORY;
import static eu.conpaas.service.mysql.internal.data.DataNames.TIME;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.mysql.internal.Mode;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import eu.conpaas.service.mysql.internal.engine.PasswordHash;
import eu.conpaas.service.mysql.internal.engine.Setting;
import eu.conpaas.service.mysql.internal.engine.SqlModes;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.CommonChanges;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.plan.StoredFile;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What requests about accounts, settings, dumps and backups mean. */
public final class DataChanges {
    private static final Set<ServiceState> STABLE = EnumSet.of(ServiceState.INIT, ServiceState.RUNNING, ServiceState.STOPPED);
    /** While the service is stopped nobody could tell whether its account still has the password of before. */
    private static final Set<ServiceState> SETTABLE = EnumSet.of(ServiceState.INIT, ServiceState.RUNNING);
    private static final Set<ServiceState> RUNNING = EnumSet.of(ServiceState.RUNNING);
    private final ServiceDescriptor descriptor;
    private final ChangeRequest request;
    private final DesiredState now;

    public DataChanges(ServiceDescriptor descriptor, ChangeRequest request, DesiredState now) {
        this.descriptor = descriptor;
        this.request = request;
        this.now = now;
    }

    /** Empty if the request is about something else. @throws ApiException if it is refused */
    public Optional<Change> change() {
        return switch (request.method()) {
            case "set_password" -> Optional.of(password());
            case "set_mysql_setting" -> Optional.of(setting());
            case "set_mysql_settings" -> Optional.of(settings());
            case "load_dump" -> Optional.of(dump());
            case "create_backup" -> Optional.of(with("backup", Map.of(DESCRIPTION, text("description"))));
            case "delete_backup" -> Optional.of(with("delete_backup", Map.of(DELETE, text("backup"))));
            case "restore_backup" -> Optional.of(restore());
            default -> Optional.empty();
        };
    }

    /** The password ends here: what is kept and carried on is the form in which the server keeps it. */
    private Change password() {
        CommonChanges.require(request, SETTABLE);
        String user = request.text("user") == null ? Accounts.USER : request.text("user");
        if (!user.equals(Accounts.USER)) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Failed to set password: the user '" + user + "' is not the service's.",
                    "Use the user " + Accounts.USER + "; it may make accounts of its own by SQL.");
        }
        String password = request.text("password");
        if (password.length() < PasswordHash.SHORTEST) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Failed to set password: it is shorter than " + PasswordHash.SHORTEST + " characters.",
                    "Choose a longer one.");
        }
        return new Change("set_password", now.withData(plus(now.data(), Map.of(ACCOUNT + user, PasswordHash.of(password)))));
    }

    private Change setting() {
        CommonChanges.require(request, STABLE);
        String name = request.text("name");
        var spec = descriptor.setting(name).orElseThrow(() -> new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:there is no setting '"
                + name + "'.", "See 'help mysql' for the settings."));
        Map<String, String> settings = new TreeMap<>(now.settings());
        if (request.text("value") == null) {
            settings.remove(name);
        } else {
            SettingValues.check(spec, request.text("value"));
            settings.put(name, request.text("value"));
        }
        return changed(settings);
    }

    private Change changed(Map<String, String> settings) {
        if (request.state() != ServiceState.INIT && Mode.of(descriptor, now.withSettings(settings)) != Mode.of(descriptor, now)) {
            throw new ApiException(ErrorCode.WRONG_STATE, "The mode of a service can only be chosen before its first start.",
                    "Create another service in that mode and carry the databases over by sqldump and load_dump.");
        }
        SqlModes.check(settings.getOrDefault(Setting.SQL_MODE.id(), ""));
        return new Change("settings", now.withSettings(settings));
    }

    private Change settings() {
        CommonChanges.require(request, STABLE);
        Map<String, String> wanted = new TreeMap<>();
        if (!(request.arguments().get("settings") instanceof Map<?, ?> given)) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:settings is no object.", "Give values by name of the setting.");
        }
        given.forEach((name, value) -> wanted.put(name.toString(), String.valueOf(value)));
        Map<String, String> settings = new TreeMap<>(now.settings());
        SettingValues.check(descriptor, wanted);
        settings.putAll(wanted);
        return changed(settings);
    }

    private Change dump() {
        CommonChanges.require(request, RUNNING);
        StoredFile file = request.file("mysqldump_file");
        return with("load_dump", Map.of(DUMP, file.hash(), DUMP_NAME, file.filename(), DUMP_SIZE, Long.toString(file.size())));
    }

    private Change restore() {
        String backup = text("backup");
        String time = text("time");
        if (backup.isEmpty() && time.isEmpty()) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"backup\" or \"time\"", "Give a backup's id, a time, or both; see list_backups.");
        }
        Change asked = with("restore", Map.of(BACKUP, backup, TIME, time.isEmpty() ? "" : Moment.parse(time).toString()));
        int history = Integer.parseInt(now.data().getOrDefault(HISTORY, "0")) + 1;
        return new Change(asked.kind(), asked.wanted().withData(plus(asked.wanted().data(), Map.of(HISTORY, Integer.toString(history)))));
    }

    private Change with(String kind, Map<String, String> facts) {
        CommonChanges.require(request, RUNNING);
        return new Change(kind, now.withData(plus(now.data(), facts)));
    }

    private static Map<String, String> plus(Map<String, String> data, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(data);
        all.putAll(more);
        return all;
    }

    private String text(String name) {
        return request.text(name) == null ? "" : request.text(name).strip();
    }
}
