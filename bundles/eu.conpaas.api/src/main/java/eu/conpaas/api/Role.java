package eu.conpaas.api;

/** Who holds a certificate; the word in it is the lower-case name, except for the director's, which is {@code frontend} as in 1.3.1. */
public enum Role {
    DIRECTOR("frontend"), USER("user"), MANAGER("manager"), AGENT("agent");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The value of the certificate's {@code role} attribute. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if no role has this word */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("unknown role: " + word);
    }
}
