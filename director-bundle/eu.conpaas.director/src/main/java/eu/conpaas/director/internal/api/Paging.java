package eu.conpaas.director.internal.api;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Long lists come in pages. */
final class Paging {
    private static final int MOST = 1000;

    private Paging() {
    }

    /** How many lines a page has. @param asked 0 for the usual number */
    static int limit(int asked, int usual) {
        if (asked < 0 || asked > MOST) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A page of " + asked + " lines is not possible.", "Ask for 1 to " + MOST + ", and continue from the last one.");
        }
        return asked == 0 ? usual : asked;
    }
}
