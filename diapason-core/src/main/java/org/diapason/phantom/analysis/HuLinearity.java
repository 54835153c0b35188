package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The line {@code measured = slope · nominal + offset} through inserts, by least squares, each
 * insert counting once; r² and what each insert is off the line by.
 *
 * <p>Standard errors from the residuals ({@code s² = Σ e²/(n − 2)}); NaN for two inserts, whose
 * line leaves nothing.
 *
 * @param slope gain
 * @param offset measured value of a nominal 0
 * @param r2 share of the variance that the line explains
 * @param slopeError standard error of the slope
 * @param offsetError standard error of the offset
 * @param inserts what was put in, in its order
 */
public record HuLinearity(
        double slope,
        double offset,
        double r2,
        double slopeError,
        double offsetError,
        List<Insert> inserts) {

    /**
     * A rod of known value.
     *
     * @param name of the material
     * @param nominal its true value
     * @param measured its image
     */
    public record Insert(String name, double nominal, Sample measured) {}

    public HuLinearity {
        inserts = List.copyOf(inserts);
    }

    /**
     * Fits the line.
     *
     * @throws DataException if fewer than two inserts of other nominal values are given, or the
     *     line falls
     */
    public static HuLinearity of(List<Insert> inserts) {
        double n = inserts.size();
        double x = 0;
        double y = 0;
        for (Insert i : inserts) {
            x += i.nominal / n;
            y += i.measured.mean() / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (Insert i : inserts) {
            double dx = i.nominal - x;
            double dy = i.measured.mean() - y;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        if (!(xx > 0) || !(xy > 0)) {
            throw new DataException(
                    "the line through "
                            + inserts.size()
                            + " inserts does not rise; two inserts of other nominal values that are"
                            + " where they should be are needed.");
        }
        double slope = xy / xx;
        double rest = Math.max(0, yy - slope * xy);
        double s2 = n > 2 ? rest / (n - 2) : Double.NaN;
        return new HuLinearity(
                slope,
                y - slope * x,
                1 - rest / yy,
                Math.sqrt(s2 / xx),
                Math.sqrt(s2 * (1 / n + x * x / xx)),
                inserts);
    }

    /** Returns what an insert is off the line by, in HU. */
    public double residual(Insert insert) {
        return insert.measured.mean() - slope * insert.nominal - offset;
    }

    /** Returns the figures of a table: the line, and mean and residual of every insert. */
    public List<Measured> figures() {
        List<Measured> all = new ArrayList<>();
        String how = inserts.size() + " inserts, least squares";
        int free = inserts.size() - 2;
        double t =
                free < 1 ? Double.NaN : new TDistribution(free).inverseCumulativeProbability(0.975);
        all.add(ends("hu-slope", slope, "1", t * slopeError, how));
        all.add(ends("hu-offset", offset, "HU", t * offsetError, how));
        all.add(Measured.bare("hu-r2", r2, "1", how));
        for (Insert i : inserts) {
            String of = "nominal " + Numbers.fixed(i.nominal, 0) + " HU";
            double error = i.measured.error();
            all.add(Measured.of("hu." + i.name, i.measured.mean(), "HU", error, of));
            all.add(Measured.of("hu-residual." + i.name, residual(i), "HU", error, "off the line"));
        }
        return List.copyOf(all);
    }

    private static Measured ends(String metric, double value, String unit, double by, String how) {
        return new Measured(metric, value, unit, value - by, value + by, how);
    }
}
