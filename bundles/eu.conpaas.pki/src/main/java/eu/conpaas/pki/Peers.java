package eu.conpaas.pki;

import java.util.function.Predicate;

import eu.conpaas.api.Role;

/** Whom the other side of a connection must be. The text of each says so, for error messages. */
public final class Peers {
    private Peers() {
    }

    private record Rule(String text, Predicate<Identity> test) implements Predicate<Identity> {
        @Override
        public boolean test(Identity identity) {
            return test.test(identity);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Anybody with an identity from the CA; for servers, whose guard decides further. */
    public static Predicate<Identity> anybody() {
        return new Rule("anybody of this installation", i -> true);
    }

    public static Predicate<Identity> director() {
        return new Rule("the director", i -> i.role() == Role.DIRECTOR);
    }

    public static Predicate<Identity> manager(long uid, long sid) {
        return new Rule("the manager of service " + sid, i -> is(i, Role.MANAGER, uid, sid));
    }

    /** The manager of any service of a user: what a client knows that has only an address. */
    public static Predicate<Identity> managerOf(long uid) {
        return new Rule("a manager of user " + uid, i -> i.role() == Role.MANAGER && i.uid() == uid);
    }

    public static Predicate<Identity> agent(long uid, long sid) {
        return new Rule("an agent of service " + sid, i -> is(i, Role.AGENT, uid, sid));
    }

    /** One agent. */
    public static Predicate<Identity> agent(long uid, long sid, String node) {
        return new Rule("agent " + node + " of service " + sid, i -> is(i, Role.AGENT, uid, sid) && node.equals(i.node()));
    }

    /** Manager or agent of one service. */
    public static Predicate<Identity> service(long uid, long sid) {
        return new Rule("a node of service " + sid, i -> is(i, Role.MANAGER, uid, sid) || is(i, Role.AGENT, uid, sid));
    }

    private static boolean is(Identity i, Role role, long uid, long sid) {
        return i.role() == role && i.uid() == uid && i.sid() == sid;
    }
}
