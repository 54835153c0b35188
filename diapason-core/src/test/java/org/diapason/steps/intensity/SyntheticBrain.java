package org.diapason.steps.intensity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * A brain of fluid 300, grey 600 and white 1000 on T1 (900, 600, 400 on T2), noise 40, in a
 * background of 0: a fifth fluid, under a half grey, over a third white.
 */
final class SyntheticBrain {
    static final Geometry GRID = Geometry.of(50, 40, 40, 1, 1, 1);
    static final Tags T1 =
            new Tags(
                    Map.of("ScanningSequence", "SE", "RepetitionTime", "600", "EchoTime", "10"),
                    Map.of());
    static final Tags T2 =
            new Tags(
                    Map.of("ScanningSequence", "SE", "RepetitionTime", "3000", "EchoTime", "90"),
                    Map.of());

    private SyntheticBrain() {}

    static Exam exam(String id, long seed, double gain, double offset) {
        return exam(id, seed, gain, offset, T1, T2);
    }

    static Exam exam(String id, long seed, double gain, double offset, Tags t1Tags, Tags t2Tags) {
        Rng rng = new Rng(seed);
        int n = GRID.voxels();
        float[] t1 = new float[n];
        float[] t2 = new float[n];
        boolean[] brain = new boolean[n];
        boolean[] fluid = new boolean[n];
        for (int v = 0; v < n; v++) {
            brain[v] = v >= n / 5;
            int tissue = v % 20 < 4 ? 0 : v % 20 < 13 ? 1 : 2;
            fluid[v] = brain[v] && tissue == 0;
            double x = new double[] {300, 600, 1000}[tissue] + 40 * rng.nextGaussian();
            double y = new double[] {900, 600, 400}[tissue] + 30 * rng.nextGaussian();
            t1[v] = (float) (brain[v] ? gain * x + offset : 0);
            t2[v] = (float) (brain[v] ? gain * y + offset : 0);
        }
        t1[0] = Float.NaN;
        t1[n - 1] = Float.NaN;
        Map<String, Image> images = new LinkedHashMap<>();
        images.put("t1", new Image(Volume.of(GRID, t1, Quantity.MR), t1Tags, Optional.empty()));
        images.put("t2", new Image(Volume.of(GRID, t2, Quantity.MR), t2Tags, Optional.empty()));
        return Exam.of(
                id,
                images,
                Map.of("brain", Mask.of(GRID, brain), "fluid", Mask.of(GRID, fluid)),
                Map.of("age", String.valueOf(40 + seed)));
    }

    static float[] values(Exam exam, String image) {
        return exam.image(image).volume().values();
    }

    /** Returns the largest difference inside the brain. */
    static double difference(Exam a, Exam b, String image) {
        float[] x = values(a, image);
        float[] y = values(b, image);
        boolean[] in = a.mask("brain").voxels();
        double most = 0;
        for (int v = 0; v < x.length; v++) {
            if (in[v] && !Float.isNaN(x[v])) {
                most = Math.max(most, Math.abs(x[v] - y[v]));
            }
        }
        return most;
    }
}
