package eu.conpaas.api;

/**
 * How people come to an account ({@code GET /registration}).
 *
 * @param policy        who may register
 * @param initialCredit credits of a new user, unless the invitation says otherwise
 */
public record Registration(RegistrationPolicy policy, int initialCredit) {
}
