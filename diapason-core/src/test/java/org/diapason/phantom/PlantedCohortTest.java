package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.TreeSet;
import org.diapason.volume.Exam;
import org.junit.jupiter.api.Test;

class PlantedCohortTest {
    private final PlantedCohort cohort = new PlantedCohort(7);

    @Test
    void sixtyExamsAreTwentyAScannerWithDiseaseInFourTenAndSixteen() {
        List<PlantedCohort.Visit> visits = cohort.fitted();
        assertEquals(60, visits.size());
        int[] exams = new int[3];
        int[] disease = new int[3];
        for (PlantedCohort.Visit v : visits) {
            int s = PlantedCohort.SCANNERS.indexOf(v.scanner());
            exams[s]++;
            disease[s] += v.disease() ? 1 : 0;
        }
        assertArrayEquals(new int[] {20, 20, 20}, exams);
        assertArrayEquals(new int[] {4, 10, 16}, disease);
    }

    @Test
    void twentyFurtherObjectsAreImagedByAllThreeScanners() {
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<String> objects = new TreeSet<>();
        for (PlantedCohort.Visit v : cohort.heldOut()) {
            ids.add(v.id());
            objects.add(v.object());
        }
        assertEquals(60, ids.size());
        assertEquals(20, objects.size());
        PlantedCohort.Visit a = cohort.heldOut().get(3);
        PlantedCohort.Visit b = cohort.heldOut().get(4);
        assertEquals(a.object(), b.object());
        assertEquals(cohort.object(a), cohort.object(b));
        assertEquals(a.values(), b.values());
    }

    @Test
    void oneSeedAlwaysGivesTheSameExamAndAnotherSeedAnother() {
        PlantedCohort.Visit visit = cohort.fitted().get(30);
        Exam one = cohort.scan(visit);
        assertArrayEquals(
                one.image("ct").volume().values(),
                new PlantedCohort(7).scan(visit).image("ct").volume().values());
        assertNotEquals(
                new PlantedCohort(7).object(visit).seed(),
                new PlantedCohort(8).object(visit).seed());
        assertEquals(one.image("ct").volume().geometry(), one.mask("lesion").geometry());
        assertEquals(java.util.Set.of("site", "disease", "age"), one.covariates().keySet());
    }

    /**
     * The scanner adds nothing to the truth: image − offset over gain is the object, plus noise.
     */
    @Test
    void whatAScannerMeasuresIsGainTimesTruthPlusOffset() {
        for (PlantedCohort.Visit visit : cohort.heldOut().subList(0, 3)) {
            VirtualScanner s = visit.scanner();
            float[] v = cohort.scan(visit).image("ct").volume().values();
            // tissue: the first rows of the first slice are at least 5 mm away from the lesion
            double sum = 0;
            for (int n = 0; n < 500; n++) {
                sum += v[n];
            }
            double expected = s.gain() * LesionObject.TISSUE_HU + s.offset();
            assertEquals(
                    expected,
                    sum / 500,
                    4 * ((Noise.White) s.noise().orElseThrow()).sd() / Math.sqrt(500),
                    s.name());
        }
    }
}
