/** One of the three places that name the version. */
final class Version {
    private Version() {
    }

    static String name() {
        return "@VERSION@";
    }
}
