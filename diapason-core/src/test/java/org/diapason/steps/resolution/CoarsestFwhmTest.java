package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class CoarsestFwhmTest {
    private static final CoarsestFwhm LEARNER = new CoarsestFwhm("*");

    private static Exam exam(String id, double i, double j, double k) {
        Geometry g = Geometry.of(4, 4, 4, 1, 1, 1);
        return Scans.exam(id, Scans.texture(1, g).withFwhmMm(Numbers.of(i, j, k)));
    }

    private static CoarsestFwhm.Sum sum(Exam... exams) {
        CoarsestFwhm.Sum sum = LEARNER.empty();
        for (Exam exam : exams) {
            LEARNER.add(sum, exam);
        }
        return sum;
    }

    @Test
    void learnsTheWidestOfAllExamsAndAxes() {
        Trace trace = new Trace();
        assertEquals(
                new MatchFwhm("*", 6.25, false),
                LEARNER.learn(sum(exam("A", 3, 3, 4), exam("B", 4, 4, 6.25)), trace));
        assertEquals(6.25, trace.notes().get("coarsestFwhmMm"));
        assertEquals("B", trace.notes().get("coarsestExam"));
        assertEquals("image ct, axis k", trace.notes().get("coarsestAt"));
    }

    @Test
    void anyGroupingGivesTheSame() {
        Exam a = exam("A", 3, 3, 5);
        Exam b = exam("B", 5, 3, 3);
        Exam c = exam("C", 4, 5, 3);
        CoarsestFwhm.Sum left = sum(c, b);
        LEARNER.merge(left, sum(a));
        CoarsestFwhm.Sum right = sum(c);
        LEARNER.merge(right, sum(b, a));
        CoarsestFwhm.Sum fresh = LEARNER.empty();
        LEARNER.merge(fresh, right);
        LEARNER.merge(fresh, LEARNER.empty());
        for (CoarsestFwhm.Sum sum : new CoarsestFwhm.Sum[] {left, right, fresh}) {
            Trace trace = new Trace();
            LEARNER.learn(sum, trace);
            assertEquals("A", trace.notes().get("coarsestExam"), "the smallest name on ties");
            assertEquals("image ct, axis k", trace.notes().get("coarsestAt"));
        }
    }

    @Test
    void anAxisOfOneVoxelDoesNotCount() {
        Geometry slice = Geometry.of(4, 4, 1, 1, 1, 1);
        Exam flat = Scans.exam("A", Scans.texture(1, slice).withFwhmMm(Numbers.of(3, 4, 9)));
        assertEquals(4, LEARNER.learn(sum(flat), new Trace()).targetMm(0));
    }

    @Test
    void anImageOfUnknownResolutionIsRefused() {
        Exam unknown = Scans.exam("A", Scans.texture(1, Geometry.of(4, 4, 4, 1, 1, 1)));
        var e = assertThrows(RefusedException.class, () -> sum(unknown));
        assertEquals(
                "exam A, image ct: its resolution is not known, and slice thickness does not tell"
                        + " it. Add the column fwhm.ct (mm) or calibration to the cohort table, or"
                        + " leave the resolution step out.",
                e.getMessage());
    }

    @Test
    void aCohortWithoutTheImageIsRefused() {
        CoarsestFwhm other = new CoarsestFwhm("pet*");
        assertThrows(RefusedException.class, () -> other.learn(other.empty(), new Trace()));
    }
}
