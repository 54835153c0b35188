package org.diapason.volume;

/**
 * The way back through a deformation, found place by place: {@code q = p} where {@code T(q) =
 * place}.
 *
 * <p>First by {@code q ← q − (T(q) − p)}, which contracts where the shifts differ by less than
 * their distance; where that is slow by Newton's method with the Jacobian of T, steps halved until
 * they help. Found means met to 1e-6 mm. Where T folds, or is cut off at the border of its grid,
 * there may be no such place: then the nearest that was met is taken, and {@link #missMm} says by
 * how much it misses.
 *
 * @param of what is undone
 */
public record Inverse(Transform of) implements Transform {
    private static final double FOUND_MM = 1e-6;
    private static final int MOST_ROUNDS = 60;
    private static final double SLOW = 0.5;
    private static final double SMALLEST_STEP = 1.0 / 1024;

    @Override
    public void apply(double[] place) {
        find(place, place.clone());
    }

    /** Moves a place and returns how far that misses: mm between T of it and where it was. */
    public double missMm(double[] place) {
        return find(place, place.clone());
    }

    /**
     * Moves a place from a guess of where it goes, which is quicker where the guess is good;
     * returns how far it misses in mm.
     *
     * @param place moving mm; becomes fixed mm
     * @param guess fixed mm; not modified
     */
    public double from(double[] guess, double[] place) {
        return find(place, guess.clone());
    }

    private double find(double[] place, double[] best) {
        double[] off = new double[3];
        double[] trial = new double[3];
        double[] step = new double[3];
        double miss = off(best, place, off);
        boolean newton = false;
        double share = 1;
        for (int n = 0; n < MOST_ROUNDS && miss > FOUND_MM; n++) {
            if (share == 1) {
                step(best, off, newton, step);
            }
            for (int r = 0; r < 3; r++) {
                trial[r] = best[r] - share * step[r];
            }
            double next = off(trial, place, off);
            if (next < miss) {
                newton |= next > SLOW * miss;
                miss = next;
                share = 1;
                System.arraycopy(trial, 0, best, 0, 3);
            } else if (newton) {
                share /= 2;
                if (share < SMALLEST_STEP) {
                    break;
                }
            } else {
                newton = true;
                off(best, place, off);
            }
        }
        System.arraycopy(best, 0, place, 0, 3);
        return miss;
    }

    /** Writes how far T of a place is off the goal, and returns the length of that. */
    private double off(double[] at, double[] goal, double[] off) {
        System.arraycopy(at, 0, off, 0, 3);
        of.apply(off);
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            off[r] -= goal[r];
            sum += off[r] * off[r];
        }
        return Math.sqrt(sum);
    }

    private void step(double[] at, double[] off, boolean newton, double[] step) {
        System.arraycopy(off, 0, step, 0, 3);
        if (!newton) {
            return;
        }
        double[] j = of.jacobian(at);
        double[] back = inverted(j);
        if (back != null) {
            for (int r = 0; r < 3; r++) {
                step[r] =
                        back[3 * r] * off[0] + back[3 * r + 1] * off[1] + back[3 * r + 2] * off[2];
            }
        }
    }

    /** Returns the inverse of a 3 × 3 matrix, or null where it is flat or turned over. */
    private static double[] inverted(double[] m) {
        double[] out = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                int r1 = (c + 1) % 3;
                int r2 = (c + 2) % 3;
                int c1 = (r + 1) % 3;
                int c2 = (r + 2) % 3;
                out[3 * r + c] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
            }
        }
        double det = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
        if (!(det > 1e-6)) {
            return null;
        }
        for (int n = 0; n < 9; n++) {
            out[n] /= det;
        }
        return out;
    }

    /** Returns the inverse of the Jacobian at the place that was found. */
    @Override
    public double[] jacobian(double[] place) {
        double[] at = place.clone();
        apply(at);
        double[] back = inverted(of.jacobian(at));
        if (back == null) {
            throw new RefusedException(
                    "the deformation folds at "
                            + Numbers.of(at).fixed(2)
                            + " mm, so there is no way back there. Register anew with more"
                            + " smoothing.");
        }
        return back;
    }

    @Override
    public Transform inverse() {
        return of;
    }
}
