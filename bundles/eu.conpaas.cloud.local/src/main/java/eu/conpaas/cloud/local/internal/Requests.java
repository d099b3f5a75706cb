package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.VmRequest;
import java.util.regex.Pattern;

/** Checks what comes from outside before it becomes part of a path, a host name or an environment. */
final class Requests {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VMID = Pattern.compile("vm-[0-9a-f]{12}");

    private Requests() {
    }

    static void check(VmRequest request) {
        match(TOKEN, "token", request.token());
        match(NAME, "name", request.name());
        if (request.sharedFolder() != null) {
            key(request.sharedFolder());
        }
        if (request.userData() == null) {
            throw bad("user data", null);
        }
    }

    static String key(String key) {
        return match(KEY, "key", key);
    }

    static boolean isVmid(String vmid) {
        return vmid != null && VMID.matcher(vmid).matches();
    }

    private static String match(Pattern pattern, String what, String text) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw bad(what, text);
        }
        return text;
    }

    private static CloudException bad(String what, String text) {
        return new CloudException(CloudException.Kind.BAD_REQUEST, "not a valid " + what + ": " + text);
    }
}
