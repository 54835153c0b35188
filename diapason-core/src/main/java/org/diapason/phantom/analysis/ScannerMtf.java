package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.diapason.math.LineSpread;
import org.diapason.math.Mtf;
import org.diapason.math.SlantedEdge;
import org.diapason.phantom.Box;
import org.diapason.phantom.Cylinder;
import org.diapason.phantom.Sphere;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * The modulation transfer function of a scanner by three ways that must agree: a slanted edge, a
 * leaning wire, a bead; and by the round surface of a rod.
 *
 * <p>Wire and bead are no points: their own transfer, {@code 2 J₁(q)/q} of a wire and {@code 3 (sin
 * q − q cos q)/q³} of a ball with {@code q = π d f}, is divided out. Values above 1 are kept. An
 * edge stands at {@value #LEAST_DEGREES}° to {@value #MOST_DEGREES}° to the columns.
 */
public final class ScannerMtf {
    private static final double BIN = 0.2;
    private static final int SECTORS = 36;
    private static final double LEAST_DEGREES = 1;
    private static final double MOST_DEGREES = 30;

    private ScannerMtf() {}

    /**
     * Returns the transfer across an edge close to the columns (j) of the slices.
     *
     * @param within the part of the volume in mm that shows nothing but the edge and its plateaus
     */
    public static Mtf edge(Volume volume, Box within) {
        Volume box = cut(volume, within);
        Geometry g = box.geometry();
        double[] patch = new double[g.ni() * g.nj()];
        for (int n = 0; n < box.values().length; n++) {
            patch[n % patch.length] += box.values()[n] / g.nk();
        }
        if (g.ni() < 12 || g.nj() < 3) {
            throw new DataException(
                    "the edge shows in only "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " voxels, and 12 × 3 are needed. Scan with smaller voxels.");
        }
        SlantedEdge edge = SlantedEdge.of(patch, g.ni(), g.nj(), g.spacing(0), g.spacing(1));
        double degrees = Math.abs(edge.degrees(g.spacing(0), g.spacing(1)));
        if (!(degrees >= LEAST_DEGREES && degrees <= MOST_DEGREES)) {
            throw new DataException(
                    "the edge stands at "
                            + Numbers.fixed(degrees, 1)
                            + "° to the columns, and "
                            + Numbers.fixed(LEAST_DEGREES, 0)
                            + "° to "
                            + Numbers.fixed(MOST_DEGREES, 0)
                            + "° are needed to sample it finer than the voxels. Turn the phantom.");
        }
        double[] at = edge.distanceMm().toArray();
        return sound(() -> LineSpread.edge(at, patch, BIN * g.spacing(0)).mtf());
    }

    /** Returns a transfer; samples that hold none are the scan's fault. */
    private static Mtf sound(Supplier<Mtf> measured) {
        try {
            return measured.get();
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "its sharpness cannot be measured: "
                            + e.getMessage()
                            + ". Scan with smaller voxels.",
                    e);
        }
    }

    /** Returns {@code mtf50} and {@code mtf10}, with intervals by the slices where there are 3. */
    public static List<Measured> edgeFigures(Volume volume, Box within) {
        Mtf all = edge(volume, within);
        double z = within.centreMm().get(2);
        double depth = volume.geometry().spacing(2);
        List<double[]> each = new ArrayList<>();
        double half = within.edgesMm().get(2) / 2;
        for (double at = z - half + depth / 2; at < z + half; at += depth) {
            Box slice =
                    new Box(
                            Numbers.of(within.centreMm().get(0), within.centreMm().get(1), at),
                            Numbers.of(within.edgesMm().get(0), within.edgesMm().get(1), depth));
            try {
                Mtf one = edge(volume, slice);
                each.add(new double[] {one.f50(), one.f10()});
            } catch (DataException outside) {
                continue; // between the last slice and the end of the box
            }
        }
        return figures(all, each, "edge");
    }

    /** Returns {@code mtf50} and {@code mtf10} of a curve. */
    public static List<Measured> figures(Mtf mtf, String way) {
        return figures(mtf, List.of(), way);
    }

    /**
     * Returns the transfer across a wire along k that leans towards the axis.
     *
     * @param axis 0 for i, 1 for j
     * @param halfMm half the width of the box around the wire; ten widths in all or more
     */
    public static Mtf wire(Volume volume, Cylinder wire, int axis, double halfMm) {
        double depth = volume.geometry().nk() * volume.geometry().spacing(2);
        double[] edges = {2 * halfMm, 2 * halfMm, 2 * depth};
        Volume box = cut(volume, new Box(wire.centreMm(), Numbers.of(edges)));
        Geometry g = box.geometry();
        Mtf raw =
                sound(() -> LineSpread.wire(g, box.values(), axis, 2, BIN * g.spacing(axis)).mtf());
        return divided(raw, f -> disc(2 * Math.PI * wire.radiusMm() * f));
    }

    /** Returns the transfer of a bead along an axis: 0, 1 or 2 for i, j, k. */
    public static Mtf point(Volume volume, Sphere bead, int axis, double halfMm) {
        double[] edges = {2 * halfMm, 2 * halfMm, 2 * halfMm};
        Volume box = cut(volume, new Box(bead.centreMm(), Numbers.of(edges)));
        Mtf raw = sound(() -> LineSpread.point(box.geometry(), box.values(), axis).mtf());
        return divided(raw, f -> ball(2 * Math.PI * bead.radiusMm() * f));
    }

    /** Returns {@code slice-thickness} by the profile of a bead across the slices. */
    static Measured thickness(Volume volume, Sphere bead, double halfMm) {
        double[] edges = {2 * halfMm, 2 * halfMm, 2 * halfMm};
        return SliceThickness.bead(cut(volume, new Box(bead.centreMm(), Numbers.of(edges))));
    }

    /**
     * Returns the transfer across the round surface of a rod along k.
     *
     * @param discs the rod's outline in each slice to be used, its radius the true one
     * @param aroundMm how far beyond and below the surface; a sixth of the circle is enough
     * @param least value that everything inside must reach; else something is in the rod there
     * @param most value that nothing around the rod may reach: there other things stand
     * @throws DataException if less than a sixth of all outlines is free
     */
    public static Mtf rod(
            Volume volume, List<Area> discs, double aroundMm, double least, double most) {
        Geometry g = volume.geometry();
        List<double[]> samples = new ArrayList<>();
        int free = 0;
        for (Area disc : discs) {
            List<List<double[]>> sectors = new ArrayList<>();
            boolean[] clean = new boolean[SECTORS];
            for (int s = 0; s < SECTORS; s++) {
                sectors.add(new ArrayList<>());
                clean[s] = true;
            }
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    double u = i * g.spacing(0) - disc.uMm();
                    double v = j * g.spacing(1) - disc.vMm();
                    double d = Math.sqrt(u * u + v * v) - disc.halfUMm();
                    if (Math.abs(d) <= aroundMm) {
                        double turn = StrictMath.atan2(v, u) / (2 * Math.PI) + 0.5;
                        int s = Math.min(SECTORS - 1, (int) (turn * SECTORS));
                        double value = volume.at(i, j, disc.slice());
                        sectors.get(s).add(new double[] {d, value});
                        clean[s] &= d < aroundMm / 2 || value < most;
                        clean[s] &= d > -aroundMm / 2 || value > least;
                    }
                }
            }
            for (int s = 0; s < SECTORS; s++) {
                if (clean[s]) {
                    samples.addAll(sectors.get(s));
                    free++;
                }
            }
        }
        if (free < SECTORS * discs.size() / 6 || free == 0) {
            throw new DataException(
                    "only "
                            + free
                            + " of "
                            + SECTORS * discs.size()
                            + " sectors around the rod are free of other things; a sixth is needed"
                            + " for its edge.");
        }
        double[] at = samples.stream().mapToDouble(s -> s[0]).toArray();
        double[] value = samples.stream().mapToDouble(s -> s[1]).toArray();
        return sound(() -> LineSpread.edge(at, value, BIN * g.spacing(0)).mtf());
    }

    private static List<Measured> figures(Mtf mtf, List<double[]> each, String way) {
        List<Measured> out = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            String metric = n == 0 ? "mtf50" : "mtf10";
            double value = n == 0 ? mtf.f50() : mtf.f10();
            if (Double.isNaN(value)) {
                throw new DataException(
                        "by the "
                                + way
                                + " the contrast nowhere falls to "
                                + (n == 0 ? "50" : "10")
                                + " %: it is drowned in noise, or the voxels are too coarse.");
            }
            int which = n;
            double[] some = each.stream().mapToDouble(e -> e[which]).toArray();
            double error = some.length < 3 ? Double.NaN : Sample.of(some).error();
            out.add(Measured.of(metric, value, "1/mm", error, "by the " + way));
        }
        return out;
    }

    /**
     * Returns the voxels in a box around a place, its edges along those axes of the image that are
     * nearest to the world's.
     */
    static Volume cut(Volume volume, Box within) {
        Geometry g = volume.geometry();
        int[] from = new int[3];
        int[] size = new int[3];
        Numbers c = within.centreMm();
        Numbers middle = g.toVoxel(c.get(0), c.get(1), c.get(2));
        for (int x = 0; x < 3; x++) {
            int along = 0;
            for (int r = 1; r < 3; r++) {
                double cosine = Math.abs(g.direction().get(3 * r + x));
                along = cosine > Math.abs(g.direction().get(3 * along + x)) ? r : along;
            }
            double half = within.edgesMm().get(along) / 2 / g.spacing(x);
            double first = Math.ceil(middle.get(x) - half - 1e-9);
            double last = Math.floor(middle.get(x) + half + 1e-9);
            from[x] = (int) Math.max(0, first);
            size[x] = (int) Math.min(g.size(x) - 1, last) - from[x] + 1;
            if (size[x] < 1) {
                throw new DataException(
                        "the image does not reach the part of the phantom at "
                                + within.centreMm().fixed(1)
                                + " mm. Scan the whole phantom, or say where it is.");
            }
        }
        Geometry part =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        g.spacingMm(),
                        g.toWorld(from[0], from[1], from[2]),
                        g.direction());
        float[] values = new float[part.voxels()];
        for (int k = 0, n = 0; k < size[2]; k++) {
            for (int j = 0; j < size[1]; j++) {
                for (int i = 0; i < size[0]; i++, n++) {
                    values[n] = volume.at(from[0] + i, from[1] + j, from[2] + k);
                }
            }
        }
        return Volume.of(part, values, volume.quantity());
    }

    private static Mtf divided(Mtf raw, DoubleUnaryOperator own) {
        double[] m = raw.values().toArray();
        for (int n = 0; n < m.length; n++) {
            m[n] /= own.applyAsDouble(raw.perMm().get(n));
        }
        return new Mtf(raw.perMm(), Numbers.of(m));
    }

    /** Returns {@code 2 J₁(q)/q} by its power series; for the thin wires meant, q is below 3. */
    private static double disc(double q) {
        double term = 1;
        double sum = 1;
        for (int n = 1; n < 40; n++) {
            term *= -q * q / (4.0 * n * (n + 1));
            sum += term;
        }
        return Math.max(sum, 0.1);
    }

    private static double ball(double q) {
        if (q < 1e-2) {
            return 1 - q * q / 10;
        }
        double share = 3 * (StrictMath.sin(q) - q * StrictMath.cos(q)) / (q * q * q);
        return Math.max(share, 0.1);
    }
}
