package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import eu.conpaas.director.internal.service.Types;

class RehearsalTest {
    @Test
    void aDirectorIsUsedOnce() {
        Types types = new Types();
        types.add(new DemoType());
        assertEquals(0, Rehearsal.run(types, "1.0.0"));
    }
}
