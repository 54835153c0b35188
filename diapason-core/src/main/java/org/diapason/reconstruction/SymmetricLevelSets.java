package org.diapason.reconstruction;

import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;

/**
 * Parallel level sets of u and another image w that is held, in the form that is one function of
 * both: edges are cheap where those of the other image run along them. With {@code a = ∇u/β} and
 * {@code b = ∇w/η}, each image measured on its own scale,
 *
 * <ul>
 *   <li>quadratic: {@code R(u) = β Σ_p √((1 + |a|²)(1 + |b|²) − ⟨a, b⟩²) − 1}
 *   <li>linear: {@code R(u) = β Σ_p √((1 + |a|²)(1 + |b|²)) − √(1 + ⟨a, b⟩²)}
 * </ul>
 *
 * in units of u per mm; R/β is the same with both images exchanged. Of a flat w it is smoothed
 * total variation. Where both run along each other the quadratic form is joint total variation, and
 * the linear one stays below a bound however high they are; where they cross, the price of one is
 * multiplied by the height of the other.
 *
 * <p>β and η are more than smoothing: an edge well below them counts as none.
 *
 * <p>Not convex in both images. With w held the quadratic form is: {@code β Σ W √(1 + |a|² − ⟨a,
 * ξ⟩²) − 1}, {@code W = √(1 + |b|²), ξ = b/W}, which is {@link ParallelLevelSets} with a weight
 * that grows with the edges of w; the linear form is not even then, but a convex function less
 * another.
 *
 * <p>The curvature is a bound: the quadratic form's root lies below the parabola that touches it,
 * and its form below {@code W²|h|²}; of the linear one, what is subtracted is convex and bends the
 * other way.
 *
 * <p>Paper: Ehrhardt et al. 2015, Inverse Problems 31(1):015001, doi:10.1088/0266-5611/31/1/015001,
 * {@code φ(ψ(|∇u||∇w|) − ψ(|⟨∇u, ∇w⟩|))} of smoothed sizes with {@code ψ(s) = s², φ(s) = √(1 + s)}
 * and {@code φ = ψ = s}, less what flat images have; there both images share one smoothing, here
 * each has its own.
 *
 * <p>Keeps arrays to work in: not for two threads at once.
 */
public final class SymmetricLevelSets implements Prior {
    /** How edges of both images are compared. */
    public enum Form {
        LINEAR,
        QUADRATIC
    }

    private final Form form;
    private final Differences differences;
    private final double beta;

    private final float[][] b;
    private final float[][] scratch;

    /**
     * @param other w on the grid, not modified; NaN makes no edge
     * @param beta β in units of u per mm; positive
     * @param eta η in units of w per mm; positive
     */
    public SymmetricLevelSets(Form form, Geometry grid, float[] other, double beta, double eta) {
        this.form = form;
        this.beta = requirePositive("beta", beta);
        requirePositive("eta", eta);
        differences = new Differences(grid);
        b = GuideEdges.gradient(grid, other);
        for (float[] c : b) {
            for (int p = 0; p < c.length; p++) {
                c[p] = (float) (c[p] / eta);
            }
        }
        scratch = new float[b.length][other.length];
    }

    private static double requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
        return value;
    }

    @Override
    public double value(float[] u) {
        differences.apply(u, scratch);
        return beta
                * Total.of(
                        u.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int p = from; p < to; p++) {
                                double with = with(p);
                                sum += root(p, above(b, 1, p), with);
                                sum -= form == Form.LINEAR ? Math.sqrt(1 + with * with) : 1;
                            }
                            return sum;
                        });
    }

    /** Returns 1 + |x|². */
    private static double above(float[][] x, double scale, int p) {
        double sum = 0;
        for (float[] c : x) {
            sum += (double) c[p] * c[p];
        }
        return 1 + sum / (scale * scale);
    }

    /** Returns ⟨a, b⟩. */
    private double with(int p) {
        double sum = 0;
        for (int c = 0; c < b.length; c++) {
            sum += (double) scratch[c][p] * b[c][p];
        }
        return sum / beta;
    }

    /** Returns √((1 + |a|²)(1 + |b|²)), of the quadratic form less ⟨a, b⟩². */
    private double root(int p, double square, double with) {
        double product = above(scratch, beta, p) * square;
        return Math.sqrt(form == Form.LINEAR ? product : Math.max(1, product - with * with));
    }

    @Override
    public void gradient(float[] u, float[] gradient) {
        differences.apply(u, scratch);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        double with = with(p);
                        double square = above(b, 1, p);
                        double root = root(p, square, with);
                        double own = square / (root * beta);
                        double less =
                                with / (form == Form.LINEAR ? Math.sqrt(1 + with * with) : root);
                        for (int c = 0; c < b.length; c++) {
                            scratch[c][p] = (float) (own * scratch[c][p] - less * b[c][p]);
                        }
                    }
                });
        differences.transpose(scratch, gradient);
    }

    @Override
    public void curvature(float[] u, float[] diagonal) {
        differences.apply(u, scratch);
        float[] weight = new float[u.length];
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        double square = above(b, 1, p);
                        weight[p] = (float) (2 * square / (root(p, square, with(p)) * beta));
                    }
                });
        differences.spread(weight, 2, diagonal);
    }
}
