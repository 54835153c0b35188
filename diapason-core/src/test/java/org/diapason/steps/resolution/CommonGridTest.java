package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CT (0.8, 0.8, 2) mm and MR (1, 1, 1.5) mm of one object on one grid. */
class CommonGridTest {
    private static final Geometry CT = grid(50, 45, 20, 0.8, 0.8, 2, 3, -7, 11, 0);

    /** Its field begins 4 mm further on and ends before that of the CT. */
    private static Geometry mr(double turn) {
        return grid(32, 28, 20, 1, 1, 1.5, 7, -3, 15, turn);
    }

    private static Geometry grid(
            int ni,
            int nj,
            int nk,
            double si,
            double sj,
            double sk,
            double x,
            double y,
            double z,
            double turn) {
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        // about z, then about the new x
        Numbers turned = Numbers.of(c, -s * c, s * s, s, c * c, -c * s, 0, s, c);
        return new Geometry(ni, nj, nk, Numbers.of(si, sj, sk), Numbers.of(x, y, z), turned);
    }

    /** What is there, in mm. */
    private static double object(Numbers mm) {
        return 10 * mm.get(0)
                + 20 * mm.get(1)
                + 5 * mm.get(2)
                + 100 * StrictMath.sin(mm.get(0) / 4) * StrictMath.cos(mm.get(2) / 5);
    }

    private static Volume seen(Geometry g) {
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) object(place(g, n));
        }
        return Volume.of(g, v, Quantity.UNKNOWN);
    }

    private static Numbers place(Geometry g, int n) {
        return g.toWorld(n % g.ni(), n / g.ni() % g.nj(), n / (g.ni() * g.nj()));
    }

    /** A ball of 8 mm in the middle of both. */
    private static Mask ball(Geometry g) {
        boolean[] in = new boolean[g.voxels()];
        for (int n = 0; n < in.length; n++) {
            Numbers mm = place(g, n);
            double x = mm.get(0) - 22;
            double y = mm.get(1) - 9;
            double z = mm.get(2) - 29;
            in[n] = x * x + y * y + z * z < 64;
        }
        return Mask.of(g, in);
    }

    private static Exam exam(Geometry mr) {
        return Exam.of(
                "P1",
                Map.of("ct", Image.of(seen(CT)), "mr", Image.of(seen(mr))),
                Map.of("ball-ct", ball(CT), "ball-mr", ball(mr)),
                Map.of());
    }

    private static CommonGrid to(double mm, CommonGrid.Cover cover, Interpolation how) {
        OptionalDouble spacing = mm > 0 ? OptionalDouble.of(mm) : OptionalDouble.empty();
        return new CommonGrid("*", "ct", spacing, cover, how, AntiAlias.NONE, false);
    }

    /**
     * Cubic errs by h⁴/16² · 100 · 0.25⁴ and less, linear by h²/8 of the second derivative: 100 ·
     * 0.25² · 4/8 = 3 at most; sinc moves ramps by up to 0.012 voxel an axis; away from the border,
     * where the spline mirrors.
     */
    @ParameterizedTest(name = "{0}, MR turned by {1}")
    @CsvSource({
        "CUBIC, 0, 0.3",
        "CUBIC, 0.25, 0.3",
        "LINEAR, 0, 5",
        "LINEAR, 0.25, 5",
        "SINC, 0, 1.2",
        "SINC, 0.25, 1.2"
    })
    void bothImagesShowTheObjectOnOneGrid(Interpolation how, double turn, double within) {
        Geometry mr = mr(turn);
        Trace trace = new Trace();
        Exam out = to(1, CommonGrid.Cover.ONTO, how).apply(exam(mr), trace);
        Geometry one = out.image("ct").volume().geometry();
        assertEquals(one, out.image("mr").volume().geometry());
        assertEquals(Numbers.of(1, 1, 1), one.spacingMm());
        assertEquals("ibsi over ct", trace.notes().get("gridRule"));
        for (String name : List.of("ct", "mr")) {
            Geometry from = name.equals("ct") ? CT : mr;
            float[] values = out.image(name).volume().values();
            int deep = 0;
            int nan = 0;
            for (int n = 0; n < values.length; n++) {
                Numbers mm = place(one, n);
                double inside = inside(from, mm);
                assertEquals(inside < -0.5 - 1e-6, Float.isNaN(values[n]));
                nan += Float.isNaN(values[n]) ? 1 : 0;
                if (inside > 5) {
                    assertEquals(object(mm), values[n], within);
                    deep++;
                }
            }
            assertTrue(deep > 1000, name + " " + deep);
            assertEquals((double) nan, trace.notes().get(name + ".outsideFieldVoxels"));
            assertEquals(name.equals("mr"), nan > 0);
        }
    }

    /** How many voxels a place lies inside the centres of the border voxels. */
    private static double inside(Geometry g, Numbers mm) {
        Numbers v = g.toVoxel(mm.get(0), mm.get(1), mm.get(2));
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            least = Math.min(least, Math.min(v.get(a), g.size(a) - 1 - v.get(a)));
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void masksGoAlongAndLieOnTheOneGrid(double turn) {
        Exam out =
                to(1, CommonGrid.Cover.ONTO, Interpolation.CUBIC)
                        .apply(exam(mr(turn)), new Trace());
        Mask ct = out.mask("ball-ct");
        Mask mr = out.mask("ball-mr");
        assertEquals(out.image("mr").volume().geometry(), ct.geometry());
        assertEquals(ct.geometry(), mr.geometry());
        int both = 0;
        for (int v = 0; v < ct.voxels().length; v++) {
            both += ct.voxels()[v] && mr.voxels()[v] ? 1 : 0;
        }
        double exact = 4 / 3.0 * Math.PI * 512;
        assertEquals(exact, ct.count(), 0.04 * exact);
        assertEquals(exact, mr.count(), 0.04 * exact);
        // drawn in slices of 2 and of 1.5 mm: borders differ by fractions of a slice
        assertEquals(1, 2.0 * both / (ct.count() + mr.count()), 0.07);
    }

    /** A mask of every voxel is, on the common grid, every voxel that was measured. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void aMaskEndsWhereItsImageEnds(double turn) {
        Geometry g = mr(turn);
        boolean[] all = new boolean[g.voxels()];
        Arrays.fill(all, true);
        Exam before = Exam.of("P1", exam(g).images(), Map.of("all", Mask.of(g, all)), Map.of());
        Exam out = to(1, CommonGrid.Cover.ONTO, Interpolation.LINEAR).apply(before, new Trace());
        float[] values = out.image("mr").volume().values();
        for (int v = 0; v < values.length; v++) {
            assertEquals(!Float.isNaN(values[v]), out.mask("all").voxels()[v]);
        }
    }

    @Test
    void withoutASpacingTheGridIsThatOfTheLeadAndItStays() {
        Exam before = exam(mr(0.25));
        Exam out = to(0, CommonGrid.Cover.ONTO, Interpolation.CUBIC).apply(before, new Trace());
        Volume ct = out.image("ct").volume();
        assertArrayEquals(before.image("ct").volume().values(), ct.values());
        assertFalse(ct.resampled());
        assertTrue(out.image("mr").volume().resampled());
        assertEquals(CT, out.image("mr").volume().geometry());
        assertArrayEquals(before.mask("ball-ct").voxels(), out.mask("ball-ct").voxels());
    }

    /**
     * Along i the CT covers 2.6 … 42.6 mm, the MR 6.5 … 38.5 mm; along k 10 … 50 and 14.25 … 44.25.
     */
    @ParameterizedTest(name = "{0} {1} mm: {2} × {3} × {4}")
    @CsvSource({
        "ONTO, 1, 40, 36, 40",
        "SHARED, 1, 32, 28, 30",
        "ALL, 1, 40, 36, 40",
        "SHARED, 0, 40, 35, 15",
        "ALL, 0, 50, 45, 20"
    })
    void theGridCoversWhatItIsToldTo(CommonGrid.Cover cover, double mm, int ni, int nj, int nk) {
        Exam out = to(mm, cover, Interpolation.LINEAR).apply(exam(mr(0)), new Trace());
        Geometry g = out.image("mr").volume().geometry();
        assertEquals(Numbers.of(ni, nj, nk), Numbers.of(g.ni(), g.nj(), g.nk()));
        if (mm == 0) {
            Numbers o = g.originMm();
            Numbers v = CT.toVoxel(o.get(0), o.get(1), o.get(2));
            for (int a = 0; a < 3; a++) {
                assertEquals(Math.rint(v.get(a)), v.get(a), 1e-9, "its voxels are those of the CT");
            }
        }
        if (cover == CommonGrid.Cover.SHARED) {
            for (float x : out.image("mr").volume().values()) {
                assertFalse(Float.isNaN(x));
            }
        }
    }

    @Test
    void allReachesFurtherThanTheLead() {
        Geometry g = mr(0);
        Geometry shifted =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        Numbers.of(-3, -3, 15),
                        g.direction());
        Exam out =
                to(1, CommonGrid.Cover.ALL, Interpolation.LINEAR).apply(exam(shifted), new Trace());
        // from −3.5 to 42.6 mm
        assertEquals(47, out.image("ct").volume().geometry().ni());
        assertTrue(Float.isNaN(out.image("ct").volume().at(2, 20, 20)));
        assertFalse(Float.isNaN(out.image("mr").volume().at(2, 20, 20)));
    }

    /** Slices of 3 mm along 1.5 mm need no filter, pixels of 1 mm one of 0.475 or 0.282 voxel. */
    @Test
    void eachDirectionIsFilteredAndWidenedByItself() {
        Geometry axial = Geometry.of(20, 20, 10, 1.5, 1.5, 1.2);
        // its i runs along z, its j along x, its k (slices) along y
        Geometry coronal =
                new Geometry(
                        15,
                        30,
                        10,
                        Numbers.of(1, 1, 3),
                        Numbers.of(0, 0, 0),
                        Numbers.of(0, 1, 0, 0, 0, 1, 1, 0, 0));
        Volume mr = seen(coronal).withFwhmMm(Numbers.of(2, 1, 5));
        Exam exam =
                Exam.of(
                        "P1",
                        Map.of("ct", Image.of(seen(axial)), "mr", Image.of(mr)),
                        Map.of(),
                        Map.of());
        Trace trace = new Trace();
        Volume out =
                new CommonGrid(
                                "*",
                                "ct",
                                OptionalDouble.empty(),
                                CommonGrid.Cover.ONTO,
                                Interpolation.CUBIC,
                                AntiAlias.AUTO,
                                false)
                        .apply(exam, trace)
                        .image("mr")
                        .volume();
        assertEquals(
                "axis i cardoso; axis j cardoso; axis k none: not coarser",
                trace.notes().get("mr.antiAlias"));
        Numbers sigma = (Numbers) trace.notes().get("mr.antiAliasSigmaVoxels");
        // sqrt(1.2² − 1)/2.3548 and sqrt(1.5² − 1)/2.3548
        assertEquals(0.2817, sigma.get(0), 1e-4);
        assertEquals(0.4748, sigma.get(1), 1e-4);
        assertEquals(0, sigma.get(2));
        Numbers fwhm = out.fwhmMm().orElseThrow();
        assertEquals(Math.sqrt(1 + 1.25), fwhm.get(0), 1e-6);
        assertEquals(5, fwhm.get(1), 1e-9);
        assertEquals(Math.sqrt(4 + 0.44), fwhm.get(2), 1e-6);
        assertEquals("axis k by 2.00: no information was added", trace.notes().get("mr.upsampled"));
    }

    @Test
    void imagesThatDoNotMeetAreRefused() {
        Geometry away =
                new Geometry(
                        9, 9, 9, Numbers.of(1, 1, 1), Numbers.of(300, 0, 0), Geometry.IDENTITY);
        Exam exam =
                Exam.of(
                        "P1",
                        Map.of("ct", Image.of(seen(CT)), "mr", Image.of(seen(away))),
                        Map.of(),
                        Map.of());
        assertEquals(
                "exam P1, image mr: none of the 57600 voxels of the common grid lies in its field,"
                        + " and the images of one grid must overlap. Let image leave it out, or"
                        + " register it to ct first.",
                refusal(exam, CommonGrid.Cover.ONTO));
        assertEquals(
                "exam P1, image mr: its field does not meet that of the others along axis i of ct,"
                        + " and the images of one grid must overlap. Let image leave it out, or"
                        + " register it first.",
                refusal(exam, CommonGrid.Cover.SHARED));
    }

    private static String refusal(Exam exam, CommonGrid.Cover cover) {
        return assertThrows(
                        RefusedException.class,
                        () -> to(1, cover, Interpolation.LINEAR).apply(exam, new Trace()))
                .getMessage();
    }

    @Test
    void aMaskThatTheGridDoesNotHoldIsRefused() {
        boolean[] corner = new boolean[CT.voxels()];
        corner[0] = true;
        Exam exam =
                Exam.of(
                        "P1",
                        exam(mr(0)).images(),
                        Map.of("corner", Mask.of(CT, corner)),
                        Map.of());
        assertEquals(
                "exam P1, mask corner: its 1 voxels vanish on the grid of 1.00 mm. Choose a smaller"
                        + " spacing-mm, a cover that holds it, or leave this mask out.",
                refusal(exam, CommonGrid.Cover.SHARED));
    }

    @Test
    void aLeadThatIsNotThereIsNamed() {
        Exam exam = Scans.exam("P1", seen(mr(0)));
        CommonGrid step =
                new CommonGrid(
                        "*",
                        "pet",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.ONTO,
                        Interpolation.LINEAR,
                        AntiAlias.AUTO,
                        false);
        assertThrows(DataException.class, () -> step.apply(exam, new Trace()));
        assertEquals(
                "onto needs an image that image matches, got \"ct\" and \"mr*\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new CommonGrid(
                                                "mr*",
                                                "ct",
                                                OptionalDouble.empty(),
                                                CommonGrid.Cover.ONTO,
                                                Interpolation.LINEAR,
                                                AntiAlias.AUTO,
                                                false))
                        .getMessage());
    }

    @Test
    void oneThreadAndFourGiveTheSameBits() {
        CommonGrid step = to(1, CommonGrid.Cover.ALL, Interpolation.CUBIC);
        Exam exam = exam(mr(0.25));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = step.apply(exam, new Trace()).image("mr").volume().values();
            Parallel.setThreads(4);
            assertArrayEquals(one, step.apply(exam, new Trace()).image("mr").volume().values());
        } finally {
            Parallel.setThreads(threads);
        }
    }
}
