package org.diapason.features.filter;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.math.Boundary;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Finds stripes of one width and direction, in planes.
 *
 * <p>{@code g(x) = exp(−(x₁² + γ²x₂²)/2σ² + 2πi·x₁/λ)}, {@code x₁ = a cos θ + b sin θ}, {@code x₂ =
 * b cos θ − a sin θ}, in mm along the first (a) and second (b) axis of a plane. In slices: planes
 * of i and j. In the volume: the mean of the responses in the three stacks of planes of i and j, j
 * and k, i and k. The kernel is not cut within 6 widths of its envelope.
 *
 * <p>With a step Δθ the responses at θ, θ + Δθ, … around the circle are pooled in each plane. In
 * the volume axes of different spacing are refused; in slices the kernel has its shape in mm on any
 * spacing. Refused where λ is below two voxels.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Gabor filters" (Q88H); Petkov 1995, Future
 * Gener. Comput. Syst. 11(4–5):451–465, doi:10.1016/0167-739X(95)00015-K.
 *
 * @param sigmaMm width of the envelope along the wave, σ, in mm; positive
 * @param lambdaMm length of the wave, λ, in mm; positive
 * @param gamma how much narrower the envelope is across the wave, γ; positive
 * @param thetaDegrees direction of the wave from the first axis to the second, θ, in degrees
 * @param stepDegrees Δθ in degrees, a whole part of 360; without it one direction
 * @param pooling how the directions become one; needed with a step, none without
 * @param part which number of the complex response
 * @param boundary how the image goes on beyond its border
 * @param space in slices, or in the three stacks of planes of the volume
 */
public record Gabor(
        double sigmaMm,
        double lambdaMm,
        @Default("1") double gamma,
        @Default("0") double thetaDegrees,
        @Default("") OptionalDouble stepDegrees,
        @Default("none") Pooling pooling,
        @Default("modulus") Part part,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space)
        implements Filter {

    private static final double LEAST_VOXELS = 0.65;
    private static final double NYQUIST_VOXELS = 2 * (1 - 1e-3);
    private static final int[][] STACKS = {{0, 1, 2}, {1, 2, 0}, {0, 2, 1}};

    /** Which number of a complex response. */
    public enum Part {
        /** Its size. */
        MODULUS,
        /** Its real part, that of the cosine. */
        REAL,
        /** Its imaginary part, that of the sine. */
        IMAGINARY,
        /** Its phase from −π to π. */
        PHASE
    }

    public Gabor {
        need("sigma-mm", sigmaMm);
        need("lambda-mm", lambdaMm);
        need("gamma", gamma);
        if (!Double.isFinite(thetaDegrees)) {
            throw new IllegalArgumentException("theta-degrees must be finite, got " + thetaDegrees);
        }
        if (stepDegrees.isPresent() == (pooling == Pooling.NONE)) {
            throw new IllegalArgumentException(
                    "step-degrees and pooling max, mean or min need each other");
        }
        double turns = 360 / stepDegrees.orElse(360);
        if (!(turns >= 1 && turns <= 360) || Math.abs(turns - Math.rint(turns)) > 1e-9) {
            throw new IllegalArgumentException(
                    "step-degrees must be a whole part of 360, 1 or more, got "
                            + stepDegrees.getAsDouble());
        }
    }

    private static void need(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        if (space == Space.VOLUME) {
            Grids.needEqualSpacing(label(), g, 3);
        }
        for (int a = 0; a < space.axes(); a++) {
            Grids.needSampled(label(), lambdaMm, g.spacing(a), NYQUIST_VOXELS);
            double narrow = Math.min(sigmaMm, sigmaMm / gamma);
            Grids.needSampled(label(), narrow, g.spacing(a), LEAST_VOXELS);
        }
        float[] out = new float[values.length];
        int stacks = space == Space.VOLUME ? 3 : 1;
        for (int s = 0; s < stacks; s++) {
            new GaborPlanes(this, directions(), g, STACKS[s]).add(values, out, 1.0 / stacks);
        }
        return out;
    }

    /** The two directions of a wave give conjugate responses: half a circle may be enough. */
    private double[] directions() {
        int count = (int) Math.rint(360 / stepDegrees.orElse(360));
        boolean same = part == Part.MODULUS || part == Part.REAL;
        double[] radians = new double[same && count % 2 == 0 ? count / 2 : count];
        Arrays.setAll(radians, q -> Math.toRadians(thetaDegrees + q * stepDegrees.orElse(0)));
        return radians;
    }

    @Override
    public String label() {
        return "gabor-sigma"
                + Numbers.plain(sigmaMm)
                + "mm-lambda"
                + Numbers.plain(lambdaMm)
                + "mm-gamma"
                + Numbers.plain(gamma)
                + (thetaDegrees == 0 ? "" : "-theta" + Numbers.plain(thetaDegrees))
                + (stepDegrees.isPresent()
                        ? "-step" + Numbers.plain(stepDegrees.getAsDouble())
                        : "")
                + Labels.of(pooling)
                + (part == Part.MODULUS ? "" : "-" + Labels.word(part))
                + Labels.end(space, boundary);
    }
}
