package org.diapason.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.step.ContentHash;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method must hold, written once and run on each entry of the Catalogue. */
class ContractTest {
    /** Methods that need another image beside the first. */
    private static final Set<String> OF_TWO =
            Set.of(
                    "fuse",
                    "pansharpen",
                    "fuse-features",
                    "compare",
                    "fusion-quality",
                    "decide",
                    "overlay");

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    /** What only a learner makes is reached through the learner. */
    static List<String> images() {
        return Catalogue.entries().stream()
                .filter(e -> e.station() == Catalogue.Station.IMAGES && e.written())
                .map(Catalogue.Entry::name)
                .toList();
    }

    static List<String> tables() {
        return names(Catalogue.Station.TABLE);
    }

    private static List<String> names(Catalogue.Station station) {
        return Catalogue.entries().stream()
                .filter(e -> e.station() == station)
                .map(Catalogue.Entry::name)
                .toList();
    }

    private static Exam exam(String name, int ni, int nj, int nk) {
        Quantity quantity =
                switch (name) {
                    case "detector", "units" -> Quantity.STORED;
                    case "ravel" -> Quantity.Z_SCORE;
                    case "gain-offset", "n4" -> Quantity.MR;
                    default -> Quantity.HU;
                };
        if (OF_TWO.contains(name)) {
            return ExampleData.two(ExampleData.exam(ni, nj, nk, quantity));
        }
        return name.endsWith("template") || name.equals("template-model")
                ? placed(ExampleData.exam(3 * ni, 3 * nj, nk == 1 ? 1 : 3 * nk, quantity))
                : ExampleData.exam(ni, nj, nk, quantity);
    }

    /** Few voxels, or noise alone, do not say where an image lies. */
    private static Exam placed(Exam exam) {
        return exam.mapImages(
                (name, image) -> {
                    Volume v = image.volume();
                    float[] smooth = Gauss.blur(v.geometry(), v.values(), 4, 4, 4);
                    for (int n = 0; n < smooth.length; n++) {
                        smooth[n] *= 30;
                    }
                    return image.withVolume(v.withValues(smooth));
                });
    }

    @SuppressWarnings("unchecked") // the Catalogue lists only operations on exams under IMAGES
    private static Exam through(String name, Exam exam) {
        Operation<Exam> now = (Operation<Exam>) Examples.of(name);
        while (now instanceof Learner<Exam, ?> round) {
            now =
                    Examples.learn(
                            round,
                            name.equals("travelling-subjects")
                                    ? ExampleData.travellers(exam)
                                    : ExampleData.exams(exam));
        }
        return ((Step<Exam>) now).apply(exam, new Trace());
    }

    @ParameterizedTest(name = "{0} leaves its input as it was")
    @MethodSource("images")
    void inputUnchanged(String name) {
        Exam exam = exam(name, 13, 11, 9);
        float[] before = exam.image("ct").volume().values().clone();
        boolean[] mask = exam.mask("lesion").voxels().clone();
        through(name, exam);
        assertArrayEquals(before, exam.image("ct").volume().values());
        assertArrayEquals(mask, exam.mask("lesion").voxels());
    }

    @ParameterizedTest(name = "{0} gives the same bits with 1 and 5 threads")
    @MethodSource("images")
    void sameBitsOnAnyNumberOfThreads(String name) {
        Parallel.setThreads(1);
        Exam one = through(name, exam(name, 40, 31, 23));
        Parallel.setThreads(5);
        Exam five = through(name, exam(name, 40, 31, 23));
        for (String image : one.images().keySet()) {
            assertEquals(
                    ContentHash.of(one.image(image).volume()),
                    ContentHash.of(five.image(image).volume()),
                    image);
        }
        for (String picture : one.pictures().keySet()) {
            assertEquals(
                    ContentHash.ofPicture(one.pictures().get(picture)),
                    ContentHash.ofPicture(five.pictures().get(picture)),
                    picture);
        }
        assertEquals(ContentHash.of(one.mask("lesion")), ContentHash.of(five.mask("lesion")));
    }

    @ParameterizedTest(name = "{0} keeps masks on the grid of their image")
    @MethodSource("images")
    void masksAndImagesStayTogether(String name) {
        Exam changed = through(name, exam(name, 13, 11, 9));
        Geometry grid = changed.image("ct").volume().geometry();
        for (Mask mask : changed.masks().values()) {
            assertEquals(grid, mask.geometry());
        }
    }

    @ParameterizedTest(name = "{0} survives an axis of one voxel")
    @MethodSource("images")
    void anAxisOfOneVoxelSurvives(String name) {
        Exam changed = through(name, exam(name, 13, 11, 1));
        for (float v : changed.image("ct").volume().values()) {
            assertTrue(Float.isFinite(v), name + " made " + v);
        }
    }

    @ParameterizedTest(
            name = "{0} keeps a voxel without measurement without one and invents no other")
    @MethodSource("images")
    void notMeasuredStaysNotMeasured(String name) {
        Exam exam = exam(name, 13, 11, 9);
        float[] values = exam.image("ct").volume().values();
        values[0] = Float.NaN;
        float[] after = through(name, exam).image("ct").volume().values();
        int missing = 0;
        for (float v : after) {
            missing += Float.isNaN(v) ? 1 : 0;
        }
        assertTrue(missing >= 1, name + " filled a voxel that was never measured");
        assertTrue(missing <= 27, name + " lost " + missing + " voxels to one");
    }

    static List<String> features() {
        return names(Catalogue.Station.FEATURES);
    }

    private static FeatureTable measured(String name, Exam exam) {
        return ((Extractor) Examples.of(name)).apply(exam, new Trace());
    }

    @ParameterizedTest(name = "{0} gives the same row with 1 and 5 threads, its input as it was")
    @MethodSource("features")
    void rowsAreTheSameOnAnyNumberOfThreads(String name) {
        Exam exam = exam(name, 40, 31, 7);
        float[] before = exam.image("ct").volume().values().clone();
        boolean[] mask = exam.mask("lesion").voxels().clone();
        Parallel.setThreads(1);
        double[] one = measured(name, exam).row(0);
        Parallel.setThreads(5);
        assertArrayEquals(one, measured(name, exam).row(0));
        assertArrayEquals(before, exam.image("ct").volume().values());
        assertArrayEquals(mask, exam.mask("lesion").voxels());
    }

    @ParameterizedTest(name = "{0} has the columns of its dictionary, most with a value")
    @MethodSource("features")
    void columnsAreThoseOfTheDictionary(String name) {
        FeatureTable table = measured(name, exam(name, 40, 31, 7));
        assertEquals(
                ((Extractor) Examples.of(name))
                        .dictionary().stream().map(FeatureInfo::column).toList(),
                table.features());
        long values = Arrays.stream(table.row(0)).filter(Double::isFinite).count();
        assertTrue(values > 0.9 * table.features().size(), values + " values");
    }

    @ParameterizedTest(name = "{0} sums to the same in two parts as in one")
    @MethodSource("tables")
    @SuppressWarnings("unchecked") // the Catalogue lists only operations on tables under TABLE
    void mergeIsAssociative(String name) {
        FeatureTable table = ExampleData.table();
        Operation<FeatureTable> operation = (Operation<FeatureTable>) Examples.of(name);
        double[][] whole = rows(learnIn(operation, table, table.size()).apply(table, new Trace()));
        double[][] parts = rows(learnIn(operation, table, 5).apply(table, new Trace()));
        for (int r = 0; r < whole.length; r++) {
            assertArrayEquals(whole[r], parts[r], 1e-10, "sums of other blocks agree to rounding");
        }
    }

    private static Step<FeatureTable> learnIn(
            Operation<FeatureTable> operation, FeatureTable table, int block) {
        Operation<FeatureTable> now = operation;
        while (now instanceof Learner<FeatureTable, ?> round) {
            now = roundIn(round, table, block);
        }
        return (Step<FeatureTable>) now;
    }

    private static <S> Operation<FeatureTable> roundIn(
            Learner<FeatureTable, S> learner, FeatureTable table, int block) {
        S total = learner.empty();
        for (int from = 0; from < table.size(); from += block) {
            S part = learner.empty();
            for (int r = from; r < Math.min(table.size(), from + block); r++) {
                learner.add(part, table.rows(r));
            }
            learner.merge(total, part);
        }
        return learner.learn(total, new Trace());
    }

    private static double[][] rows(FeatureTable table) {
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r);
        }
        return rows;
    }
}
