package org.diapason.pansharpening;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** A sharp picture and three bands of a third of its voxels, in integers; and volumes of noise. */
final class Pictures {
    static final Geometry FINE = Geometry.of(45, 36, 1, 1, 1, 1);
    static final Geometry COARSE =
            new Geometry(15, 12, 1, Numbers.of(3, 3, 1), Numbers.of(1, 1, 0), Geometry.IDENTITY);
    static final List<String> NAMES = List.of("m1", "m2", "m3");

    private Pictures() {}

    /** {@code (7i + 13j + 3ij) % 29 + (i//6 + j//9) % 4 * 25} */
    static Volume sharp() {
        float[] p = new float[FINE.voxels()];
        for (int v = 0; v < p.length; v++) {
            int i = v % 45;
            int j = v / 45;
            p[v] = (7 * i + 13 * j + 3 * i * j) % 29 + (i / 6 + j / 9) % 4 * 25;
        }
        return Volume.of(FINE, p, Quantity.MR);
    }

    /** {@code (5ii + 11j) % 31 + 100 + 2 * (i//2 + j//3) % 4 * 25} and two more. */
    static List<Volume> bands() {
        float[][] m = new float[3][COARSE.voxels()];
        for (int v = 0; v < m[0].length; v++) {
            int i = v % 15;
            int j = v / 15;
            m[0][v] = (5 * i * i + 11 * j) % 31 + 100 + 2 * (i / 2 + j / 3) % 4 * 25;
            m[1][v] = (3 * i + 4 * i * j) % 23 + 60 - (i / 2 + j / 3) % 4 * 9;
            m[2][v] = (i * i + 7 * j * j) % 19 + 30;
        }
        return List.of(band(m[0]), band(m[1]), band(m[2]));
    }

    private static Volume band(float[] m) {
        return Volume.of(COARSE, m, Quantity.SUV_BW);
    }

    static Pansharpened sharpened(Sharpening rule, Volume sharp, List<Volume> bands) {
        return Pansharpened.of(
                rule,
                sharp,
                NAMES.subList(0, bands.size()),
                bands,
                Resolution.unsaid(),
                Optional.empty());
    }

    static float[] values(Pansharpened made, int band) {
        return made.bands().get(band).fused().volume().values();
    }

    /** Every rule with every setting. */
    static List<Sharpening> rules() {
        return List.of(
                new Ihs(Scaling.SIGNED),
                new Ihs(Scaling.POSITIVE),
                new Brovey(Scaling.SIGNED),
                new Brovey(Scaling.FITTED),
                new GramSchmidt(Scaling.SIGNED),
                new GramSchmidt(Scaling.FITTED),
                new Hpf(Gain.REGRESSION),
                new Hpf(Gain.MODULATION),
                new MtfGlp(Gain.REGRESSION),
                new MtfGlp(Gain.SD),
                new Atwt(Gain.REGRESSION),
                new Atwt(Gain.MODULATION));
    }

    /** Smooth noise about 400, seeded. */
    static float[] noise(Geometry g, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (240 * rng.nextGaussian());
        }
        float[] smooth = Gauss.blur(g, values, 1, 1, 0.7);
        for (int v = 0; v < values.length; v++) {
            smooth[v] += 400;
        }
        return smooth;
    }
}
