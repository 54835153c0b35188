package org.diapason.steps.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.fusion.Scale;
import org.diapason.quality.Metric;
import org.diapason.quality.Wanted;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A step of 100 between two halves, and the same 3 brighter. */
class ImageJudgeStepsTest {
    private static final Geometry GRID = Geometry.of(48, 44, 1, 1, 1, 1);

    private static Image image(float more) {
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (v % 48 < 24 ? 50 : 150) + (v % 48 == 40 ? 2 * more : more);
        }
        return Image.of(Volume.of(GRID, values, Quantity.UNKNOWN));
    }

    /** The stripe that is twice as much brighter lies outside the mask. */
    private static Exam exam() {
        boolean[] most = new boolean[GRID.voxels()];
        for (int v = 0; v < most.length; v++) {
            most[v] = v % 48 < 40;
        }
        return Exam.of(
                "P1",
                Map.of("a", image(0), "b", image(3), "same", image(0)),
                Map.of("most", Mask.of(GRID, most)),
                Map.of());
    }

    private static Wanted wanted(String range, String... metrics) {
        return new Wanted(List.of(metrics), Optional.ofNullable(range), false, 1, 100, 1, false);
    }

    private static Trace through(org.diapason.step.Step<Exam> step) {
        Trace whole = new Trace("P1", 0);
        Exam exam = exam();
        assertSame(exam, step.apply(exam, whole.child(org.diapason.step.Names.of(step))));
        assertFalse(step.harmonizes());
        return whole;
    }

    @Test
    void figuresAreThoseOfTheMaskWithTheirInterval() {
        Trace whole =
                through(
                        new Compare(
                                "a", "b", Optional.of("most"), wanted("255", "mse", "psnr", "w1")));
        List<FigureNotes.Row> rows = FigureNotes.of("P1", whole);
        assertEquals(List.of(Metric.MSE, Metric.PSNR, Metric.W1), metrics(rows));
        assertEquals(9, rows.get(0).value(), 1e-12);
        assertEquals(9, rows.get(0).low(), 1e-12);
        assertEquals(9, rows.get(0).high(), 1e-12);
        // 10 log10(255²/9)
        assertEquals(38.58837851428586, rows.get(1).value(), 1e-10);
        assertEquals(
                List.of("P1", "compare", "b", "a"),
                List.of(
                        rows.get(0).exam(),
                        rows.get(0).step(),
                        rows.get(0).image(),
                        rows.get(0).beside()));
        // one column of 48 is 6 brighter, 36 - 9 more
        Trace all = through(new Compare("a", "b", Optional.empty(), wanted(null, "mse")));
        assertEquals(9 + 27 / 48.0, FigureNotes.of("P1", all).get(0).value(), 1e-12);
    }

    private static List<Metric> metrics(List<FigureNotes.Row> rows) {
        return rows.stream().map(FigureNotes.Row::metric).toList();
    }

    @Test
    void whatIsNotDefinedSaysWhy() {
        Trace whole = through(new Compare("a", "b", Optional.empty(), wanted(null, "all")));
        List<FigureNotes.Row> rows = FigureNotes.of("P1", whole);
        assertEquals(List.of(Metric.values()), metrics(rows));
        FigureNotes.Row ssim = rows.get(Metric.SSIM.ordinal());
        assertEquals(Double.NaN, ssim.value());
        assertEquals(
                "it needs the range that values could take, which is not that of these images. Give"
                        + " it: --data-range 255, or --data-range -1000:1000.",
                ssim.reason());
    }

    @Test
    void aFusedImageIsJudgedBesideBothAndBesideEach() {
        Trace whole =
                through(
                        new FusionQuality(
                                "same",
                                List.of("a", "b"),
                                Scale.AS_IS,
                                Optional.empty(),
                                Optional.of("most"),
                                wanted("255", "mse", "qabf", "ag")));
        List<FigureNotes.Row> rows = FigureNotes.of("P1", whole);
        assertEquals(
                List.of(Metric.MSE, Metric.AG, Metric.QABF, Metric.MSE, Metric.MSE), metrics(rows));
        assertEquals(
                List.of("a and b", "a and b", "a and b", "a", "b"),
                rows.stream().map(FigureNotes.Row::beside).toList());
        assertEquals(4.5, rows.get(0).value(), 1e-12);
        assertEquals(0, rows.get(3).value());
        assertEquals(9, rows.get(4).value(), 1e-12);
    }

    /** Of a and its copy on a scale of 0 to 1 every edge is kept, on that scale alone. */
    @Test
    void edgesCompareOnTheScaleOnWhichSourcesWereFused() {
        Exam exam = exam();
        Volume mapped = Scale.PERCENTILES.of(exam.image("a").volume(), "a");
        TreeMap<String, Image> images = new TreeMap<>(exam.images());
        images.put("fused", Image.of(mapped));
        double[] qabf = new double[2];
        for (Scale scale : Scale.values()) {
            Trace whole = new Trace("P1", 0);
            new FusionQuality(
                            "fused",
                            List.of("a", "same"),
                            scale,
                            Optional.empty(),
                            Optional.empty(),
                            wanted(null, "qabf"))
                    .apply(exam.withImages(images), whole.child("fusion-quality"));
            qabf[scale.ordinal()] = FigureNotes.of("P1", whole).get(0).value();
        }
        // 0.9994/(1 + e^−7.5) · 0.9879/(1 + e^−4.4)
        assertEquals(0.974794, qabf[Scale.PERCENTILES.ordinal()], 1e-6);
        assertEquals(0, qabf[Scale.AS_IS.ordinal()], 0.01);
    }

    @Test
    void namesAreCheckedAndGridsRefused() {
        Wanted wanted = wanted(null, "mse");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Compare("a", "a", Optional.empty(), wanted));
        for (List<String> wrong : List.of(List.of("a"), List.of("a", "a"), List.of("a", "f"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new FusionQuality(
                                    "f",
                                    wrong,
                                    Scale.AS_IS,
                                    Optional.empty(),
                                    Optional.empty(),
                                    wanted));
        }
        Geometry other = Geometry.of(48, 44, 1, 1, 2, 1);
        Image b = Image.of(Volume.of(other, new float[other.voxels()], Quantity.UNKNOWN));
        Exam apart = Exam.of("P1", Map.of("a", image(0), "b", b), Map.of(), Map.of());
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        new Compare("a", "b", Optional.empty(), wanted)
                                                .apply(apart, new Trace()))
                        .getMessage();
        assertEquals("exam P1: the images lie on different grids", said.substring(0, 42));
    }
}
