import java.io.Serializable;

/** Who has signed in; kept in the session and nowhere else. */
record Login(String name) implements Serializable {
}
