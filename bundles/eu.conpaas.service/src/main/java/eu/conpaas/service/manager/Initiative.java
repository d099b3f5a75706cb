package eu.conpaas.service.manager;

import java.util.Map;

/** What a manager can do of its own accord, beside answering callbacks. Thread-safe. */
public interface Initiative {
    /**
     * Asks the director for a change of the manager's own service, in its owner's name: it is planned and carried out like any other.
     *
     * @param method a method of the descriptor whose kind is {@code change}
     * @throws eu.conpaas.api.ApiException WRONG_STATE while an operation is under way, UNAVAILABLE if the director is away, or the planner's refusal
     */
    void change(String method, Map<String, Object> arguments);

    /** Has {@link ServiceManager#converge} called at once instead of at the next interval. While an operation is under way: when it has ended. */
    void wake();
}
