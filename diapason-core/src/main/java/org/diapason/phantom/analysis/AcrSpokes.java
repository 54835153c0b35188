package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Volume;
import org.ejml.simple.SimpleMatrix;

/**
 * The low-contrast discs of slices 8 to 11 of ACR's phantom: ten spokes of three discs each, 7.0 mm
 * wide in the first and 0.61 mm less in every next one clockwise, 12.75, 25.5 and 38.25 mm from the
 * middle of their insert; the first spoke of slice 8 points up, that of every next slice 9°
 * further.
 *
 * <p>From each slice of the insert the polynomial of order {@value #ORDER} through what is not disc
 * is taken off. A disc is seen where the mean of what is left over it is above {@value #Z} standard
 * errors (one-sided 95 %), the noise that of the rest, neighbouring voxels worth what they are
 * there. A spoke is visible where all three discs are; the count of a slice ends at the first that
 * is not, as the ACR lets people count. The middle of the insert and a turn of up to 4° are those
 * of most contrast of the four largest spokes in slice 11.
 *
 * @param visible spokes seen in slices 8, 9, 10 and 11
 * @param areas the discs that were looked at
 */
record AcrSpokes(List<Integer> visible, List<Area> areas) {
    private static final double Z = 1.645;
    private static final int ORDER = 4;
    private static final int SPOKES = 10;
    private static final double[] AWAY_MM = {12.75, 25.5, 38.25};
    private static final double BELOW_MM = 7;
    private static final double INSERT_MM = 42;
    private static final double RIM_MM = 1;
    private static final double PER_SLICE_DEGREES = 9;

    /** Where the insert lies: its middle and the turn of its first spoke. */
    private record Insert(double uMm, double vMm, double degrees) {}

    /** What is left of a slice: a box of values, the insert's voxels, those of no disc. */
    private record Rest(Area.Patch patch, double[] left, boolean[] plain) {}

    /**
     * Counts.
     *
     * @param slices slices 8, 9, 10 and 11
     */
    static AcrSpokes of(Volume volume, List<Integer> slices, QaReport.Place place) {
        Insert insert = insert(volume, slices.get(3), place);
        List<Integer> visible = new ArrayList<>();
        List<Area> areas = new ArrayList<>();
        for (int s = 0; s < slices.size(); s++) {
            double turn = insert.degrees + (s - 3) * PER_SLICE_DEGREES;
            Insert here = new Insert(insert.uMm, insert.vMm, turn);
            List<Area> discs = new ArrayList<>();
            for (int n = 0; n < 3 * SPOKES; n++) {
                discs.add(disc(slices.get(s), here, n / 3, AWAY_MM[n % 3], 0));
            }
            areas.addAll(discs);
            visible.add(count(volume, rest(volume, slices.get(s), here, true), discs));
        }
        return new AcrSpokes(visible, areas);
    }

    /** Returns {@code spokes.8} to {@code spokes.11} and their sum {@code spokes}. */
    List<Measured> figures() {
        List<Measured> all = new ArrayList<>();
        String how = "all three discs above their surroundings by 1.645 standard errors";
        int sum = 0;
        for (int s = 0; s < visible.size(); s++) {
            all.add(Measured.bare("spokes." + (8 + s), visible.get(s), "1", "of 10, " + how));
            sum += visible.get(s);
        }
        all.add(Measured.bare("spokes", sum, "1", "of 40, " + how));
        return all;
    }

    private static int count(Volume volume, Rest rest, List<Area> discs) {
        Area.Patch p = rest.patch;
        Sample noise = Sample.of("insert", rest.left, rest.plain, p.ni(), p.nj(), 1);
        double each = noise.n() / noise.free().forMean();
        for (int spoke = 0; spoke < SPOKES; spoke++) {
            for (int d = 0; d < 3; d++) {
                Sample seen = mean(volume, rest, discs.get(3 * spoke + d));
                double parts = 1 / (double) seen.n() + 1 / (double) noise.n();
                double error = noise.sd() * Math.sqrt(each * parts);
                if (!(seen.mean() - noise.mean() > Z * error)) {
                    return spoke;
                }
            }
        }
        return SPOKES;
    }

    /** Returns what is left of the slice over a disc; a small disc holds the voxel next to it. */
    private static Sample mean(Volume volume, Rest rest, Area disc) {
        double si = volume.geometry().spacing(0);
        double sj = volume.geometry().spacing(1);
        double radius = Math.max(0.75 * Math.max(si, sj), 0.8 * disc.halfUMm());
        Area core = Area.disc(disc.name(), disc.slice(), disc.uMm(), disc.vMm(), radius);
        Area.Patch p = rest.patch;
        int i0 = (int) Math.max(0, Math.floor((core.uMm() - radius) / si) - p.i0());
        int j0 = (int) Math.max(0, Math.floor((core.vMm() - radius) / sj) - p.j0());
        int i1 = (int) Math.min(p.ni() - 1, Math.ceil((core.uMm() + radius) / si) - p.i0());
        int j1 = (int) Math.min(p.nj() - 1, Math.ceil((core.vMm() + radius) / sj) - p.j0());
        double[] values = new double[Math.max(0, i1 - i0 + 1) * Math.max(0, j1 - j0 + 1)];
        int n = 0;
        for (int j = j0; j <= j1; j++) {
            for (int i = i0; i <= i1; i++) {
                if (core.contains((p.i0() + i) * si, (p.j0() + j) * sj)) {
                    values[n++] = rest.left[j * p.ni() + i];
                }
            }
        }
        return Sample.of(Arrays.copyOf(values, n));
    }

    private static Insert insert(Volume volume, int slice, QaReport.Place place) {
        double angle = StrictMath.toRadians(place.rollDegrees());
        double u = place.uMm() - BELOW_MM * StrictMath.sin(angle);
        double v = place.vMm() + BELOW_MM * StrictMath.cos(angle);
        double turn = place.rollDegrees() + 3 * PER_SLICE_DEGREES;
        Rest rest = rest(volume, slice, new Insert(u, v, turn), false);
        Insert best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < 13 * 13 * 9; n++) {
            Insert here = new Insert(u + n % 13 - 6, v + n / 13 % 13 - 6, turn + n / 169 - 4);
            double sum = 0;
            for (int spoke = 0; spoke < 4; spoke++) {
                for (int d = 0; d < 2; d++) {
                    sum += mean(volume, rest, disc(slice, here, spoke, AWAY_MM[d], 0)).mean();
                }
            }
            best = sum > most ? here : best;
            most = Math.max(most, sum);
        }
        return best;
    }

    private static Area disc(int slice, Insert insert, int spoke, double away, double rimMm) {
        double angle = StrictMath.toRadians(insert.degrees + 36 * spoke);
        double u = insert.uMm + away * StrictMath.sin(angle);
        double v = insert.vMm - away * StrictMath.cos(angle);
        return Area.disc("spoke " + (spoke + 1), slice, u, v, (7 - 0.61 * spoke) / 2 + rimMm);
    }

    private static Rest rest(Volume volume, int slice, Insert insert, boolean known) {
        Area whole = Area.disc("insert", slice, insert.uMm, insert.vMm, INSERT_MM);
        Area.Patch p = whole.patch(volume);
        boolean[] plain = p.in().clone();
        for (int n = 0; known && n < 3 * SPOKES; n++) {
            Area disc = disc(slice, insert, n / 3, AWAY_MM[n % 3], RIM_MM);
            for (int v = 0; v < plain.length; v++) {
                double u = (p.i0() + v % p.ni()) * volume.geometry().spacing(0);
                double w = (p.j0() + v / p.ni()) * volume.geometry().spacing(1);
                plain[v] &= !disc.contains(u, w);
            }
        }
        int terms = (ORDER + 1) * (ORDER + 2) / 2;
        double[][] basis = new double[plain.length][];
        double[][] normal = new double[terms][terms];
        double[] right = new double[terms];
        for (int v = 0; v < plain.length; v++) {
            double x = 2.0 * (v % p.ni()) / (p.ni() - 1) - 1;
            double y = 2.0 * (v / p.ni()) / (p.nj() - 1) - 1;
            basis[v] = basis(x, y, terms);
            for (int a = 0; plain[v] && a < terms; a++) {
                right[a] += basis[v][a] * p.box()[v];
                for (int b = 0; b < terms; b++) {
                    normal[a][b] += basis[v][a] * basis[v][b];
                }
            }
        }
        SimpleMatrix c = new SimpleMatrix(normal).solve(new SimpleMatrix(terms, 1, true, right));
        double[] left = new double[plain.length];
        for (int v = 0; v < left.length; v++) {
            left[v] = p.box()[v];
            for (int a = 0; a < terms; a++) {
                left[v] -= c.get(a, 0) * basis[v][a];
            }
        }
        return new Rest(p, left, plain);
    }

    private static double[] basis(double x, double y, int terms) {
        double[] all = new double[terms];
        int n = 0;
        double xs = 1;
        for (int a = 0; a <= ORDER; a++) {
            double ys = 1;
            for (int b = 0; a + b <= ORDER; b++) {
                all[n++] = xs * ys;
                ys *= y;
            }
            xs *= x;
        }
        return all;
    }
}
