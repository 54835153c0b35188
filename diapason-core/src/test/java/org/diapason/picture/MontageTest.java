package org.diapason.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MontageTest {
    private static final Overlay OVERLAY =
            new Overlay(new ValueRange(0, 255, ""), Lut.HOT, new ValueRange(0, 10, ""), 0.5, 2);

    /** 20 × 16 × 12 voxels of 2 × 2 × 5 mm, first in the patient's right, front and feet. */
    private static final Geometry GRID =
            new Geometry(
                    20, 16, 12, Numbers.of(2, 2, 5), Numbers.of(-40, -30, 100), Geometry.IDENTITY);

    /** Different at every voxel, by where it lies in the patient. */
    private static Volume grey(Geometry g) {
        return filled(g, Quantity.MR, (i, j, k) -> (7 * i + 11 * j + 17 * k) % 256);
    }

    /** Bright in a corner only. */
    private static Volume hot(Geometry g) {
        return filled(g, Quantity.SUV_BW, (i, j, k) -> i < 6 && j < 9 && k > 3 ? 1 + k % 9 : 0);
    }

    private interface Place {
        double at(int i, int j, int k);
    }

    private static Volume filled(Geometry g, Quantity quantity, Place place) {
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            Numbers w = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj());
            Numbers at = GRID.toVoxel(w.get(0), w.get(1), w.get(2));
            values[v] =
                    (float)
                            place.at(
                                    (int) Math.rint(at.get(0)),
                                    (int) Math.rint(at.get(1)),
                                    (int) Math.rint(at.get(2)));
        }
        return Volume.of(g, values, quantity);
    }

    /** The same patient on a grid whose axes run the other way, or in another order. */
    @ParameterizedTest
    @ValueSource(strings = {"flipped", "turned", "left-handed"})
    void howTheGridLiesDoesNotShow(String how) {
        Geometry other =
                switch (how) {
                    case "flipped" ->
                            new Geometry(
                                    20,
                                    16,
                                    12,
                                    Numbers.of(2, 2, 5),
                                    Numbers.of(-2, 0, 155),
                                    Numbers.of(-1, 0, 0, 0, -1, 0, 0, 0, -1));
                    case "turned" -> // i to the feet, j to the left, k to the front
                            new Geometry(
                                    12,
                                    20,
                                    16,
                                    Numbers.of(5, 2, 2),
                                    Numbers.of(-40, 0, 155),
                                    Numbers.of(0, 1, 0, 0, 0, -1, -1, 0, 0));
                    default ->
                            new Geometry(
                                    20,
                                    16,
                                    12,
                                    Numbers.of(2, 2, 5),
                                    Numbers.of(-2, -30, 100),
                                    Numbers.of(-1, 0, 0, 0, 1, 0, 0, 0, 1));
                };
        String[] asked = {"axial:100,120,155mm", "coronal:-10mm", "sagittal:-36mm"};
        Volume a = grey(GRID);
        Volume b = grey(other);
        for (String one : asked) {
            List<SlicePlane> these = SliceChoice.of(one).planes(a, hot(GRID), OVERLAY);
            List<SlicePlane> those = SliceChoice.of(one).planes(b, hot(other), OVERLAY);
            for (int n = 0; n < these.size(); n++) {
                assertArrayEquals(
                        these.get(n).pixels(a.values()), those.get(n).pixels(b.values()), one);
                assertArrayEquals(these.get(n).sides(), those.get(n).sides());
            }
        }
        for (String plane : List.of("axial", "coronal", "sagittal")) {
            assertEquals(places(GRID, plane), places(other, plane), "the brightest " + plane);
        }
    }

    private static List<String> places(Geometry g, String asked) {
        return SliceChoice.of(asked).planes(grey(g), hot(g), OVERLAY).stream()
                .map(p -> p.where().replaceFirst(" \\d+,", ","))
                .toList();
    }

    @Test
    void aMillimetreIsAsLongAcrossAsDown() {
        Volume a = grey(GRID);
        Volume b = hot(GRID);
        // coronal: 40 mm × 60 mm; finest 2 mm, 60 mm are 30 of them: each makes ten pixels
        List<SlicePlane> planes = SliceChoice.of("coronal:8").planes(a, b, OVERLAY);
        Montage montage = new Montage(OVERLAY, planes);
        assertEquals(0.2, montage.pixelMm(), 1e-12);
        Canvas canvas = montage.draw(a, b);
        int left = 4 + (340 - 200) / 2;
        for (int k = 0; k < 12; k++) {
            for (int i = 0; i < 20; i++) {
                if (k == 11 && i > 7 && i < 12 || k < 2 || k > 4 && k < 7 && i % 19 < 3) {
                    continue; // letters
                }
                int at = GRID.index(i, 8, k);
                int colour = OVERLAY.colour(a.values()[at], b.values()[at]);
                int y = 4 + 25 * (11 - k);
                assertEquals(colour, canvas.at(left + 10 * i + 5, y + 12), i + ", " + k);
                assertEquals(colour, canvas.at(left + 10 * i, y), "corner of " + i + ", " + k);
            }
        }
        assertEquals(0, canvas.at(left - 1, 100), "black beside it");
        assertEquals(0.2, canvas.volume(montage.pixelMm()).geometry().spacing(1), 1e-12);
    }

    /** 40 mm across at 0.2 mm a pixel: 10 mm fit a third of it and are 50 pixels. */
    @Test
    void theLegendShowsColoursAndALengthToScale() {
        Volume a = grey(GRID);
        Volume b = hot(GRID);
        List<SlicePlane> planes = SliceChoice.of("coronal:8").planes(a, b, OVERLAY);
        Canvas canvas = new Montage(OVERLAY, planes).draw(a, b);
        int legend = 4 + 300 + 4;
        int middle = legend + 6 + 24 + 9;
        for (int i = 52; i < 260; i++) { // hot over 0 to 10, from 2 on
            double t = (i + 0.5) / 260;
            int red = (int) Math.rint(255 * Math.min(1, 3 * t));
            int green = (int) Math.rint(255 * Math.max(0, Math.min(1, 3 * t - 1)));
            int blue = (int) Math.rint(255 * Math.max(0, 3 * t - 2));
            assertEquals(red, canvas.at(12 + i, middle) >> 16, 1, "red at " + i);
            assertEquals(green, canvas.at(12 + i, middle) >> 8 & 0xff, 1, "green at " + i);
            assertEquals(blue, canvas.at(12 + i, middle) & 0xff, 1, "blue at " + i);
        }
        assertEquals(0x303030, canvas.at(12 + 51, middle), "what is not shown is dim");
        int tick = middle + 9 + 2;
        for (int i = 0; i < 260; i++) {
            boolean white = canvas.at(12 + i, tick) == 0xffffff;
            assertEquals(i == 129 || i == 130, white, "the middle is marked, at " + i);
        }
        int rows = 0;
        for (int y = legend; y < canvas.height(); y++) {
            int run = 0;
            for (int x = 0; x < canvas.width(); x++) {
                boolean white = canvas.at(x, y) == 0xffffff;
                rows += !white && run == 50 ? 1 : 0;
                run = white ? run + 1 : 0;
            }
        }
        assertEquals(3, rows, "rows with a line of 50 pixels");
    }

    /**
     * The grid is turned by 30° about z: shown along its own axes, with the sides they are near.
     */
    @Test
    void anObliqueGridIsShownAlongItsOwnAxes() {
        double c = Math.sqrt(0.75);
        Numbers turned = Numbers.of(c, -0.5, 0, 0.5, c, 0, 0, 0, 1);
        Geometry g = new Geometry(20, 16, 12, GRID.spacingMm(), GRID.originMm(), turned);
        float[] values = new float[g.voxels()];
        values[g.index(3, 2, 5)] = 9;
        Volume v = Volume.of(g, values, Quantity.MR);
        SlicePlane plane = SliceChoice.of("axial:125mm").planes(v, v, OVERLAY).get(0);
        assertEquals("axial 5, z 125.0 mm", plane.where());
        assertArrayEquals(new String[] {"R", "L", "A"}, plane.sides());
        assertEquals(9, plane.pixels(values)[2 * 20 + 3]);
    }

    @Test
    void slicesGoFromHeadToFeetFromFrontToBackAndFromRightToLeft() {
        assertEquals("axial, z 155.0 mm", places(GRID, "axial").get(0));
        assertEquals("coronal, y -30.0 mm", places(GRID, "coronal").get(0));
        assertEquals("sagittal, x -40.0 mm", places(GRID, "sagittal").get(0));
    }

    @Test
    void brightStretchesHaveMoreSlices() {
        Geometry g = Geometry.of(2, 2, 100, 1, 1, 1);
        float[] values = new float[400];
        for (int v = 0; v < 400; v++) {
            int k = v / 4;
            values[v] = k >= 40 && k < 58 ? 5 : 1; // 1 is not seen
        }
        Volume v = Volume.of(g, values, Quantity.SUV_BW);
        List<Integer> at =
                SliceChoice.brightest(v).planes(v, v, OVERLAY).stream()
                        .map(SlicePlane::at)
                        .toList();
        // 18 bright slices from the head down, two each: the first of each reaches the middle
        assertEquals(List.of(57, 55, 53, 51, 49, 47, 45, 43, 41), at);
        Volume dark = Volume.of(g, new float[400], Quantity.SUV_BW);
        List<Integer> even =
                SliceChoice.brightest(dark).planes(dark, dark, OVERLAY).stream()
                        .map(SlicePlane::at)
                        .toList();
        assertEquals(9, even.size());
        assertTrue(even.get(0) > 90 && even.get(8) < 10, even.toString());
    }

    @Test
    void aPlaneWithAnAreaIsTakenWhereAxialIsALine() {
        Volume flat =
                grey(new Geometry(20, 1, 12, GRID.spacingMm(), GRID.originMm(), GRID.direction()));
        assertEquals(1, SliceChoice.brightest(flat).normal());
        assertMessage(
                "--slices axial: the image is a line or a point there. Choose another plane.",
                () -> SliceChoice.of("axial:0").planes(flat, flat, OVERLAY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "axail:3|--slices axail:3: did you mean \"axial\"?",
                "axial:1,x|--slices axial:1,x: needs numbers of slices, as in axial:10,20,30, or"
                        + " places in mm, as in axial:-12.5,40mm; found \"x\".",
                "axial:1.5|--slices axial:1.5: needs numbers of slices, as in axial:10,20,30, or"
                        + " places in mm, as in axial:-12.5,40mm; found \"1.5\".",
                "axial:|--slices axial:: needs numbers of slices, as in axial:10,20,30, or"
                        + " places in mm, as in axial:-12.5,40mm; found \"\".",
                "axial:12|--slices axial:12: ANAT has 12 axial slices, counted from 0, from 100.0 to"
                        + " 155.0 mm.",
                "axial:-1|--slices axial:-1: ANAT has 12 axial slices, counted from 0, from 100.0 to"
                        + " 155.0 mm.",
                "axial:158mm|--slices axial:158mm: ANAT has 12 axial slices, counted from 0, from"
                        + " 100.0 to 155.0 mm."
            })
    void whatCannotBeShownIsSaid(String asked, String message) {
        assertMessage(message, () -> SliceChoice.of(asked).planes(grey(GRID), hot(GRID), OVERLAY));
    }

    @Test
    void placesAreTakenByTheSliceTheyLieIn() {
        List<SlicePlane> planes =
                SliceChoice.of("axial:157.5, 102.4mm").planes(grey(GRID), hot(GRID), OVERLAY);
        assertEquals(List.of(11, 0), planes.stream().map(SlicePlane::at).toList());
    }

    @Test
    void aPictureThatNoMemoryHoldsIsRefusedBeforeItIsDrawn() {
        Volume wide = grey(Geometry.of(1024, 1024, 1, 1, 1, 1));
        SlicePlane plane = SlicePlane.of(wide, 2, 0, SliceChoice.MOST_PIXELS);
        assertMessage(
                "--slices: 100 slices of 1024 x 1024 pixels are more than a picture holds; ask for at"
                        + " most 63.",
                () -> new Montage(OVERLAY, Collections.nCopies(100, plane)));
    }

    /** What stands in the legend can be written; no two letters look alike. */
    @Test
    void everyLetterOfALegendIsKnown() {
        StringBuilder all =
                new StringBuilder("RLAPS0123456789-., axial coronal sagittal slice xyz");
        all.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%/()+=");
        all.append("colour: from all values opacity 60 % grey: to mm quantity not stated");
        for (Quantity q : Quantity.values()) {
            all.append(q.label());
        }
        Set<String> strokes = new HashSet<>();
        Set<Character> letters = new HashSet<>();
        for (char c : all.toString().toCharArray()) {
            assertTrue(StrokeFont.knows(c), "'" + c + "'");
            if (letters.add(c)) {
                assertTrue(strokes.add(StrokeFont.strokes(c)), "'" + c + "' is unlike all others");
            }
        }
    }

    private static void assertMessage(String message, Runnable code) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, code::run);
        assertEquals(message, e.getMessage());
    }
}
