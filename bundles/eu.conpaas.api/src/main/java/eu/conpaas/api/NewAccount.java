package eu.conpaas.api;

/**
 * An account an administrator has made ({@code POST /users}).
 *
 * @param account  the account
 * @param password right to choose a password, or null if the administrator gave one
 */
public record NewAccount(UserAccount account, OneTime password) {
}
