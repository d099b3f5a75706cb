package eu.conpaas.api;

/** A new invitation with its secret ({@code POST /invitations}). */
public record Invited(Invitation invitation, OneTime secret) {
}
