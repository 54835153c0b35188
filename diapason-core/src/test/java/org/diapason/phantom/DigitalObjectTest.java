package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigitalObjectTest {
    private static final Numbers MIDDLE = Numbers.of(0, 0, 0);
    private static final Numbers MARGIN = Numbers.of(5, 5, 5);

    private static DigitalObject nested() {
        return new DigitalObject(
                "nested",
                Quantity.HU,
                0,
                Numbers.of(40, 40, 40),
                List.of(
                        Region.of("ball", 100, new Sphere(MIDDLE, 15)),
                        Region.of("core", 300, new Sphere(MIDDLE, 5)),
                        Region.of("wire", 900, ObjectLibrary.rod(0, 18, 0.1))));
    }

    static List<String> names() {
        return ObjectLibrary.names();
    }

    /** Of 4/3 π 5³ = 523.6 mm³, 8 samples an axis find all but 0.05 %; voxel centres 2 %. */
    @Test
    void theSharesOfASphereAddUpToItsVolume() {
        Geometry grid = VirtualScanner.centred(20, 20, 8, 1.1, 2.5);
        float[] share = nested().share("core", grid, 8).values();
        double sum = 0;
        for (float s : share) {
            sum += s * grid.voxelMm3();
        }
        assertEquals(523.6, sum, 0.0005 * 523.6);
        float[] ball = nested().share("ball", grid, 8).values();
        assertEquals(0, ball[grid.index(10, 10, 4)], "hidden by the core");
    }

    /** Painted over, the ball's level times its shell and the core's times its own remain. */
    @Test
    void theSamplesOfTheTruthAddUpToWhatIsDescribed() {
        DigitalObject balls =
                new DigitalObject(
                        "balls",
                        Quantity.HU,
                        0,
                        nested().fieldMm(),
                        nested().regions().subList(0, 2));
        Volume truth = balls.truth(0.8, MARGIN);
        double sum = 0;
        for (float v : truth.values()) {
            sum += v * truth.geometry().voxelMm3();
        }
        double ball = 4 * Math.PI / 3 * 15 * 15 * 15;
        double core = 4 * Math.PI / 3 * 5 * 5 * 5;
        assertEquals(100 * ball + 200 * core, sum, 1e-4 * 100 * ball);
        assertEquals(Numbers.of(1.6, 1.6, 1.6), truth.fwhmMm().orElseThrow());
    }

    @Test
    void masksAreDisjointCoverTheGridAndKeepTheirDistance() {
        Geometry grid = VirtualScanner.centred(39, 39, 39, 1, 1);
        int[] seen = new int[grid.voxels()];
        nested().masks(grid, 0)
                .forEach(
                        (name, mask) -> {
                            for (int v = 0; v < seen.length; v++) {
                                seen[v] += mask.voxels()[v] && !name.equals("wire") ? 1 : 0;
                            }
                        });
        int once = 0;
        for (int s : seen) {
            assertTrue(s <= 1, "no voxel belongs to two regions");
            once += s;
        }
        assertTrue(once >= seen.length - 39 * 9, "only the wire's voxels are left");
        Mask shell = nested().mask("ball", grid, 3);
        assertTrue(shell.count() > 0);
        for (int i = 0; i < 39; i++) {
            double r = Math.abs(i - 19);
            assertEquals(r >= 8 && r <= 12, shell.at(i, 19, 19), "at " + r + " mm");
        }
    }

    @Test
    void aWireBetweenTheCentresOfVoxelsStillHasAMask() {
        Geometry grid = VirtualScanner.centred(20, 20, 4, 2, 5);
        assertTrue(nested().mask("wire", grid, 0).count() >= 4);
    }

    @Test
    void aRegionThatIsNotThereIsNamedWithThoseThatAre() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> nested().region("sphere"));
        assertEquals(
                "object nested: there is no region \"sphere\", only ball, core, wire",
                e.getMessage());
    }

    @Test
    void anObjectTooLargeToDrawIsRefusedAsASetting() {
        DigitalObject large =
                new DigitalObject("large", Quantity.HU, 0, Numbers.of(900, 900, 900), List.of());
        assertEquals(900, large.fieldMm().get(2));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> large.truth(1, MARGIN));
        assertEquals(
                "object large of 900 × 900 × 900 mm would take 756 million samples of 1.00 mm, at"
                        + " most 250 million are drawn. Take a smaller field or a wider psf-mm.",
                e.getMessage());
    }

    /** Every region of every object lies in the field and shows on a grid of 1.5 mm. */
    @ParameterizedTest
    @MethodSource("names")
    void everyObjectOfTheLibraryHasAllOfItsRegions(String name) {
        DigitalObject object = ObjectLibrary.of(name);
        assertEquals(name, object.name());
        Geometry grid = VirtualScanner.reference(5, 1.5).grid(object.fieldMm());
        object.masks(grid, 0)
                .forEach(
                        (region, mask) ->
                                assertTrue(
                                        mask.count() > 0
                                                || region.equals("background")
                                                        && name.equals("resolution"),
                                        region));
    }

    @ParameterizedTest
    @MethodSource("names")
    void anObjectWrittenAsSettingsReadsBackTheSame(String name) {
        DigitalObject object = ObjectLibrary.of(name);
        assertEquals(object, Settings.read(DigitalObject.class, tree(Settings.write(object))));
    }

    @Test
    void aTextureHasItsMeanAndSpreadInItsRegion() {
        double sum = 0;
        double square = 0;
        int pairs = 0;
        Texture texture = new Texture.GaussianField(30, 2, 9);
        Region region = Region.of("ball", 50, new Sphere(MIDDLE, 15)).with(texture);
        DigitalObject object =
                new DigitalObject("t", Quantity.HU, 50, nested().fieldMm(), List.of(region));
        // Samples of 0.25 mm blur 2 mm of correlation by 0.212 mm: SD (1 + 0.212²/2²)^(-3/4).
        Volume truth = object.truth(0.25, Numbers.of(0, 0, 0));
        Geometry g = truth.geometry();
        boolean[] in = object.mask("ball", g, 0).voxels();
        for (int v = 0; v < in.length; v++) {
            if (in[v]) {
                double off = truth.values()[v] - 50;
                sum += off;
                square += off * off;
                pairs++;
            }
        }
        assertEquals(0, sum / pairs, 0.3, "mean 50");
        double sd = Math.sqrt(square / pairs);
        // The blurred edge: ∫₀^∞ (1 − Φ²) = 0.681 σ of the variance times surface over volume.
        double edge = Math.sqrt(1 - 3 / 15.0 * 0.212 * 0.681);
        assertEquals(30 * Math.pow(1 + 0.212 * 0.212 / 4, -0.75) * edge, sd, 0.01 * 30);
    }

    /** 4 mm apart exp(−16/16); over 12 fields of 15 mm radius within 0.025. */
    @Test
    void aTextureHasTheCorrelationItIsAskedFor() {
        Sphere ball = new Sphere(MIDDLE, 15);
        double product = 0;
        double square = 0;
        for (int seed = 0; seed < 12; seed++) {
            Texture texture = new Texture.GaussianField(30, 2, seed);
            assertEquals(Math.exp(-1), texture.autocorrelation(4), 1e-12);
            Region region = Region.of("ball", 50, ball).with(texture);
            Numbers field = nested().fieldMm();
            DigitalObject object = new DigitalObject("t", Quantity.HU, 50, field, List.of(region));
            Volume truth = object.truth(0.5, MIDDLE);
            boolean[] in = object.mask("ball", truth.geometry(), 0).voxels();
            for (int v = 0; v + 8 < in.length; v++) {
                if (in[v] && in[v + 8]) {
                    double a = truth.values()[v] - 50;
                    double b = truth.values()[v + 8] - 50;
                    product += a * b;
                    square += (a * a + b * b) / 2;
                }
            }
        }
        // the blur of 0.425 mm widens s² = 4 to 4.18
        assertEquals(Math.exp(-16 / (4 * 4.18)), product / square, 0.04);
    }

    /** A texture is a function of place: finer samples of it are seen as the same image. */
    @Test
    void whatAScannerSeesDoesNotDependOnHowFinelyTheObjectIsSampled() {
        Region ball =
                Region.of("ball", 50, new Sphere(MIDDLE, 9))
                        .with(new Texture.PowerLaw(30, 3, 1.5, 6, 4));
        DigitalObject object =
                new DigitalObject("t", Quantity.HU, 0, Numbers.of(24, 24, 24), List.of(ball));
        VirtualScanner s = VirtualScanner.reference(5, 2);
        float[] coarse = s.scan(object.truth(1, MARGIN), s.grid(24, 24), 0).values();
        float[] fine = s.scan(object.truth(0.5, MARGIN), s.grid(24, 24), 0).values();
        double most = 0;
        for (int v = 0; v < fine.length; v++) {
            most = Math.max(most, Math.abs(fine[v] - coarse[v]));
        }
        assertEquals(0, most, 1.5, "HU; the texture ends at the blurred edge");
    }

    @Test
    void theTruthIsTheSameOnOneThreadAndOnTwo() {
        DigitalObject object =
                new DigitalObject(
                        "t",
                        Quantity.HU,
                        0,
                        Numbers.of(20, 20, 20),
                        List.of(
                                Region.of("ball", 50, new Sphere(MIDDLE, 8))
                                        .with(new Texture.GaussianField(20, 2, 3))));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = object.truth(0.7, MARGIN).values();
            Parallel.setThreads(2);
            assertArrayEquals(one, object.truth(0.7, MARGIN).values());
        } finally {
            Parallel.setThreads(threads);
        }
    }

    /** Returns settings as they would stand in a file. */
    static Tree tree(Object value) {
        if (value instanceof java.util.Map<?, ?> map) {
            SortedMap<String, Tree> fields = new TreeMap<>();
            map.forEach((k, v) -> fields.put((String) k, tree(v)));
            return new Tree.Fields(fields, "test");
        }
        if (value instanceof List<?> list) {
            List<Tree> items = new ArrayList<>();
            list.forEach(item -> items.add(tree(item)));
            return new Tree.Items(items, "test");
        }
        if (value instanceof Numbers n) {
            return new Tree.Values(n, "test");
        }
        return new Tree.Text(String.valueOf(value), "test");
    }
}
