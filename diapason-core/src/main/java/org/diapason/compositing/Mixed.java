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
        return (p, q, v) -> {
            double source = 0;
            double target = 0;
            for (int c = 0; c < v.length; c++) {
                double s = patch.ofSource(c, p, q);
                double t = patch.ofTarget(c, p, q);
                source += s * s;
                target += t * t;
                v[c] = s;
            }
            for (int c = 0; target > source && c < v.length; c++) {
                v[c] = patch.ofTarget(c, p, q);
            }
        };
    }

    private static Field channelByChannel(Patch patch) {
        return (p, q, v) -> {
            for (int c = 0; c < v.length; c++) {
                double s = patch.ofSource(c, p, q);
                double t = patch.ofTarget(c, p, q);
                v[c] = Math.abs(t) > Math.abs(s) ? t : s;
            }
        };
    }

    @Override
    public boolean needsTarget() {
        return true;
    }
}
