package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class RavelTest {
    private static final Geometry ROW = Geometry.of(6, 1, 1, 1, 1, 1);

    /** Six voxels of five exams; the first three voxels are fluid in all. */
    private static final float[][] V = {
        {1, 2, 4, 3, 5},
        {2, 1, 3, 5, 4},
        {1, 1, 2, 2, 4},
        {3, 6, 1, 2, 9},
        {0, 1, 1, 4, 3},
        {7, 5, 3, 2, 2}
    };

    private static Exam exam(String id, Geometry grid, String disease, float... values) {
        boolean[] fluid = new boolean[6];
        java.util.Arrays.fill(fluid, 0, 3, true);
        fluid[3 + Math.floorMod(id.hashCode(), 3)] = true; // and one that others do not have
        boolean[] brain = {true, true, true, true, true, true};
        return Exam.of(
                id,
                Map.of("t1", Image.of(Volume.of(grid, values, Quantity.Z_SCORE))),
                Map.of("brain", Mask.of(grid, brain), "fluid", Mask.of(grid, fluid)),
                Map.of("disease", disease));
    }

    private static List<Exam> cohort() {
        List<Exam> exams = new ArrayList<>();
        for (int j = 0; j < 5; j++) {
            float[] column = new float[6];
            for (int v = 0; v < 6; v++) {
                column[v] = V[v][j];
            }
            exams.add(exam("E" + j, ROW, String.valueOf(j % 2), column));
        }
        return exams;
    }

    private static RavelModel learned(Ravel ravel, List<Exam> exams) {
        Operation<Exam> now = ravel;
        while (now instanceof Learner<Exam, ?> round) {
            now = round(round, exams);
        }
        return (RavelModel) now;
    }

    /** Two to a block, as different blocks as can be. */
    private static <S> Operation<Exam> round(Learner<Exam, S> learner, List<Exam> exams) {
        S total = learner.empty();
        for (int from = 0; from < exams.size(); from += 2) {
            S block = learner.empty();
            for (Exam e : exams.subList(from, Math.min(exams.size(), from + 2))) {
                learner.add(block, e);
            }
            learner.merge(total, block);
        }
        return learner.learn(total, new Trace());
    }

    private static float[] corrected(RavelModel model, Exam exam) {
        return model.apply(exam, new Trace()).image("t1").volume().values();
    }

    private static Ravel ravel(int k, String... protect) {
        return new Ravel("t1", "brain", "fluid", k, List.of(protect));
    }

    // R 4.2.2, RAVEL 1.3.6, the core of normalizeRAVEL on the same V: Z <- svd(V[1:3,])$v[,1:k];
    // .ravel_correction(V, Z, mod) with mod NULL or model.matrix(~disease) gives all of the below
    // but the new exams, which it does not know
    // numpy: U, S, Zt = svd(V[:3]); Z = Zt[:k].T; D = c_[Z, disease]; g = solve(D'D, D'V')[:k];
    // V - (Z g)' + mean; new: z = (new[:3] @ U[:, :k])/S[:k]
    @Test
    void theFirstComponentOfFluidIsTakenOut() {
        RavelModel model = learned(ravel(1), cohort());
        assertClose(
                corrected(model, cohort().get(0)),
                2.5028254995,
                3.5189787238,
                1.9763001361,
                5.3081780617,
                0.8342645973,
                9.5287761726);
        assertClose(
                corrected(model, cohort().get(4)),
                3.2201216415,
                2.2716924152,
                2.7317364655,
                7.1601704826,
                1.7167937674,
                1.7414916169);
    }

    @Test
    void twoComponentsAndANewExam() {
        RavelModel model = learned(ravel(2), cohort());
        assertClose(
                corrected(model, cohort().get(1)),
                3.1526908073,
                3.0079522249,
                1.765182935,
                7.2527248753,
                2.1794830113,
                7.7236233072);
        assertClose(
                corrected(model, exam("new", ROW, "", 2, 3, 1, 4, 2, 6)),
                3.18362003619,
                3.009563036944,
                1.717618115082,
                6.780819797319,
                1.812330071649,
                7.554495805946);
    }

    @Test
    void aProtectedCovariateKeepsItsEffect() {
        RavelModel model = learned(ravel(1, "disease"), cohort());
        assertClose(
                corrected(model, cohort().get(0)),
                2.4716068863,
                3.5945212472,
                1.9126678401,
                5.4385763789,
                0.9933421195,
                9.7804193821);
        assertClose(
                corrected(model, exam("new", ROW, "", 2, 3, 1, 4, 2, 6)),
                2.641418505639,
                3.831097152108,
                1.322053738937,
                5.481811126195,
                2.555183903882,
                8.226606377731);
        assertEquals(java.util.Set.of("disease"), ravel(1, "disease").cohortColumns());
    }

    private static void assertClose(float[] found, double... expected) {
        for (int v = 0; v < expected.length; v++) {
            assertEquals(expected[v], found[v], 2e-6, "voxel " + v + ", as a float");
        }
    }

    @Test
    void theThirdRoundSaysWhatItsSumsTake() {
        Operation<Exam> second = round(ravel(2), cohort());
        Learner<Exam, ?> third = (Learner<Exam, ?>) round((Learner<Exam, ?>) second, cohort());
        assertEquals(8 * 3 * 6, third.sumBytes(), "two components and a mean of six voxels");
        assertEquals(0, ravel(2).sumBytes());
    }

    @Test
    void theOrderOfExamsChangesNothing() {
        List<Exam> turned = new ArrayList<>(cohort());
        Collections.reverse(turned);
        float[] a = corrected(learned(ravel(2), cohort()), cohort().get(2));
        float[] b = corrected(learned(ravel(2), turned), cohort().get(2));
        assertArrayEquals(a, b, 1e-5f);
    }

    @Test
    void aVoxelWithoutValueInOneExamIsCorrectedInNone() {
        List<Exam> exams = cohort();
        exams.set(3, exam("E3", ROW, "1", 3, 5, Float.NaN, 2, Float.NaN, 2));
        RavelModel model = learned(ravel(1), exams);
        float[] out = corrected(model, exams.get(0));
        assertTrue(Float.isNaN(out[2]) && Float.isNaN(out[4]) && !Float.isNaN(out[3]));
        assertEquals(Numbers.of(0, 2), model.place().control());
        assertEquals(Numbers.of(0, 2, 3, 1, 5, 1), model.place().corrected());
        assertEquals(
                Quantity.MAPPED,
                model.apply(exams.get(0), new Trace()).image("t1").volume().quantity());
    }

    @Test
    void aNewExamWithoutItsControlVoxelsIsRefused() {
        RavelModel model = learned(ravel(1), cohort());
        assertRefused(
                "exam new, image t1: 1 of 3 control voxels have no value, so what is unwanted cannot"
                        + " be told. Check the registration and the field of view.",
                () -> corrected(model, exam("new", ROW, "", Float.NaN, 3, 1, 4, 2, 6)));
        Geometry other = Geometry.of(6, 1, 1, 2, 1, 1);
        assertRefused(
                "exam new, image t1: it lies on another grid than the exams that ravel learned from."
                        + " Register it to their template first.",
                () -> corrected(model, exam("new", other, "", 1, 3, 1, 4, 2, 6)));
    }

    @Test
    void noMoreExamsThanComponentsAreRefused() {
        assertRefused(
                "ravel saw 2 exams and takes out 2 components, which would leave nothing. Give more"
                        + " exams than components.",
                () -> learned(ravel(2), cohort().subList(0, 2)));
        assertRefused(
                "ravel saw 2 exams, and components (1) and protected covariates (1) together need at"
                        + " least 3. Lower components, or protect fewer columns.",
                () -> learned(ravel(1, "disease"), cohort().subList(0, 2)));
    }

    @Test
    void covariatesThatCannotBeToldApartAreRefused() {
        List<Exam> exams = new ArrayList<>(cohort());
        exams.replaceAll(
                e -> {
                    var twice = new java.util.TreeMap<>(e.covariates());
                    twice.put("site", "s" + e.covariates().get("disease"));
                    return Exam.of(e.id(), e.images(), e.masks(), twice);
                });
        assertRefused(
                "the protected covariates cannot be told apart from the components of ravel or from"
                        + " each other. Lower components, or protect fewer columns.",
                () -> learned(ravel(1, "disease", "site"), exams));
    }

    @Test
    void componentsBeyondTheRankAreRefused() {
        // three control voxels have three components at most
        assertRefused(
                "the control voxels have 3 independent components, and ravel was to take out 4."
                        + " Lower components.",
                () -> learned(ravel(4), cohort()));
    }

    @Test
    void otherGridsAndFluidThatNobodySharesAreRefused() {
        List<Exam> apart = cohort();
        apart.set(2, exam("E2", Geometry.of(6, 1, 1, 2, 1, 1), "0", 1, 2, 3, 4, 5, 6));
        assertRefused(
                "exam E0, image t1 and exam E2, image t1 lie on different grids, and ravel compares"
                        + " voxels. Register all exams to one template first.",
                () -> learned(ravel(1), apart));
        List<Exam> dry = cohort();
        dry.set(1, dry.get(1).mapMasks((n, m) -> Mask.of(ROW, new boolean[6])));
        assertRefused(
                "no voxel lies in mask fluid of all 5 exams, so ravel has nothing to learn from."
                        + " Check that the exams are registered.",
                () -> learned(new Ravel("t1", "", "fluid", 1, List.of()), dry));
    }

    @Test
    void onlyStandardScoresAreTaken() {
        Exam mr =
                cohort().get(0)
                        .mapImages((n, i) -> i.withVolume(i.volume().withQuantity(Quantity.MR)));
        assertRefused(
                "exam E0, image t1: the quantity is MR, and ravel needs standard scores. Put"
                        + " white-stripe before this step.",
                () -> learned(ravel(1), List.of(mr, mr)));
        RavelModel model = learned(ravel(1), cohort());
        Exam once = model.apply(cohort().get(0), new Trace());
        assertRefused(
                "exam E0, image t1: the quantity is mapped, and ravel needs standard scores. Leave"
                        + " the step out: the image is normalized already.",
                () -> corrected(model, once));
    }

    private static void assertRefused(
            String sentence, org.junit.jupiter.api.function.Executable body) {
        assertEquals(sentence, assertThrows(RefusedException.class, body).getMessage());
    }
}
