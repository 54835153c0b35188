package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Parallel;
import org.diapason.poisson.Amg;
import org.diapason.poisson.Certified;
import org.diapason.poisson.Direct;
import org.diapason.poisson.Multigrid;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolver;
import org.diapason.poisson.Sine;
import org.diapason.poisson.Sor;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole blends of known outcome by the solvers that ship. */
class BlendSolversTest {
    private static final int N = 65;

    private static PoissonSolver solver(String name) {
        return switch (name) {
            case "multigrid" -> new Multigrid();
            case "direct" -> new Direct();
            case "sine" -> new Sine();
            case "sor" -> new Sor();
            case "amg" -> new Amg();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double relative(String solver) {
        return solver.equals("sor") || solver.equals("amg") ? 1e-6 : 1e-9;
    }

    private static List<String> shapes(String solver) {
        return solver.equals("sine")
                ? List.of("square", "border")
                : List.of(
                        "square", "circle", "star", "swiss cheese", "holes", "border", "two parts");
    }

    /**
     * Any u*, its own differences, the target u* outside and 0 inside, in double: relative to the
     * largest |u*| (255) the answer is off by less than what was certified.
     */
    @ParameterizedTest
    @ValueSource(strings = {"multigrid", "direct", "sine", "sor", "amg"})
    void everySolverFindsAnyPictureAgainAsExactlyAsItSays(String name) {
        Geometry g = Geometry.of(N, N, 1, 1, 1, 1);
        Volume truth = Scene.noise(g, 31);
        for (String shape : shapes(name)) {
            Mask mask = Scene.shape(shape, N);
            float[] spoilt = truth.values().clone();
            for (int v = 0; v < spoilt.length; v++) {
                spoilt[v] = mask.voxels()[v] ? 0 : spoilt[v];
            }
            Patch patch =
                    Patch.of(
                            g,
                            mask.voxels(),
                            List.of(spoilt),
                            Optional.of(Layer.of(truth)),
                            List.of(truth.values()));
            double[] w = patch.weights();
            PoissonGrid grid =
                    PoissonGrid.of(
                            patch.size(0), patch.size(1), 1, patch.inside(), w[0], w[1], w[2], 0);
            List<double[]> b =
                    Differences.of(patch, new Seamless().over(patch), 0, Blend.Hold.TARGET);
            double allowed = 255 * relative(name);
            Certified.Result found = Held.solve(grid, b, solver(name), allowed);
            double off = 0;
            double[] e = found.solution().corrections().get(0);
            for (int p = 0; p < e.length; p++) {
                off = Math.max(off, Math.abs(patch.target(0)[p] + e[p] - patch.source(0)[p]));
            }
            assertTrue(found.maxErrorBound() <= allowed, shape);
            assertTrue(off <= found.maxErrorBound(), shape + ": " + off);
        }
    }

    /** x² − y², x y, x³ − 3 x y² from their border alone, in double as above. */
    @ParameterizedTest
    @ValueSource(strings = {"multigrid", "direct", "sine", "sor", "amg"})
    void everySolverFindsHarmonicFunctionsFromTheirBorder(String name) {
        Geometry g = Geometry.of(N, N, 1, 1, 1, 1);
        List<Scene.At> harmonic =
                List.of(
                        (i, j, k) -> (i - 20) * (i - 20) - (j - 30) * (j - 30),
                        (i, j, k) -> (i - 20) * (j - 30),
                        (i, j, k) -> Math.pow(i - 32, 3) - 3.0 * (i - 32) * (j - 32) * (j - 32));
        for (Scene.At u : harmonic) {
            Volume truth = Scene.volume(g, u);
            double largest = 0;
            for (float x : truth.values()) {
                largest = Math.max(largest, Math.abs(x));
            }
            Mask mask = Scene.shape(name.equals("sine") ? "square" : "circle", N);
            float[] spoilt = truth.values().clone();
            for (int v = 0; v < spoilt.length; v++) {
                spoilt[v] = mask.voxels()[v] ? -5 : spoilt[v];
            }
            double allowed = Math.max(largest * relative(name), 1e-9);
            Blended blended =
                    new Blend(
                                    new Membrane(),
                                    0,
                                    Blend.Hold.TARGET,
                                    solver(name),
                                    OptionalDouble.of(allowed))
                            .of(Optional.empty(), truth.withValues(spoilt), mask);
            // whole numbers below 2^17: half a spacing is 0.004
            assertArrayEquals(truth.values(), blended.volume().values(), (float) (0.004 + allowed));
            assertTrue(blended.maxErrorBound() <= allowed);
        }
    }

    /** Held by one pixel alone, with voxels that are no cubes: next to singular. */
    @ParameterizedTest
    @ValueSource(strings = {"multigrid", "direct", "sor", "amg"})
    void aMaskOfEverythingIsSolvedToo(String name) {
        Geometry g = Geometry.of(75, 52, 1, 1, 1.6, 1);
        Volume source = noise(g, 40);
        Volume target = noise(g, 41);
        Blended out =
                new Blend(
                                new Seamless(),
                                0,
                                Blend.Hold.TARGET,
                                solver(name),
                                OptionalDouble.of(1e-3))
                        .of(
                                Optional.of(Layer.of(source)),
                                target,
                                Scene.mask(g, (i, j, k) -> true));
        assertArrayEquals(source.values(), out.volume().values(), 1e-3f);
        assertTrue(out.maxErrorBound() <= 1e-3);
    }

    /** Colours in two dimensions and a volume in three, by the solver that is the default. */
    @Test
    void threadsDoNotChangeABit() {
        Geometry flat = Geometry.of(90, 70, 1, 1, 1, 1);
        Geometry deep = Geometry.of(24, 20, 18, 1, 1, 3);
        int threads = Parallel.threads();
        try {
            List<List<float[]>> all = new ArrayList<>();
            for (int n : new int[] {1, 2, 8}) {
                Parallel.setThreads(n);
                List<float[]> planes = new ArrayList<>();
                for (Geometry g : List.of(flat, deep)) {
                    Volume target = Scene.colours(noise(g, 1), noise(g, 2), noise(g, 3));
                    Volume source = Scene.colours(noise(g, 4), noise(g, 5), noise(g, 6));
                    Mask mask = Scene.mask(g, (i, j, k) -> (i * i + 3 * j + k) % 11 > 1 && i > 0);
                    for (Guidance guidance :
                            List.of(new Seamless(), new Mixed(false), new Illumination(0.2, 0.2))) {
                        Volume out =
                                new Blend(
                                                guidance,
                                                0,
                                                Blend.Hold.TARGET,
                                                new Multigrid(),
                                                OptionalDouble.empty())
                                        .of(Optional.of(Layer.of(source)), target, mask)
                                        .volume();
                        planes.add(out.channel(0));
                        planes.add(out.channel(2));
                    }
                }
                all.add(planes);
            }
            for (int p = 0; p < all.get(0).size(); p++) {
                assertArrayEquals(all.get(0).get(p), all.get(1).get(p));
                assertArrayEquals(all.get(0).get(p), all.get(2).get(p));
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    private static Volume noise(Geometry g, long seed) {
        return Scene.noise(g, seed);
    }

    /** The default: 0.001 of the range of the target, wherever the mask is. */
    @Test
    void whatIsAllowedUnlessItIsSaidIsAThousandthOfTheRange() {
        Geometry g = Geometry.of(N, N, 1, 1, 1, 1);
        Volume target = Scene.volume(g, (i, j, k) -> i == 0 ? -100 : i == 1 ? 300 : 7);
        Blend blend =
                new Blend(
                        new Seamless(),
                        0,
                        Blend.Hold.TARGET,
                        new Multigrid(),
                        OptionalDouble.empty());
        Blended out =
                blend.of(Optional.of(Layer.of(noise(g, 9))), target, Scene.shape("circle", N));
        assertEquals(0.4, out.tolerance(), 1e-12);
        assertTrue(out.maxErrorBound() <= 0.4);
        assertTrue(out.iterations() > 0 && out.relativeResidual() < 1e-3);
    }
}
