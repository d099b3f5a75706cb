package eu.conpaas.director.internal.operation;

import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Session;

/**
 * Who asks for a change, and how.
 *
 * @param by       shown with the operation
 * @param request  id the caller made up for this change, or null: the same id again gives the operation of the first call
 * @param planOnly whether to answer the plan and do nothing
 * @param confirm  whether the user has confirmed what the plan warns of
 * @param based    version of the desired state the user had in view, or null: a service changed since then is left alone
 */
public record Asked(String by, String request, boolean planOnly, boolean confirm, Long based) {
    public Asked(String by, String request, boolean planOnly, boolean confirm) {
        this(by, request, planOnly, confirm, null);
    }

    public Asked {
        if (request != null && !request.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:'" + request + "' is no id of a request.",
                    "Use 1 to 64 letters, digits, '.', '_' and '-'.");
        }
    }

    static Asked by(String name) {
        return new Asked(name, null, false, true);
    }

    /** The same, asking for the plan only. */
    public Asked planned() {
        return new Asked(by, request, true, confirm, based);
    }

    /**
     * What the same request led to before.
     *
     * @param sid service it must have been about, 0 for any
     * @throws ApiException CONFLICT if the id was used for something else
     */
    Optional<OperationRow> before(Session s, long uid, long sid) {
        if (request == null) {
            return Optional.empty();
        }
        Optional<OperationRow> before = find(s, uid, request);
        before.filter(op -> sid != 0 && op.sid() != sid || sid == 0 && !op.kind().equals(OperationRow.CREATE)).ifPresent(op -> {
            throw new ApiException(ErrorCode.CONFLICT, "The request " + request + " was another one: it led to operation " + op.id() + ".", "Make up a new id for each change.");
        });
        return before;
    }

    /** What a request of the user led to. */
    public static Optional<OperationRow> find(Session s, long uid, String request) {
        return s.one("SELECT operation FROM request WHERE uid = ? AND id = ?", r -> r.text("operation"), uid, request).map(id -> Operations.get(s, id));
    }

    /** Notes, in the transaction that stores it, what the request led to. */
    void led(Session s, OperationRow op) {
        if (request != null) {
            s.run("INSERT INTO request (uid, id, operation) VALUES (?, ?, ?)", op.uid(), request, op.id());
        }
    }
}
