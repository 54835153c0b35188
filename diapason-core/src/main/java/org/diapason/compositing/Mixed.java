package org.diapason.compositing;

/**
 * Of each pair of neighbours the difference of the source or of the target, whichever is larger
 * (Pérez, equations 12 and 13): what the source lays over the target lets it shine through.
 *
 * <p>Larger is the Euclidean norm over all channels, so that one image gives all colours of a pair;
 * the source's where both are equal.
 *
 * @param perChannel compare channel by channel instead; edges may then take their red from one
 *     image and their green from the other
 */
public record Mixed(boolean perChannel) implements Guidance {
    @Override
    public Field over(Patch patch) {
        return perChannel ? channelByChannel(patch) : byNorm(patch);
    }

    private static Field byNorm(Patch patch) {
        return (p, q, n, v) -> {
            double[] ahead = new double[n];
            double[][] target = new double[v.length][n];
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, n, v[c]);
                patch.ofTarget(c, p, q, n, target[c]);
                for (int m = 0; m < n; m++) {
                    ahead[m] += target[c][m] * target[c][m] - v[c][m] * v[c][m];
                }
            }
            for (int c = 0; c < v.length; c++) {
                for (int m = 0; m < n; m++) {
                    v[c][m] = ahead[m] > 0 ? target[c][m] : v[c][m];
                }
            }
        };
    }

    private static Field channelByChannel(Patch patch) {
        return (p, q, n, v) -> {
            double[] target = new double[n];
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, n, v[c]);
                patch.ofTarget(c, p, q, n, target);
                for (int m = 0; m < n; m++) {
                    boolean more = Math.abs(target[m]) > Math.abs(v[c][m]);
                    v[c][m] = more ? target[m] : v[c][m];
                }
            }
        };
    }

    @Override
    public boolean needsTarget() {
        return true;
    }
}
