package org.diapason.features.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.diapason.math.Boundary;
import org.diapason.math.Kernel;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Measures levels, edges, spots, waves and ripples by small kernels, one along each axis.
 *
 * <p>Kernels of unit length: L3, L5 (level), E3, E5 (edge), S3, S5 (spot), W5 (wave), R5 (ripple).
 * The energy image is the mean of |h| over the 2δ + 1 voxels an axis around each voxel, with the
 * same boundary; it is taken of the pooled response.
 *
 * <p>Refused on axes of different spacing.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Laws kernels" (JTXT); Laws 1980, Proc. SPIE
 * 238:376–381, doi:10.1117/12.959169.
 *
 * @param kernels names of the kernels along i, j and, in a volume, k: L5E5, E5L5S5
 * @param pooling how turned copies of the filter become one
 * @param energyDistance δ of the energy image in voxels; without it the response itself
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 */
public record Laws(
        String kernels,
        @Default("none") Pooling pooling,
        @Default("") OptionalInt energyDistance,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space)
        implements Filter {

    private static final Map<String, double[]> KNOWN =
            new TreeMap<>(
                    Map.of(
                            "L3", new double[] {1, 2, 1},
                            "L5", new double[] {1, 4, 6, 4, 1},
                            "E3", new double[] {-1, 0, 1},
                            "E5", new double[] {-1, -2, 0, 2, 1},
                            "S3", new double[] {-1, 2, -1},
                            "S5", new double[] {-1, 0, 2, 0, -1},
                            "W5", new double[] {-1, 2, 0, -2, 1},
                            "R5", new double[] {1, -4, 6, -4, 1}));

    public Laws {
        parse(kernels, space);
        int distance = energyDistance.orElse(0);
        if (distance < 0 || distance > Mean.MOST / 2) {
            throw new IllegalArgumentException(
                    "energy-distance must be 0 to " + Mean.MOST / 2 + " voxels, got " + distance);
        }
    }

    private static List<List<Kernel>> parse(String kernels, Space space) {
        List<List<Kernel>> axes = new ArrayList<>();
        boolean sound = kernels.length() == 2 * space.axes();
        for (int at = 0; sound && at < kernels.length(); at += 2) {
            double[] weights = KNOWN.get(kernels.substring(at, at + 2));
            sound = weights != null;
            if (sound) {
                axes.add(List.of(unit(weights)));
            }
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "kernels must name "
                            + space.axes()
                            + " of "
                            + String.join(", ", KNOWN.keySet())
                            + ", as in "
                            + (space == Space.SLICE ? "L5E5" : "L5E5E5")
                            + ", got "
                            + kernels);
        }
        return axes;
    }

    private static Kernel unit(double[] weights) {
        double square = 0;
        for (double w : weights) {
            square += w * w;
        }
        return Kernel.centred(weights).times(1 / Math.sqrt(square));
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        Grids.needEqualSpacing(label(), g, space.axes());
        float[] out = Turns.respond(g, values, parse(kernels, space), boundary, pooling);
        if (energyDistance.isPresent()) {
            for (int v = 0; v < out.length; v++) {
                out[v] = Math.abs(out[v]);
            }
            Mean.average(g, out, 2 * energyDistance.getAsInt() + 1, boundary, space);
        }
        return out;
    }

    @Override
    public String label() {
        return "laws-"
                + kernels
                + Labels.of(pooling)
                + (energyDistance.isPresent() ? "-energy" + energyDistance.getAsInt() : "")
                + Labels.end(space, boundary);
    }
}
