package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.math.Rng;
import org.diapason.stats.Normals;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What is written to be printed is closed, near what it was, and honest about how near. */
class PrintModelTest {
    private static final OptionalDouble NO = OptionalDouble.empty();

    private static PrintModel model(Mesh mesh, int smooth, OptionalDouble share, OptionalDouble e) {
        PrintModel.Settings settings = new PrintModel.Settings(smooth, share, e);
        return PrintModel.of(mesh, settings, 0.5, (stage, done) -> {});
    }

    @Test
    void withoutSettingsTheSurfaceIsTheOneTaken() {
        Mesh ball = FloatMesh.of(Solids.sphere(10, 4)).mesh();
        PrintModel model = model(ball, 0, NO, NO);
        assertArrayEquals(ball.points(), model.mesh().points());
        assertArrayEquals(ball.triangles(), model.mesh().triangles());
        assertTrue(model.moved().isEmpty());
        assertEquals(0, model.driftPercent(ball.volumeMm3()), 1e-12);
    }

    @Test
    void theErrorAskedForIsKeptAndAlmostUsed() {
        Mesh ball = Solids.sphere(10, 5);
        for (double limit : new double[] {0.3, 0.03}) {
            PrintModel model = model(ball, 0, NO, OptionalDouble.of(limit));
            double off = SurfaceDistance.between(ball, model.mesh(), 0.2).hausdorffMm();
            assertTrue(off <= limit * 1.05 && off > limit / 4, limit + " and " + off);
            assertTrue(model.check().printable());
        }
    }

    @Test
    void bothChangesAreToldApartAndTogether() {
        PrintModel model = model(Solids.torus(10, 3, 80, 40), 10, OptionalDouble.of(0.2), NO);
        assertEquals(1280, model.mesh().triangles().length / 3);
        double both =
                model.smoothing().orElseThrow().hausdorffMm()
                        + model.thinning().orElseThrow().hausdorffMm();
        double all = model.moved().orElseThrow().hausdorffMm();
        assertTrue(all > 0 && all <= both * 1.01, all + " of " + both);
        assertTrue(model.check().crossingsSought());
    }

    private static PrintModel chosen(Mesh mesh, int largest, double leastMm3) {
        PartChoice parts =
                new PartChoice(
                        largest == 0 ? OptionalInt.empty() : OptionalInt.of(largest),
                        OptionalDouble.of(leastMm3));
        return PrintModel.of(
                mesh, new PrintModel.Settings(0, NO, NO, parts), 0.5, (stage, done) -> {});
    }

    @Test
    void partsGoWithTheirHollowsAndCoresByThemselves() {
        Mesh outer = Solids.box(0, 0, 0, 20, 20, 20);
        Mesh hollow = Solids.insideOut(Solids.box(5, 5, 5, 10, 10, 10));
        Mesh core = Solids.box(8, 8, 8, 4, 4, 4);
        Mesh pore = Solids.insideOut(Solids.box(9, 9, 9, 1, 1, 1));
        Mesh beside = Solids.box(30, 0, 0, 3, 3, 3);
        Mesh all = Solids.together(false, pore, core, beside, hollow, outer);
        PrintModel one = chosen(all, 1, 0);
        assertEquals(7000, one.mesh().volumeMm3(), 1e-9, "with its hollow, without the core's");
        assertEquals(3, one.leftOut().shells());
        assertEquals(64 - 1 + 27, one.leftOut().volumeMm3(), 1e-9);
        assertTrue(one.check().printable());
        PrintModel two = chosen(all, 2, 0);
        assertEquals(7063, two.mesh().volumeMm3(), 1e-9, "the core takes its pore along");
        PrintModel few = chosen(all, 0, 27);
        assertEquals(7064 + 27, few.mesh().volumeMm3(), 1e-9, "a pore of 1 is filled, 27 stays");
        assertEquals(1, few.leftOut().shells());
        assertEquals(-1, few.leftOut().volumeMm3(), 1e-9);
        assertEquals(5 * 8 * 3, chosen(all, 9, 0).mesh().points().length);
        assertEquals(
                "no part is left: the largest encloses 8.0 mL, less than --min-ml. Lower it.",
                assertThrows(RefusedException.class, () -> chosen(all, 0, 9000)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> chosen(all, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> chosen(all, 0, Double.NaN));
    }

    @Test
    void specksThatSmoothingShrinksToNothingAreLeftOut() {
        Geometry g = Geometry.of(30, 12, 12, 1, 1, 1);
        boolean[] voxels = new boolean[g.voxels()];
        for (int k = 3; k < 9; k++) {
            for (int v = 0; v < 6 * 6; v++) {
                voxels[g.index(3 + v % 6, 3 + v / 6, k)] = true;
            }
        }
        voxels[g.index(15, 5, 5)] = true;
        voxels[g.index(25, 5, 5)] = true;
        Mesh mesh = Solids.moved(IsoSurface.of(Mask.of(g, voxels)), 1, 300, 300, -700);
        PrintModel smooth = model(mesh, 40, NO, NO);
        assertEquals(1, smooth.check().shells());
        assertEquals(new PrintModel.LeftOut(0, 0, 2), smooth.leftOut());
        assertTrue(smooth.moved().orElseThrow().hausdorffMm() < 2, "not as far as the specks");
        assertEquals(0, model(mesh, 1, NO, NO).leftOut().faded());
        // one always stays, if only a speck
        boolean[] dot = new boolean[g.voxels()];
        dot[g.index(15, 5, 5)] = true;
        assertEquals(1, model(IsoSurface.of(Mask.of(g, dot)), 10, NO, NO).check().shells());
    }

    @Test
    void whatIsNoSolidIsRefused() {
        Mesh touching =
                Solids.together(true, Solids.box(0, 0, 0, 1, 1, 1), Solids.box(1, 1, 0, 1, 1, 1));
        RefusedException e = assertThrows(RefusedException.class, () -> model(touching, 0, NO, NO));
        assertEquals(
                "the surface is not closed and manifold: 1 edge of more than two triangles, at"
                        + " (1.00, 1.00, 0.50) mm. Nothing was written.",
                e.getMessage());
    }

    @Test
    void pointsThatFloatsCannotTellApartAreToldOf() {
        Mesh far = Solids.moved(Solids.sphere(1, 5), 1, 3e6, 3e6, 3e6);
        FloatMesh rounded = FloatMesh.of(far);
        assertTrue(rounded.mergedPoints() > 0 && rounded.lostFaces() > 0);
        double half = 0.125 * Math.sqrt(3); // floats lie 0.25 apart there
        assertTrue(rounded.furthestMm() > 0.1 && rounded.furthestMm() <= half, "along each axis");
        assertEquals(0, FloatMesh.of(Solids.sphere(1, 5)).lostFaces());
        Mesh thin = Solids.moved(Solids.box(0, 0, 0, 1, 1, 0.01), 1, 0, 0, 3e6);
        String said =
                assertThrows(RefusedException.class, () -> model(thin, 0, NO, NO)).getMessage();
        assertTrue(said.contains("points became equal as floats: bring the image nearer"), said);
    }

    @Test
    void settingsWithoutSenseAreRefused() {
        for (double bad : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new PrintModel.Settings(0, OptionalDouble.of(bad), NO));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new PrintModel.Settings(0, NO, OptionalDouble.of(0)));
        assertThrows(IllegalArgumentException.class, () -> new PrintModel.Settings(-1, NO, NO));
    }

    /** A ramp of 3 a mm along (2, 3, 6)/7, bent by 0.05 a mm² along i where asked. */
    private static Volume ramp(double bend) {
        Geometry g = Geometry.of(12, 12, 12, 0.8, 1.1, 1.7);
        float[] values = new float[g.voxels()];
        for (int k = 0; k < 12; k++) {
            for (int j = 0; j < 12; j++) {
                for (int i = 0; i < 12; i++) {
                    double x = i * 0.8;
                    values[g.index(i, j, k)] =
                            (float)
                                    (3 * (2 * x + 3 * j * 1.1 + 6 * k * 1.7) / 7
                                            + bend * x * x / 2);
                }
            }
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    /** The share of the points of a ramp of slope 3 that noise of 1 moves farther than so. */
    private static double beyond(Volume volume, double mm) {
        double[] p = IsoSurface.of(volume, 25.3).points();
        double sum = 0;
        int count = 0;
        for (int n = 0; n < p.length; n += 3) {
            double off = 0;
            boolean inside = true;
            for (int a = 0; a < 3; a++) {
                double v = p[n + a] / volume.geometry().spacing(a);
                double here = Math.abs(v - Math.rint(v));
                off = Math.max(off, here);
                inside &= v > -1e-9 && v < 11 + 1e-9;
            }
            if (inside) {
                double sd = Math.sqrt(off * off + (1 - off) * (1 - off)) / 3;
                sum += Normals.twoSided(mm / sd);
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void ofASurfaceInNoiseNineteenTwentiethsLieWithinWhatIsTold() {
        Volume volume = ramp(0);
        CrossingPlace at = CrossingPlace.of(volume, IsoSurface.of(volume, 25.3));
        assertEquals(0, at.straightMm(), 1e-5);
        assertTrue(at.unknown() > 0 && at.points() > 50, at.toString());
        assertEquals(0.05, beyond(volume, at.perSdMm()), 0.0005);
        // and the noise itself: how far from the plane the surface of the noisy ramp lies
        Rng rng = new Rng(6);
        double sd = 0.3;
        int within = 0;
        int count = 0;
        double told = 0;
        for (int round = 0; round < 20; round++) {
            float[] noisy = volume.values().clone();
            for (int v = 0; v < noisy.length; v++) {
                noisy[v] += (float) (sd * rng.nextGaussian());
            }
            Mesh surface = IsoSurface.of(volume.withValues(noisy), 25.3);
            double[] p = surface.points();
            // with the slope as the noisy values have it
            double limit = sd * CrossingPlace.of(volume.withValues(noisy), surface).perSdMm();
            told += limit / 20;
            for (int n = 0; n < p.length; n += 3) {
                double off = (2 * p[n] + 3 * p[n + 1] + 6 * p[n + 2]) / 7 - 25.3 / 3;
                boolean inside = true; // not the walls at the border
                for (int a = 0; a < 3; a++) {
                    inside &= p[n + a] >= 0 && p[n + a] <= 11 * volume.geometry().spacing(a);
                }
                if (inside) {
                    within += Math.abs(off) <= limit ? 1 : 0;
                    count++;
                }
            }
        }
        // one standard deviation in the place of what 95 % keep holds 0.80 of them
        assertEquals(0.95, within / (double) count, 0.012);
        assertEquals(sd * at.perSdMm(), told, 0.02 * told);
    }

    @Test
    void besideAnInfinityAndOnNoSlopeTheBudgetIsHonest() {
        Geometry g = Geometry.of(5, 5, 5, 1, 1, 1);
        float[] values = new float[125];
        values[g.index(2, 2, 2)] = Float.POSITIVE_INFINITY;
        Volume infinite = Volume.of(g, values, Quantity.UNKNOWN);
        CrossingPlace beside = CrossingPlace.of(infinite, IsoSurface.of(infinite, 0.5));
        assertEquals(0, beside.points());
        // one voxel high and one low by turns: no central difference sees a slope
        for (int v = 0; v < 125; v++) {
            values[v] = (v % 5 + v / 5 % 5 + v / 25) % 2;
        }
        Volume board = Volume.of(g, values, Quantity.UNKNOWN);
        assertEquals(
                Double.POSITIVE_INFINITY,
                CrossingPlace.of(board, IsoSurface.of(board, 0.5)).perSdMm());
    }

    @Test
    void aBentRampIsMissedByItsSecondDifference() {
        Volume volume = ramp(0.9);
        CrossingPlace at = CrossingPlace.of(volume, IsoSurface.of(volume, 40));
        // how far each point lies from where the bent ramp itself is 40
        double[] p = IsoSurface.of(volume, 40).points();
        double[] off = new double[p.length / 3];
        int count = 0;
        for (int n = 0; n < p.length; n += 3) {
            boolean inside = true;
            for (int a = 0; a < 3; a++) {
                inside &= p[n + a] > -1e-9 && p[n + a] < 11 * volume.geometry().spacing(a) + 1e-9;
            }
            if (inside) {
                double value = 3 * (2 * p[n] + 3 * p[n + 1] + 6 * p[n + 2]) / 7;
                double slopeI = 6 / 7.0 + 0.9 * p[n];
                double slope = Math.sqrt(slopeI * slopeI + 81 / 49.0 + 324 / 49.0);
                off[count++] = Math.abs(value + 0.45 * p[n] * p[n] - 40) / slope;
            }
        }
        java.util.Arrays.sort(off, 0, count);
        assertEquals(off[(int) (0.95 * count)], at.straightMm(), 0.05 * at.straightMm());
        assertTrue(at.straightMm() > 0.001, "" + at.straightMm());
    }

    @Test
    void pointsBesideGapsAreUnknown() {
        Geometry g = Geometry.of(5, 5, 5, 1, 1, 1);
        float[] values = new float[125];
        values[g.index(2, 2, 2)] = 1;
        values[g.index(3, 2, 2)] = Float.NaN;
        CrossingPlace at =
                CrossingPlace.of(
                        Volume.of(g, values, Quantity.UNKNOWN),
                        IsoSurface.of(Volume.of(g, values, Quantity.UNKNOWN), 0.5));
        assertEquals(0, at.points(), "every slope reaches into the gap");
        assertEquals(6, at.unknown());
        assertEquals(Double.NaN, at.perSdMm());
    }

    @Test
    void aMaskOnCubesKeepsItsVolumeAndItsBorderWalls() {
        Geometry g =
                new Geometry(
                        20, 18, 9, Numbers.of(1, 1.2, 2.5), Numbers.of(5, 6, 7), Geometry.IDENTITY);
        boolean[] ball = new boolean[g.voxels()];
        for (int v = 0; v < ball.length; v++) {
            double x = v % 20 - 9.5;
            double y = 1.2 * (v / 20 % 18 - 8.5);
            double z = 2.5 * (v / 360);
            ball[v] = x * x + y * y + z * z < 64; // half of it beyond the first slice
        }
        Mask mask = Mask.of(g, ball);
        Volume signed = MaskField.signedMm(mask);
        assertEquals(2.5, -signed.at(10, 9, 0), 1e-6, "outside, a slice from the mask");
        MeshCheck check = MeshCheck.of(IsoSurface.of(signed, 0));
        assertTrue(check.printable());
        assertEquals(
                mask.count() * g.voxelMm3(), check.volumeMm3(), 0.08 * check.volumeMm3(), "cut");
        for (int v = 0; v < ball.length; v++) {
            float there = signed.at(v % 20 + 1, v / 20 % 18 + 1, v / 360 + 1);
            assertEquals(ball[v], there > 0);
            assertTrue(Math.abs(there) >= 1 - 1e-6);
        }
    }

    @Test
    void aBudgetAddsWhatIsKnown() {
        ErrorBudget budget =
                new ErrorBudget(
                        List.of(
                                new ErrorBudget.Part("a", OptionalDouble.of(3), ""),
                                new ErrorBudget.Part("b", NO, ""),
                                new ErrorBudget.Part("c", OptionalDouble.of(4), "")));
        assertEquals(7, budget.addedMm());
        assertEquals(5, budget.rootMm());
        assertFalse(budget.complete());
    }
}
