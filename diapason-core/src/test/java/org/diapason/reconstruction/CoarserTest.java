package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image in larger voxels says the same of a weight. */
class CoarserTest {
    private static final Geometry G = Geometry.of(47, 46, 42, 1, 1, 1.5);
    private static final Numbers WIDTH = Numbers.of(5, 5, 5);

    @Test
    void voxelsAreAsLargeAsTheResolutionAllows() {
        Coarser c = Coarser.of(G, WIDTH).orElseThrow();
        assertEquals(Geometry.of(24, 23, 42, 2, 2, 1.5), c.grid);
        assertEquals(4, c.block);
        assertTrue(Coarser.of(G, Numbers.of(2, 2, 3)).isEmpty(), "two voxels to a width");
        assertTrue(Coarser.of(Geometry.of(30, 30, 30, 1, 1, 1), WIDTH).isEmpty(), "small");
        Geometry slice = Geometry.of(300, 300, 1, 1, 1, 1);
        assertEquals(1, Coarser.of(slice, WIDTH).orElseThrow().grid.nk());
    }

    @Test
    void blocksAreMeansOfWhatIsANumberAndRampsComeBack() {
        Coarser c = Coarser.of(G, WIDTH).orElseThrow();
        float[] x = new float[G.voxels()];
        for (int p = 0; p < x.length; p++) {
            x[p] = 2 * (p % 47) + 5 * (p / 47 % 46);
        }
        float[] back = c.finer(c.means(x, 3), 1.0 / 3);
        for (int j = 4; j < 42; j++) {
            for (int i = 4; i < 41; i++) { // off the border
                assertEquals(x[G.index(i, j, 7)], back[G.index(i, j, 7)], 2e-3);
            }
        }
        x[0] = Float.NaN;
        assertEquals((2 + 5 + 7) / 3.0, c.means(x, 1)[0], 1e-5);
        x[1] = x[47] = x[48] = Float.NaN;
        assertTrue(Float.isNaN(c.means(x, 1)[0]));
    }

    /** Of a point; straight lines alone leave 14 %, most of it a blur. */
    @Test
    void whatTheResolutionLetsThroughComesBack() {
        Coarser c = Coarser.of(G, WIDTH).orElseThrow();
        float[] point = new float[G.voxels()];
        point[G.index(21, 20, 20)] = 1;
        float[] x = new float[point.length];
        new Blur(G, WIDTH).forward(point, x);
        float[] back = c.finer(c.means(x, 1), 1);
        double off = 0;
        double size = 0;
        for (int p = 0; p < x.length; p++) {
            off += (back[p] - x[p]) * (double) (back[p] - x[p]);
            size += x[p] * (double) x[p];
        }
        assertTrue(off < 0.07 * 0.07 * size, "off by " + Math.sqrt(off / size));
    }

    /** A weight off by the voxels of a block would be looked for anew, by steps of four. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"TV, GAUSSIAN", "DTV, GAUSSIAN", "DTV, POISSON", "BOWSHER, POISSON"})
    void theWeightFoundInLargerVoxelsHoldsInSmallOnes(MapPrior prior, MapFusion.Noise noise) {
        List<String> tries = new ArrayList<>();
        MapFusion.Result r = fuse(prior, noise, OptionalDouble.empty(), tries);
        assertEquals(1, r.discrepancy(), 0.05);
        int began = tries.indexOf(prior.label() + " begins in larger voxels");
        assertTrue(began > 0, tries.toString());
        List<String> fine = new ArrayList<>(tries.subList(began + 1, tries.size()));
        fine.removeIf(s -> !s.contains(" tries "));
        assertTrue(fine.size() <= 2, fine.toString());
        assertFalse(fine.isEmpty());
    }

    /** Wherever it begins, the image is within the gap of the same least value. */
    @Test
    void theStartChangesTheImageNoMoreThanTheGap() {
        MapFusion.Result r =
                fuse(MapPrior.DTV, MapFusion.Noise.GAUSSIAN, OptionalDouble.of(1), null);
        Blur blur = new Blur(G, WIDTH);
        float[] guide = body(100, 300);
        NormPrior prior = new DirectionalTv(G, guide, r.guide().orElseThrow().eta(), 0.95, 0);
        Volume pet = pet();
        DataTerm data = DataTerm.gaussian(pet.values(), 0.3);
        Pdhg pdhg = new Pdhg(blur, data, prior, pet.values(), 0.09);
        Pdhg.Check cold =
                pdhg.minimise(1, new Pdhg.Settings(3e-3, 200, 3000), (s, d, t, l) -> {}).last();
        assertTrue(r.objective() - r.gap() <= cold.objective());
        assertTrue(cold.objective() - cold.gap() <= r.objective());
    }

    private static float[] body(float low, float high) {
        float[] u = new float[G.voxels()];
        for (int p = 0; p < u.length; p++) {
            int i = p % 47;
            int j = p / 47 % 46;
            int k = p / 47 / 46;
            boolean body = i > 4 && i < 42 && j > 4 && j < 40 && k > 3 && k < 38;
            boolean hot = i > 12 && i < 22 && j > 14 && j < 26 && k > 10 && k < 24;
            u[p] = hot ? high : body ? low : 0;
        }
        return u;
    }

    private static Volume pet() {
        float[] z = new float[G.voxels()];
        new Blur(G, WIDTH).forward(body(2, 8), z);
        Rng rng = new Rng(3);
        for (int p = 0; p < z.length; p++) {
            z[p] = (float) Math.max(0, z[p] + 0.3 * rng.nextGaussian());
        }
        return Volume.of(G, z, Quantity.SUV_BW);
    }

    private static MapFusion.Result fuse(
            MapPrior prior, MapFusion.Noise noise, OptionalDouble weight, List<String> stages) {
        MapFusion.Settings s =
                new MapFusion.Settings(
                        prior,
                        WIDTH,
                        weight,
                        OptionalDouble.of(0.3),
                        noise,
                        OptionalDouble.empty(),
                        0.95,
                        OptionalInt.empty(),
                        MapFusion.TOLERANCE);
        Volume mr = Volume.of(G, body(100, 300), Quantity.MR);
        return MapFusion.of(
                pet(),
                Optional.of(mr),
                s,
                (stage, done, total, lost) -> {
                    String name = stage.split(" · ")[0];
                    int last = stages == null ? 0 : stages.size() - 1;
                    if (stages != null && (last < 0 || !stages.get(last).equals(name))) {
                        stages.add(name);
                    }
                });
    }
}
