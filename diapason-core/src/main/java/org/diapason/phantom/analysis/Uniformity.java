package org.diapason.phantom.analysis;

import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/**
 * How even an even object looks.
 *
 * <p>CT: the largest {@code |mean of an edge area − mean of the centre|} and the integral
 * non-uniformity {@code (max − min)/(max + min + 2000)} of those means in HU. MR: percent integral
 * uniformity {@code PIU = 100 (1 − (max − min)/(max + min))}, max and min the highest and lowest
 * mean of a small disc anywhere in a large one (ACR large phantom guidance; NEMA MS 3).
 */
public final class Uniformity {
    /** Radius of ACR's small disc of 1 cm² in mm. */
    public static final double SMALL_RADIUS_MM = Math.sqrt(100 / Math.PI);

    private Uniformity() {}

    /**
     * Returns {@code uniformity-edge} and {@code uniformity-integral} of CT.
     *
     * @param centre the area in the middle
     * @param edges areas near the edge; one or more
     */
    public static List<Measured> ct(Volume volume, Area centre, List<Area> edges) {
        Sample middle = Sample.of(volume, List.of(centre));
        double max = middle.mean();
        double min = middle.mean();
        double most = 0;
        double error = 0;
        for (Area edge : edges) {
            Sample at = Sample.of(volume, List.of(edge));
            double off = Math.abs(at.mean() - middle.mean());
            if (off >= most) {
                most = off;
                error = root(at.error(), middle.error());
            }
            max = Math.max(max, at.mean());
            min = Math.min(min, at.mean());
        }
        String how = edges.size() + " edge areas against the centre";
        return List.of(
                Measured.of("uniformity-edge", most, "HU", error, how),
                Measured.bare("uniformity-integral", (max - min) / (max + min + 2000), "1", how));
    }

    /**
     * Returns {@code piu} of MR.
     *
     * @param large the disc that is searched; the small one stays within it
     * @param smallRadiusMm radius of the small disc in mm
     */
    public static Measured piu(Volume volume, Area large, double smallRadiusMm) {
        Geometry g = volume.geometry();
        Sample whole = Sample.of(volume, List.of(large));
        double reach = Math.min(large.halfUMm(), large.halfVMm()) - smallRadiusMm;
        Area high = null;
        Area low = null;
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < g.nj(); j++) {
            for (int i = 0; i < g.ni(); i++) {
                double u = i * g.spacing(0);
                double v = j * g.spacing(1);
                double du = u - large.uMm();
                double dv = v - large.vMm();
                if (du * du + dv * dv > reach * reach) {
                    continue;
                }
                Area small = Area.disc(large.name(), large.slice(), u, v, smallRadiusMm);
                double at = Sample.of(small.values(volume)).mean();
                high = at > most ? small : high;
                most = Math.max(most, at);
                low = at < least ? small : low;
                least = Math.min(least, at);
            }
        }
        if (high == null || !(whole.mean() > 0)) {
            throw new DataException(
                    "area "
                            + large.name()
                            + " is too small or has no signal for a percent integral uniformity."
                            + " Scan the whole phantom, or say where it is.");
        }
        double sum = most + least;
        double value = 100 * (1 - (most - least) / sum);
        double error =
                200
                        / (sum * sum)
                        * root(
                                high.sample(volume).error() * least,
                                low.sample(volume).error() * most);
        return Measured.of("piu", value, "%", error, "1 cm² discs within the area");
    }

    static double root(double a, double b) {
        return Math.sqrt(a * a + b * b);
    }
}
