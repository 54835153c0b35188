package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class InputsTest {
    private static final Volume SOUND = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2);
    private static final Registration RIGID = Registration.of(Registration.Model.RIGID);

    private static Volume filled(Geometry g, float value) {
        float[] values = new float[g.voxels()];
        Arrays.fill(values, value);
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    private static Finding refused(Volume fixed, Volume moving, Optional<Mask> mask) {
        Registered registered = RIGID.find(fixed, moving, mask, Progress.NONE);
        assertTrue(registered.transform().isEmpty());
        assertEquals(Status.FAIL, registered.certificate().status());
        assertEquals(1, registered.certificate().findings().size());
        return registered.certificate().findings().get(0);
    }

    private static void says(Finding.Kind kind, String sentence, Finding found) {
        assertEquals(kind, found.kind());
        assertEquals(sentence, found.sentence());
    }

    @Test
    void anImageOfOneValueShowsNothing() {
        says(
                Finding.Kind.CONSTANT,
                "moving image: all its 84480 voxels hold one value, so no place can be told from"
                        + " another. Give an image that shows something.",
                refused(SOUND, filled(Scenes.GRID, 7), Optional.empty()));
    }

    @Test
    void anImageWithoutAFiniteValueHoldsNothing() {
        for (float gap : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            says(
                    Finding.Kind.NO_VALUES,
                    "fixed image: none of its 84480 voxels has a finite value, so there is nothing"
                            + " to compare. Check how it was read or made.",
                    refused(filled(Scenes.GRID, gap), SOUND, Optional.empty()));
        }
    }

    @Test
    void aHandfulOfVoxelsIsTooFew() {
        for (int n : new int[] {1, 2, 3}) {
            Volume tiny = filled(Geometry.of(n, n, n, 500, 500, 500), 1);
            Finding found = refused(tiny, SOUND, Optional.empty());
            assertEquals(Finding.Kind.SMALL_IMAGE, found.kind());
            assertEquals(n * n * n, found.found());
        }
    }

    @Test
    void aSliceLiesAnywhereInAVolume() {
        Volume slice = Scenes.of(0, Geometry.of(48, 44, 1, 2, 2, 2), Affine.IDENTITY, 2);
        says(
                Finding.Kind.ONE_SLICE,
                "fixed image: it is one slice and the moving image has 40, so the slice may lie"
                        + " anywhere in it. Give two volumes or two slices.",
                refused(slice, SOUND, Optional.empty()));
        assertEquals(Finding.Kind.ONE_SLICE, refused(SOUND, slice, Optional.empty()).kind());
    }

    @Test
    void colourIsNotOneValue() {
        float[] plane = SOUND.values();
        Volume colour =
                Volume.of(
                        Scenes.GRID,
                        List.of(plane, plane, plane),
                        Channels.COLOURS,
                        Quantity.UNKNOWN);
        assertEquals(Finding.Kind.CHANNELS, refused(colour, SOUND, Optional.empty()).kind());
    }

    @Test
    void aMaskMustHoldSomething() {
        boolean[] voxels = new boolean[Scenes.GRID.voxels()];
        says(
                Finding.Kind.EMPTY_MASK,
                "mask: none of its 0 voxels has a value in the fixed image. Draw what is to fit,"
                        + " or leave the mask out.",
                refused(SOUND, SOUND, Optional.of(Mask.of(Scenes.GRID, voxels.clone()))));
        Arrays.fill(voxels, 1000, 1100, true);
        says(
                Finding.Kind.SMALL_MASK,
                "mask: 100 voxels are too few to say where the image lies; a search needs 256 or"
                        + " more. Draw it larger, or leave it out.",
                refused(SOUND, SOUND, Optional.of(Mask.of(Scenes.GRID, voxels))));
    }

    /** Air: the object is 80 mm wide and ends before the corner. */
    @Test
    void aMaskOfOneValueShowsNothing() {
        float[] values = SOUND.values().clone();
        boolean[] voxels = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            int row = v / 48;
            boolean corner = v % 48 < 12 && row % 44 < 12 && row / 44 < 12;
            voxels[v] = v % 48 < 8 && row % 44 < 8 && row / 44 < 8;
            values[v] = corner ? 0 : values[v];
        }
        Volume fixed = Volume.of(Scenes.GRID, values, Quantity.UNKNOWN);
        says(
                Finding.Kind.CONSTANT,
                "mask: the fixed image holds one value in its 512 voxels and about them, so no"
                        + " place can be told from another. Draw it about something that shows, or"
                        + " leave it out.",
                refused(fixed, SOUND, Optional.of(Mask.of(Scenes.GRID, voxels))));
    }

    @Test
    void aMaskOnAnotherGridIsAMistakeOfTheCaller() {
        Geometry other = Geometry.of(48, 44, 40, 1, 2, 2);
        Mask mask = Mask.of(other, new boolean[other.voxels()]);
        assertThrows(
                IllegalArgumentException.class,
                () -> RIGID.find(SOUND, SOUND, Optional.of(mask), Progress.NONE));
    }

    @Test
    void holesAreLeftOutOfTheComparison() {
        Affine truth = Affine.shift(3, -2, 4);
        float[] values = Scenes.of(1, Scenes.GRID, truth, 2).values().clone();
        for (int v = 0; v < values.length; v++) {
            if (v % 48 > 38 || v % 1000 == 0) {
                values[v] = v % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
            }
        }
        Volume moving = Volume.of(Scenes.GRID, values, Quantity.UNKNOWN);
        Registered found = RIGID.find(SOUND, moving, Optional.empty(), Progress.NONE);
        double off = Scenes.apart(truth, (Affine) found.transform().orElseThrow());
        assertTrue(off < 0.4, "off by " + off + " mm");
    }
}
