package org.diapason.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HalvesTest {
    private final Answer[] truth = new Answer[301];
    private final List<String> patients = new ArrayList<>();

    HalvesTest() {
        for (int r = 0; r < 300; r++) {
            truth[r] = Answer.of(r % 10 == 0);
            patients.add("P" + r / 3);
        }
        truth[300] = Answer.UNKNOWN;
        patients.add("P0");
    }

    @Test
    void bothHalvesHaveTheirShareOfTheFinding() {
        boolean[] half = Halves.calibrating(truth, null, 0.5, 1);
        int rows = 0;
        int events = 0;
        for (int r = 0; r < 300; r++) {
            rows += half[r] ? 1 : 0;
            events += half[r] && truth[r] == Answer.YES ? 1 : 0;
        }
        assertEquals(150, rows);
        assertEquals(15, events);
        assertFalse(half[300], "a row without truth is in neither half");
    }

    @Test
    void aPatientIsNeverInBothHalves() {
        boolean[] half = Halves.calibrating(truth, patients, 0.5, 1);
        Set<String> calibrating = new HashSet<>();
        Set<String> judging = new HashSet<>();
        for (int r = 0; r < 300; r++) {
            (half[r] ? calibrating : judging).add(patients.get(r));
        }
        assertEquals(100, calibrating.size() + judging.size());
        assertEquals(50, calibrating.size(), 1);
        calibrating.retainAll(judging);
        assertEquals(Set.of(), calibrating);
    }

    @Test
    void theSeedDrawsAndTheOrderOfRowsDoesNot() {
        boolean[] half = Halves.calibrating(truth, patients, 0.5, 1);
        assertArrayEquals(half, Halves.calibrating(truth, patients, 0.5, 1));
        assertFalse(java.util.Arrays.equals(half, Halves.calibrating(truth, patients, 0.5, 2)));
        Answer[] turned = new Answer[301];
        List<String> names = new ArrayList<>();
        for (int r = 0; r < 301; r++) {
            turned[r] = truth[300 - r];
            names.add(patients.get(300 - r));
        }
        boolean[] back = Halves.calibrating(turned, names, 0.5, 1);
        for (int r = 0; r < 301; r++) {
            assertEquals(half[r], back[300 - r]);
        }
    }
}
