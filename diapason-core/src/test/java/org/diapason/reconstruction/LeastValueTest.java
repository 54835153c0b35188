package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every algorithm against an optimiser of another kind, on a scan of 12 views, 8 x 6 pixels of 2 x
 * 3 mm and bins of 1.7 mm, whose counts are as far from any image's as can be: 22 pixels end at 0.
 *
 * <p>scipy 1.17, numpy alone before it: a matrix A of Joseph's weights written out line by line, y
 * = (7m² + 3m) % 23 and r = 0.5 + 0.25 (m % 4) for bin m; minimize(value and gradient of Σ ȳ − y +
 * y ln(y/ȳ) + λ Σ (√(|∇u|² + 0.05²) − 0.05), method="L-BFGS-B", bounds=[(0, None)] * 48,
 * options=dict(ftol=1e-16, gtol=1e-11, maxcor=40)), which leaves 2e-7 of the gradient.
 */
class LeastValueTest {
    private static final Geometry GRID = Geometry.of(8, 6, 1, 2, 3, 1);
    private static final Projector LINES =
            Projector.of(new ParallelBeam(8, 6, 1, 2, 3, 11, 1.7, 12, 5, 180));

    static PoissonLikelihood data() {
        float[] y = new float[LINES.measurements()];
        float[] r = new float[y.length];
        for (int m = 0; m < y.length; m++) {
            y[m] = (7 * m * m + 3 * m) % 23;
            r[m] = 0.5f + 0.25f * (m % 4);
        }
        return PoissonLikelihood.of(LINES, y, r);
    }

    private static Penalty penalty(double lambda) {
        return lambda == 0 ? Penalty.NONE : new Penalty(new TotalVariation(GRID, 0.05), lambda);
    }

    @Test
    void linesAreThoseOfAMatrixWrittenOut() {
        float[] ramp = new float[48];
        for (int v = 0; v < 48; v++) {
            ramp[v] = v;
        }
        float[] seen = new float[LINES.measurements()];
        LINES.forward(ramp, seen);
        assertEquals(40.50995889500484, seen[0], 2e-5);
        assertEquals(324.38057394879863, seen[1], 2e-4);
        assertEquals(378.36446046016516, seen[2], 2e-4);
    }

    @ParameterizedTest(name = "weight {0}: scipy finds {1}")
    @CsvSource({
        "0, 206.97655376912672, 2.048595, 0.829612, 1.435132",
        "2, 241.84901797417476, 1.651485, 0.480128, 1.575196"
    })
    void allEndWhereScipyDoes(double lambda, double least, double u1, double u21, double u47) {
        Penalty penalty = penalty(lambda);
        CountAlgorithm[] all = {
            new Mlem(new Stopping(1e-7, 20_000)),
            new Svrg(1, new Stopping(1e-6, 5000)),
            new Svrg(3, new Stopping(1e-6, 5000)),
            new QuasiNewton(new Stopping(1e-5, 500)),
            new Bsrem(3, 1, new Stopping(1e-4, 5000))
        };
        for (CountAlgorithm a : all) {
            Reconstruction r = a.reconstruct(data(), penalty);
            assertTrue(r.converged(), r.algorithm());
            boolean shorter = a instanceof Bsrem; // steps that shrink come near more slowly
            assertEquals(least, value(r, penalty), (shorter ? 1e-4 : 1e-6) * least, r.algorithm());
            double near = shorter ? 0.02 : 1e-3;
            assertEquals(u1, r.image()[1], near, r.algorithm());
            assertEquals(u21, r.image()[21], near, r.algorithm());
            assertEquals(u47, r.image()[47], near, r.algorithm());
        }
    }

    private static double value(Reconstruction r, Penalty penalty) {
        return data().value(r.image()) + penalty.value(r.image());
    }

    @Test
    void theLastObjectiveIsThatOfTheImage() {
        Stopping few = new Stopping(1e-9, 6);
        CountAlgorithm[] all = {
            new Mlem(few),
            new Osem(3, few),
            new Bsrem(3, 1, few),
            new Svrg(3, few),
            new QuasiNewton(few)
        };
        for (CountAlgorithm a : all) {
            Reconstruction r = a.reconstruct(data(), penalty(2));
            assertEquals(value(r, penalty(2)), r.objectives().get(6), 1e-9, r.algorithm());
        }
    }

    /** A thousandth of a step changes little anywhere. */
    @ParameterizedTest(name = "steps of {0}")
    @CsvSource({"0.001", "0.1"})
    void shortStepsAreNoConvergence(double step) {
        Reconstruction r =
                new Bsrem(3, step, new Stopping(1e-3, 100)).reconstruct(data(), penalty(2));
        double above = r.objectives().get(r.iterations()) / 241.84901797417476 - 1;
        assertTrue(!r.converged() || above < 0.005, "converged at " + above + " above the least");
    }

    @Test
    void stepsThatAreTooLongEndAtOnceAndAreNotConverged() {
        Reconstruction r =
                new Bsrem(3, 30, new Stopping(1e-3, 5000)).reconstruct(data(), penalty(2));
        assertFalse(r.converged());
        assertTrue(r.iterations() < 5000, "after " + r.iterations() + " passes of no numbers");
    }
}
