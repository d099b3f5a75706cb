package eu.conpaas.node.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void anAgentLivesAndDies() {
        assertEquals(0, Rehearsal.run());
    }
}
