package org.diapason.compositing;

/**
 * The differences of the source, small ones raised and large ones lowered: local change of
 * illumination (Pérez, equation 16; Fattal, Lischinski and Werman 2002, doi:10.1145/566654.566573).
 * With n the size of the gradient, {@code v = (a/n)^b Δ}, a being {@code share} times the mean of n
 * in the mask. The papers work on logarithms; here values are taken as they are. Both take target
 * and source to be the same image.
 *
 * <p>n at a pixel is the root of the sum over axes of the mean squared difference to its neighbours
 * over squared spacing, all channels together; between two pixels of the mask their mean.
 *
 * @param share above 0; 0.2 in the paper
 * @param power b, 0 (nothing changes) to 1 (all gradients alike); 0.2 in the paper
 */
public record Illumination(double share, double power) implements Guidance {
    public Illumination {
        if (!(share > 0 && share <= 1e6 && power >= 0 && power <= 1)) {
            throw new IllegalArgumentException(
                    "illumination needs a share above 0 and a power of 0 … 1, got "
                            + share
                            + " and "
                            + power);
        }
    }

    @Override
    public Field over(Patch patch) {
        float[] size = patch.gradientSizes();
        boolean[] inside = patch.inside();
        double sum = 0;
        for (float n : size) {
            sum += n;
        }
        double alpha = share * sum / patch.unknowns();
        return (p, q, pairs, v) -> {
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, pairs, v[c]);
            }
            for (int m = 0; m < pairs; m++) {
                double own = size[p + m];
                double n = inside[q + m] ? (own + size[q + m]) / 2 : own;
                double factor = n > 0 ? StrictMath.exp(power * StrictMath.log(alpha / n)) : 0;
                for (double[] channel : v) {
                    channel[m] *= factor;
                }
            }
        };
    }
}
