package eu.conpaas.cloud.testkit;

/**
 * One promise of the SPI, as a check that can be run alone.
 *
 * @param name what is promised, as a sentence
 * @param body fails with an {@link AssertionError}
 */
public record Check(String name, Body body) {
    /** Carries the check out. */
    public interface Body {
        void run() throws Exception;
    }

    /** Carries the check out. */
    public void run() throws Exception {
        body.run();
    }
}
