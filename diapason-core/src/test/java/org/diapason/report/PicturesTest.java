package org.diapason.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {

    /** Values are x + 10 y in patient space, so a picture tells which way it lies. */
    private static Volume ramp(Geometry g, Quantity quantity, double shift) {
        float[] values = new float[g.voxels()];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    Numbers w = g.toWorld(i, j, k);
                    values[g.index(i, j, k)] = (float) (w.get(0) + 10 * w.get(1) + shift);
                }
            }
        }
        return Volume.of(g, values, quantity);
    }

    private static Geometry turned(String direction) {
        double[] d = new double[9];
        for (int axis = 0; axis < 3; axis++) {
            int world = "xyz".indexOf(Character.toLowerCase(direction.charAt(axis)));
            d[3 * world + axis] = Character.isUpperCase(direction.charAt(axis)) ? -1 : 1;
        }
        return new Geometry(9, 8, 7, Numbers.of(1, 1, 1), Numbers.of(3, -2, 5), Numbers.of(d));
    }

    @ParameterizedTest(name = "axes {0}")
    @CsvSource({"xyz", "Xyz", "XYz", "xYZ", "yzx", "zXY", "YxZ", "zyX"})
    void patientLeftIsOnTheRightAndFrontIsUpWhateverTheGrid(String axes) {
        Volume volume = ramp(turned(axes), Quantity.HU, 0);
        Picture.Slice s = Pictures.of("e", "ct", volume, null, volume, null, "A").before();
        for (int p = 1; p < s.columns(); p++) {
            assertEquals(1, s.values().get(p) - s.values().get(p - 1), 1e-4, "x grows rightwards");
        }
        assertEquals(10, s.values().get(s.columns()) - s.values().get(0), 1e-4, "y grows down");
    }

    @Test
    void bothSlicesShareOneWindowAndOneField() {
        Volume before = ramp(Geometry.of(40, 40, 10, 2, 2, 3), Quantity.HU, 0);
        Volume after = ramp(Geometry.of(80, 80, 30, 1, 1, 1), Quantity.HU, 35);
        Picture picture =
                Pictures.of("e", "ct", before, ball(before, 40), after, ball(after, 40), "A");
        assertTrue(picture.sharedWindow());
        assertEquals(picture.before().low(), picture.after().low());
        assertEquals(picture.before().high(), picture.after().high());
        assertEquals(60, picture.widthMm(), 1e-9);
        assertEquals(picture.before().positionMm(), picture.after().positionMm(), 0.5001);
        double b = picture.before().leftMm() + picture.before().pixelWidthMm() / 2;
        double a = picture.after().leftMm() + picture.after().pixelWidthMm() / 2;
        double differ = picture.after().values().get(0) - picture.before().values().get(0) - 35;
        double rows = (picture.after().topMm() + 0.5) - (picture.before().topMm() + 1);
        assertEquals(a - b + 10 * rows, differ, 1e-3, "a place is the same place in both");
    }

    @Test
    void examsOfOneImageShareOneWindowWhereItsUnitIsPhysical() {
        Geometry g = Geometry.of(40, 40, 10, 2, 2, 3);
        Volume low = ramp(g, Quantity.HU, 0);
        Volume high = ramp(g, Quantity.HU, 700);
        Volume mr = ramp(g, Quantity.MR, 300);
        List<Picture> alike =
                Pictures.alike(
                        List.of(
                                Pictures.of("a", "ct", low, null, low, null, "A"),
                                Pictures.of("b", "ct", high, null, high, null, "B"),
                                Pictures.of("b", "mr", mr, null, mr, null, "B")));
        assertEquals(alike.get(0).after().low(), alike.get(1).before().low());
        assertEquals(alike.get(0).before().high(), alike.get(1).after().high());
        assertTrue(alike.get(0).after().low() <= 100 && alike.get(0).after().high() >= 1400);
        assertEquals(Pictures.of("b", "mr", mr, null, mr, null, "B"), alike.get(2));
    }

    @Test
    void changedQuantityGetsItsOwnWindowAndTheCaptionSaysSo() {
        Volume before = ramp(Geometry.of(40, 40, 10, 2, 2, 3), Quantity.MR, 0);
        Volume after = ramp(before.geometry(), Quantity.Z_SCORE, -500);
        Picture picture = Pictures.of("e", "mr", before, null, after, null, "A");
        assertFalse(picture.sharedWindow());
        assertTrue(picture.caption().contains("windows differ because the quantity changed"));
        assertTrue(picture.after().high() < picture.before().high());
    }

    @Test
    void sliceIsTheOneWithMostOfTheMask() {
        Geometry g = Geometry.of(20, 20, 9, 1, 1, 2);
        boolean[] in = new boolean[g.voxels()];
        in[g.index(3, 3, 2)] = true;
        in[g.index(3, 3, 6)] = true;
        in[g.index(4, 3, 6)] = true;
        Volume v = ramp(g, Quantity.HU, 0);
        Picture.Slice s = Pictures.of("e", "ct", v, Mask.of(g, in), v, null, "A").before();
        assertEquals(12, s.positionMm(), 1e-9);
        assertEquals(1, s.outline().size());
        assertEquals(
                Numbers.of(5, 3, 5, 4, 3, 4, 3, 3), s.outline().get(0), "corners of two pixels");
    }

    private static Mask ball(Volume volume, double centre) {
        Geometry g = volume.geometry();
        boolean[] in = new boolean[g.voxels()];
        for (int k = 0, v = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++, v++) {
                    Numbers w = g.toWorld(i, j, k);
                    in[v] =
                            Math.hypot(
                                            Math.hypot(w.get(0) - centre, w.get(1) - centre),
                                            w.get(2) - 15)
                                    < 9;
                }
            }
        }
        return Mask.of(g, in);
    }
}
