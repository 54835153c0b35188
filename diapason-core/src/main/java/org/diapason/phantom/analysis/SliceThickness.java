package org.diapason.phantom.analysis;

import java.util.Arrays;
import org.diapason.math.LineSpread;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Slice thickness as full width at half maximum of the slice profile.
 *
 * <p>By two ramps that rise against each other by a tangent of their angle: the lengths T and B at
 * half of their plateaus (the median of what is above that half) give {@code 2 tan · T B/(T + B)},
 * which a tilt of the phantom does not change (ACR: tan = 0.1). By a bead: the sums of the slices
 * of a box around it are the profile.
 */
public final class SliceThickness {
    private SliceThickness() {}

    /**
     * Returns {@code slice-thickness} from two ramps whose length runs along the areas' first axis.
     *
     * @param tangent rise of a ramp over its length: 0.1 in ACR's phantom
     */
    public static Measured ramps(Volume volume, Area top, Area bottom, double tangent) {
        double t = lengthMm(volume, top);
        double b = lengthMm(volume, bottom);
        return Measured.bare(
                "slice-thickness",
                2 * tangent * t * b / (t + b),
                "mm",
                "ramps of " + Numbers.of(t, b).fixed(1) + " mm at half height");
    }

    /** Returns {@code slice-thickness} from a bead in the middle of a box of ten widths or more. */
    public static Measured bead(Volume box) {
        LineSpread spread = LineSpread.point(box.geometry(), box.values(), 2);
        return Measured.bare(
                "slice-thickness", spread.halfMaximumFwhmMm(), "mm", "profile of a bead");
    }

    /** Returns the length of a bright bar along the first axis of an area, at half its height. */
    static double lengthMm(Volume volume, Area area) {
        Geometry g = volume.geometry();
        double step = Math.min(g.spacing(0), g.spacing(1)) / 2;
        int n = (int) Math.floor(area.halfUMm() / step);
        int rows = Math.max(1, (int) Math.round(2 * area.halfVMm() / step));
        double angle = StrictMath.toRadians(area.degrees());
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] profile = new double[2 * n + 1];
        for (int x = -n; x <= n; x++) {
            for (int r = 0; r < rows; r++) {
                double b = ((r + 0.5) / rows * 2 - 1) * area.halfVMm();
                double u = area.uMm() + x * step * cos - b * sin;
                double v = area.vMm() + x * step * sin + b * cos;
                profile[x + n] += at(volume, u, v, area) / rows;
            }
        }
        double[] sorted = profile.clone();
        Arrays.sort(sorted);
        double low = sorted[sorted.length / 20];
        double high = sorted[sorted.length - 1];
        for (int round = 0; round < 3 && high > low; round++) {
            int above = 0;
            while (sorted[above] <= (low + high) / 2) {
                above++;
            }
            high = sorted[(above + sorted.length) / 2];
        }
        double half = (low + high) / 2;
        int middle = 0;
        double best = -1;
        for (int from = 0; from < profile.length; from++) {
            int to = from;
            while (to < profile.length && profile[to] > half) {
                to++;
            }
            if (to - from > best) {
                best = to - from;
                middle = (from + to) / 2;
            }
            from = Math.max(from, to);
        }
        int left = middle;
        while (left > 0 && profile[left] > half) {
            left--;
        }
        int right = middle;
        while (right < profile.length - 1 && profile[right] > half) {
            right++;
        }
        if (!(high > 2 * Math.max(0, low)) || profile[left] > half || profile[right] > half) {
            throw new DataException(
                    "the ramp in area "
                            + area.name()
                            + " is not there or longer than the area. Scan the phantom straight, or"
                            + " say where it is.");
        }
        double a = left + (half - profile[left]) / (profile[left + 1] - profile[left]);
        double b = right - (half - profile[right]) / (profile[right - 1] - profile[right]);
        return (b - a) * step;
    }

    static double at(Volume volume, double u, double v, Area area) {
        Geometry g = volume.geometry();
        double i = u / g.spacing(0);
        double j = v / g.spacing(1);
        int i0 = (int) Math.floor(i);
        int j0 = (int) Math.floor(j);
        int k = area.slice();
        if (k < 0 || k >= g.nk() || i0 < 0 || j0 < 0 || i0 + 1 >= g.ni() || j0 + 1 >= g.nj()) {
            throw new DataException(
                    "area " + area.name() + " leaves the image. Scan the whole phantom.");
        }
        double a = i - i0;
        double b = j - j0;
        return (1 - b) * ((1 - a) * volume.at(i0, j0, k) + a * volume.at(i0 + 1, j0, k))
                + b * ((1 - a) * volume.at(i0, j0 + 1, k) + a * volume.at(i0 + 1, j0 + 1, k));
    }
}
