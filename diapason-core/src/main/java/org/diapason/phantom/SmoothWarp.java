package org.diapason.phantom;

import org.diapason.math.Rng;
import org.diapason.volume.Numbers;

/**
 * A smooth random deformation {@code q = p + u(p)}: u is a sum of plane waves of random direction,
 * wavelength and phase.
 *
 * <p>Wave vectors are normal with standard deviation 1 / {@code lengthMm} an axis, so that over
 * many seeds the correlation of u at a distance d is {@code exp(−d² / 2 lengthMm²)}. It is scaled
 * so that the largest component of u over a ball of {@value #BALL_MM} mm about the origin is {@code
 * mostMm}. The way back repeats {@code p ← q − u(p)} until that moves it by less than {@value
 * #FOUND_MM} mm.
 */
public final class SmoothWarp implements Motion {
    private static final int WAVES = 12;
    private static final int BALL_MM = 80;
    private static final double FOUND_MM = 1e-5;
    private static final int ROUNDS = 60;

    /** Largest slope of u at which the way back is sure to be found. */
    private static final double STEEPEST = 0.8;

    /**
     * For each wave: x, y, z of the wave vector in rad/mm, the phase, x, y, z of the shift in mm.
     */
    private final double[][] waves = new double[WAVES][7];

    /**
     * @param mostMm largest shift along an axis; positive
     * @param lengthMm correlation length; positive
     * @param seed draws the waves
     * @throws IllegalArgumentException if it might fold space
     */
    public SmoothWarp(double mostMm, double lengthMm, long seed) {
        Shape.positive("mostMm of a warp", mostMm);
        Shape.positive("lengthMm of a warp", lengthMm);
        Rng rng = new Rng(Rng.seed(seed, "warp"));
        for (double[] w : waves) {
            for (int a = 0; a < 3; a++) {
                w[a] = rng.nextGaussian() / lengthMm;
            }
            w[3] = 2 * Math.PI * rng.nextDouble();
            for (int a = 4; a < 7; a++) {
                w[a] = rng.nextGaussian();
            }
        }
        double scale = mostMm / largest();
        double steep = 0;
        for (double[] w : waves) {
            double k = 0;
            double shift = 0;
            for (int a = 0; a < 3; a++) {
                w[4 + a] *= scale;
                k += w[a] * w[a];
                shift += w[4 + a] * w[4 + a];
            }
            steep += k * shift;
        }
        // Waves of random phase: three times the root mean square is hardly ever exceeded.
        double slope = 3 * Math.sqrt(steep / 2);
        if (slope > STEEPEST) {
            throw new IllegalArgumentException(
                    "a warp of mostMm "
                            + Numbers.fixed(mostMm, 2)
                            + " mm and lengthMm "
                            + Numbers.fixed(lengthMm, 2)
                            + " mm changes by up to "
                            + Numbers.fixed(slope, 2)
                            + " mm a mm, and "
                            + Numbers.fixed(STEEPEST, 2)
                            + " or less are needed so that space does not fold. Take a smaller mostMm or a larger lengthMm.");
        }
    }

    /** Returns the warp of the plane z = 0, without what leads out of it, alike in all planes. */
    public SmoothWarp inPlane() {
        SmoothWarp flat = new SmoothWarp(waves);
        for (double[] w : flat.waves) {
            w[2] = 0;
            w[6] = 0;
        }
        return flat;
    }

    private SmoothWarp(double[][] from) {
        for (int n = 0; n < WAVES; n++) {
            waves[n] = from[n].clone();
        }
    }

    @Override
    public void there(double[] place) {
        double[] u = new double[3];
        at(place, u);
        for (int a = 0; a < 3; a++) {
            place[a] += u[a];
        }
    }

    @Override
    public void back(double[] place) {
        back(place, new double[3]);
    }

    /** Starts each place with the shift that the two before it go on to. */
    @Override
    public void back(double[][] row) {
        double[] u = new double[3];
        double[] guess = new double[3];
        double[] last = new double[3];
        for (int n = 0; n < row.length; n++) {
            for (int a = 0; a < 3; a++) {
                u[a] = guess[a];
            }
            double[] q = row[n].clone();
            back(row[n], u);
            for (int a = 0; a < 3; a++) {
                double shift = q[a] - row[n][a];
                guess[a] = n == 0 ? shift : 2 * shift - last[a];
                last[a] = shift;
            }
        }
    }

    /**
     * @param u a guess of the shift; used up
     */
    private void back(double[] place, double[] u) {
        double x = place[0];
        double y = place[1];
        double z = place[2];
        double off = Double.POSITIVE_INFINITY;
        for (int n = 0; n < ROUNDS && off > FOUND_MM; n++) {
            place[0] = x - u[0];
            place[1] = y - u[1];
            place[2] = z - u[2];
            double a = u[0];
            double b = u[1];
            double c = u[2];
            at(place, u);
            off = Math.max(Math.abs(u[0] - a), Math.max(Math.abs(u[1] - b), Math.abs(u[2] - c)));
        }
        place[0] = x - u[0];
        place[1] = y - u[1];
        place[2] = z - u[2];
    }

    private void at(double[] p, double[] u) {
        u[0] = 0;
        u[1] = 0;
        u[2] = 0;
        for (double[] w : waves) {
            double s = Sine.of(w[0] * p[0] + w[1] * p[1] + w[2] * p[2] + w[3]);
            u[0] += w[4] * s;
            u[1] += w[5] * s;
            u[2] += w[6] * s;
        }
    }

    private double largest() {
        double most = 0;
        double[] u = new double[3];
        for (int x = -BALL_MM; x <= BALL_MM; x += 8) {
            for (int y = -BALL_MM; y <= BALL_MM; y += 8) {
                for (int z = -BALL_MM; z <= BALL_MM; z += 8) {
                    if (x * x + y * y + z * z <= BALL_MM * BALL_MM) {
                        at(new double[] {x, y, z}, u);
                        for (double v : u) {
                            most = Math.max(most, Math.abs(v));
                        }
                    }
                }
            }
        }
        return most;
    }
}
