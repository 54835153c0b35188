package org.diapason.steps.fuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.picture.Lut;
import org.diapason.picture.Montage;
import org.diapason.picture.OverlayLook;
import org.diapason.picture.SlicePlane;
import org.diapason.picture.ValueRange;
import org.diapason.step.ContentHash;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A ramp of HU under a ramp of SUV the other way. */
class OverlayStepTest {
    private static final Geometry GRID = Geometry.of(12, 10, 3, 2, 2, 5);
    private static final OverlayLook LOOK =
            new OverlayLook(
                    Optional.empty(),
                    Lut.COLD,
                    Optional.of("0:8"),
                    0.5,
                    OptionalDouble.empty(),
                    List.of("axial:0,2"));

    private static Exam exam() {
        float[] hu = new float[GRID.voxels()];
        float[] suv = new float[GRID.voxels()];
        for (int v = 0; v < hu.length; v++) {
            hu[v] = v % 12 * 10;
            suv[v] = v / 12 % 10;
        }
        return Exam.of(
                "P1",
                Map.of(
                        "ct", Image.of(Volume.of(GRID, hu, Quantity.HU)),
                        "pet", Image.of(Volume.of(GRID, suv, Quantity.SUV_BW))),
                Map.of(),
                Map.of());
    }

    private static Overlay step(OverlayLook look) {
        return new Overlay("ct", "pet", "seen", look);
    }

    /** Where both lie on one grid nothing is interpolated: the picture is that of the parts. */
    @Test
    void thePictureIsThatOfTheTwoImages() {
        Exam exam = exam();
        Trace trace = new Trace();
        Exam after = step(LOOK).apply(exam, trace);
        Volume ct = exam.image("ct").volume();
        Volume pet = exam.image("pet").volume();
        org.diapason.picture.Overlay overlay =
                new org.diapason.picture.Overlay(
                        new ValueRange(-160, 240, ""),
                        Lut.COLD,
                        new ValueRange(0, 8, ""),
                        0.5,
                        1.6);
        List<SlicePlane> planes =
                List.of(SlicePlane.of(ct, 2, 0, 1024), SlicePlane.of(ct, 2, 2, 1024));
        Volume expected = new Montage(overlay, planes).draw(ct, pet).volume(1);
        Volume seen = after.pictures().get("seen");
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(expected.channel(c), seen.channel(c));
        }
        assertEquals(exam.images(), after.images());
        assertEquals(Numbers.of(-160, 240), trace.notes().get("seen.window"));
        assertEquals("-160 to 240 HU, soft tissue", trace.notes().get("seen.windowWhy"));
        assertEquals("from 1.6 SUVbw", trace.notes().get("seen.shown"));
        assertEquals(36.0, trace.notes().get("seen.voxelsAboveRange"), "9 SUV: 12 a slice");
        assertEquals("axial 0, z 0.0 mm; axial 2, z 10.0 mm", trace.notes().get("seen.slices"));
        assertEquals(List.of(), trace.warnings());
    }

    /** What was found but not done yet moves the colours, not the images. */
    @Test
    void whatWasRegisteredIsDrawnWhereItBelongs() {
        Exam exam = exam();
        TreeMap<String, Transform> found = new TreeMap<>();
        found.put("ct", Affine.IDENTITY);
        found.put("pet", Affine.shift(0, 4, 0));
        Exam registered = exam.withTransforms(found);
        float[] shifted = exam.image("pet").volume().values().clone();
        for (int v = 0; v < shifted.length; v++) {
            shifted[v] = v / 12 % 10 < 8 ? shifted[v + 24] : Float.NaN;
        }
        Exam moved =
                exam.mapImages(
                        (name, image) ->
                                name.equals("pet")
                                        ? image.withVolume(image.volume().withValues(shifted))
                                        : image);
        assertEquals(hash(step(LOOK), moved), hash(step(LOOK), registered));
        assertNotEquals(hash(step(LOOK), exam), hash(step(LOOK), registered));
        found.put("ct", Affine.shift(1, 0, 0));
        assertEquals(
                "exam P1, image ct: it was registered but not moved yet. Put common-grid before"
                        + " overlay.",
                refusal(step(LOOK), exam.withTransforms(found)));
    }

    private static String hash(Overlay step, Exam exam) {
        return ContentHash.ofPicture(step.apply(exam, new Trace()).pictures().get("seen"));
    }

    private static String refusal(Overlay step, Exam exam) {
        return assertThrows(RefusedException.class, () -> step.apply(exam, new Trace()))
                .getMessage();
    }

    @Test
    void aPictureThatShowsNothingIsWarnedOfOrRefused() {
        Trace trace = new Trace();
        OverlayLook high =
                new OverlayLook(
                        Optional.empty(),
                        Lut.HOT,
                        Optional.of("0:100"),
                        0.6,
                        OptionalDouble.of(50),
                        List.of());
        Exam after = step(high).apply(exam(), trace);
        assertEquals(
                List.of(
                        "exam P1: no voxel of pet is shown (from 50 SUVbw), so there is no colour in"
                                + " the picture. Lower from."),
                trace.warnings());
        assertTrue(refusal(step(high), after).contains("there is a picture \"seen\" already"));
        TreeMap<String, Transform> away = new TreeMap<>(Map.of("pet", Affine.shift(900, 0, 0)));
        assertEquals(
                "exam P1: pet has no value where ct lies. Register them, or leave the exam out.",
                refusal(step(LOOK), exam().withTransforms(away)));
        OverlayLook beyond =
                new OverlayLook(
                        Optional.empty(),
                        Lut.HOT,
                        Optional.empty(),
                        0.6,
                        OptionalDouble.empty(),
                        List.of("axial:3"));
        assertTrue(
                refusal(step(beyond), exam()).startsWith("exam P1: --slices axial:3: ANAT has 3"));
    }

    @Test
    void settingsAreCheckedBeforeAnythingIsRead() {
        for (List<String> wrong :
                List.of(
                        List.of("wide", "axial"),
                        List.of("0:1", "axail"),
                        List.of("1:0", "axial"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new OverlayLook(
                                    Optional.of(wrong.get(0)),
                                    Lut.HOT,
                                    Optional.empty(),
                                    0.6,
                                    OptionalDouble.empty(),
                                    List.of(wrong.get(1))));
        }
        assertThrows(IllegalArgumentException.class, () -> new Overlay("ct", "pet", "ct", LOOK));
        assertThrows(IllegalArgumentException.class, () -> new Overlay("c*", "pet", "s", LOOK));
    }
}
