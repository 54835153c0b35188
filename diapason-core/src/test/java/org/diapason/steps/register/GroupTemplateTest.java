package org.diapason.steps.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Registration;
import org.diapason.step.Cohort;
import org.diapason.step.Fold;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupTemplateTest {
    private static final Geometry GRID = Geometry.of(24, 22, 20, 4, 4, 4);
    private static final GroupTemplate RIGID =
            new GroupTemplate(
                    "t1", Registration.Model.RIGID, 3, 2, "template", Optional.empty(), 48, 8_000);

    /**
     * Shifts in mm, turns in rad. The mean turn is that of no exam and far from the one that most
     * have, to which the mean image of the first round is nearest.
     */
    private static final double[][] POSES = {
        {6, 0, 0, 0, 0, 0},
        {-4, 5, 0, 0.1, 0, 0},
        {0, -6, 3, 0, -0.1, 0},
        {3, 3, -4, -0.1, 0.1, 0},
        {-5, 0, 2, 0, 0, 0},
        {1, -3, -2, 0, 0, 0.6},
    };

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    private static Affine pose(int n) {
        return LinearModel.RIGID.at(POSES[n], Heads.CENTRE);
    }

    private static Cohort<Exam> cohort(int many) {
        return cohort(many, n -> Heads.of(0, GRID, pose(n), 1, n));
    }

    private static Cohort<Exam> cohort(int many, IntFunction<Volume> drawn) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < many; n++) {
            ids.add("E" + n);
        }
        return new Cohort<>() {
            @Override
            public List<String> ids() {
                return ids;
            }

            @Override
            public Exam open(String id) {
                int n = Integer.parseInt(id.substring(1));
                return Exam.of(id, Map.of("t1", Image.of(drawn.apply(n))), Map.of(), Map.of());
            }
        };
    }

    private static List<Exam> onTemplate(Step<Exam> model, Cohort<Exam> cohort) {
        CommonGrid onto =
                new CommonGrid(
                        "*",
                        "template",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.ONTO,
                        Interpolation.CUBIC,
                        AntiAlias.AUTO,
                        false);
        List<Exam> exams = new ArrayList<>();
        for (String id : cohort.ids()) {
            exams.add(onto.apply(model.apply(cohort.open(id), new Trace(id, 1)), new Trace()));
        }
        return exams;
    }

    /** Returns the mean correlation of two exams, over all pairs. */
    private static double alike(List<float[]> images) {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < images.size(); a++) {
            for (int b = 0; b < a; b++, pairs++) {
                sum += correlation(images.get(a), images.get(b));
            }
        }
        return sum / pairs;
    }

    private static double correlation(float[] a, float[] b) {
        double[] s = new double[5];
        int n = 0;
        for (int v = 0; v < a.length; v++) {
            if (a[v] == a[v] && b[v] == b[v]) {
                s[0] += a[v];
                s[1] += b[v];
                s[2] += a[v] * (double) a[v];
                s[3] += b[v] * (double) b[v];
                s[4] += a[v] * (double) b[v];
                n++;
            }
        }
        double cross = s[4] - s[0] * s[1] / n;
        return cross / Math.sqrt((s[2] - s[0] * s[0] / n) * (s[3] - s[1] * s[1] / n));
    }

    private static List<float[]> values(List<Exam> exams) {
        return exams.stream().map(e -> e.image("t1").volume().values()).toList();
    }

    @Test
    void sixPosesMeetOnATemplateOfTheMiddlePose() {
        Cohort<Exam> cohort = cohort(6);
        Trace trace = new Trace();
        Step<Exam> model = Fold.learn(List.of(RIGID), cohort, trace).get(0);
        List<Exam> exams = onTemplate(model, cohort);
        double before = alike(values(cohort.ids().stream().map(cohort::open).toList()));
        double after = alike(values(exams));
        assertTrue(before < 0.93, "before " + before);
        assertTrue(after > 0.99, "after " + after);
        Geometry grid = ((TemplateModel) model).grid();
        double[] mean = new double[12];
        for (Exam exam : exams) {
            assertEquals(grid, exam.image("t1").volume().geometry());
            double[] log = AffineLog.log((Affine) exam.asRead("t1"));
            for (int e = 0; e < 12; e++) {
                mean[e] += log[e] / exams.size();
            }
        }
        // the mean turn is 0.1 rad about z for a template of the pose that most have
        for (int e : new int[] {0, 1, 2, 4, 5, 6, 8, 9, 10}) {
            assertEquals(0, mean[e], 0.02, "place " + e);
        }
        double[] middle = Heads.CENTRE.clone();
        AffineLog.exp(mean).apply(middle);
        assertArrayEquals(Heads.CENTRE, middle, 0.5);
        assertEquals(6.0, trace.children().get(0).notes().get("exams"));
    }

    /** One body whose core differs: 20 mm in two exams, 14 mm in the third, 18 mm on average. */
    @Test
    void theShapeOfATemplateIsTheMeanOfAllShapes() {
        double[] radii = {20, 20, 14};
        GroupTemplate bends =
                new GroupTemplate(
                        "t1",
                        Registration.Model.DIFFEO,
                        3,
                        2,
                        "template",
                        Optional.empty(),
                        48,
                        20_000);
        Cohort<Exam> cohort = cohort(3, n -> core(radii[n], n));
        Trace trace = new Trace();
        TemplateModel model = (TemplateModel) Fold.learn(List.of(bends), cohort, trace).get(0);
        // 19.0 mm where only linear parts are averaged: nearer to the shape that most have
        assertEquals(18, radius(model), 0.7, radius(model) + " mm");
    }

    /** A round body of 40 mm with a brighter core about its middle. */
    private static Volume core(double radiusMm, int seed) {
        Geometry g = Geometry.of(32, 32, 32, 3, 3, 3);
        Rng rng = new Rng(seed);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            double out = length(g, v, 46.5);
            values[v] =
                    (float)
                            (100 / (1 + StrictMath.exp(out - 40))
                                    + 100 / (1 + StrictMath.exp(out - radiusMm))
                                    + rng.nextGaussian());
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    private static double length(Geometry g, int v, double centre) {
        int row = v / g.ni();
        double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
        double square = 0;
        for (double x : p) {
            square += (x - centre) * (x - centre);
        }
        return Math.sqrt(square);
    }

    /** Radius of a ball as large as the core of a template. */
    private static double radius(TemplateModel model) {
        Geometry g = model.grid();
        double body = 0;
        double core = 0;
        int bodies = 0;
        int cores = 0;
        for (int v = 0; v < g.voxels(); v++) {
            double out = length(g, v, 46.5);
            if (out > 26 && out < 34) {
                body += model.values().get(v);
                bodies++;
            } else if (out < 8) {
                core += model.values().get(v);
                cores++;
            }
        }
        double half = (body / bodies + core / cores) / 2;
        int inside = 0;
        for (int v = 0; v < g.voxels(); v++) {
            inside += model.values().get(v) > half ? 1 : 0;
        }
        return Math.cbrt(inside * g.spacing(0) * g.spacing(1) * g.spacing(2) * 0.75 / Math.PI);
    }

    @Test
    void theTemplateIsTheSameOnAnyNumberOfThreads() {
        GroupTemplate once =
                new GroupTemplate(
                        "t1",
                        Registration.Model.TRANSLATION,
                        6,
                        1,
                        "template",
                        Optional.empty(),
                        32,
                        4000);
        Parallel.setThreads(1);
        Step<Exam> one = Fold.learn(List.of(once), cohort(3), new Trace()).get(0);
        Parallel.setThreads(3);
        assertEquals(one, Fold.learn(List.of(once), cohort(3), new Trace()).get(0));
    }

    @Test
    void aTemplateOfOneIsRefused() {
        assertEquals(
                "group-template saw 1 exam, and a template is the mean of several. Give more, or"
                        + " register to a template of your own with register.",
                assertThrows(
                                RefusedException.class,
                                () -> Fold.learn(List.of(RIGID), cohort(1), new Trace()))
                        .getMessage());
    }

    @Test
    void logarithmsAreThoseOfLinearTransforms() {
        double[] m = pose(3).matrix().toArray();
        m[0] *= 1.3;
        m[5] *= 0.8;
        Affine a = new Affine(org.diapason.volume.Numbers.of(m));
        assertArrayEquals(m, AffineLog.exp(AffineLog.log(a)).matrix().toArray(), 1e-11);
        // a turn by t about z has the logarithm ((0, -t), (t, 0))
        double[] turn =
                AffineLog.log(
                        LinearModel.RIGID.at(new double[] {0, 0, 0, 0, 0, 1.2}, new double[3]));
        assertEquals(-1.2, turn[1], 1e-12);
        assertEquals(1.2, turn[4], 1e-12);
        assertEquals(0, turn[0], 1e-12);
    }
}
