package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.diapason.io.Inspection;
import org.diapason.io.TestData;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between slices and a grid with right angles. */
class StackTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("ct");
    }

    private String failure() {
        return assertThrows(DataException.class, () -> DicomSeries.read(folder())).getMessage();
    }

    private Image read(String choice) {
        return DicomSeries.read(Path.of(folder() + choice));
    }

    private static String warnings(Image image) {
        return image.tags().text("ReaderWarnings").orElse("");
    }

    private void save(String name, double z, Map<Keyword, String> tags, int... pixels) {
        DicomBuilder b = DicomBuilder.explicit();
        tags.forEach(b::text);
        DicomBuilder.slice(b, z).pixels(pixels).save(folder().resolve(name));
    }

    @Test
    void theSameFileTwiceIsUsedOnceWithAWarning() throws IOException {
        save("a", 0, Map.of(), 1, 2, 3, 4);
        save("b", 2, Map.of(), 5, 6, 7, 8);
        Files.copy(folder().resolve("b"), folder().resolve("copy"));
        Image image = read("");
        assertEquals(2, image.volume().geometry().nk());
        assertEquals(
                "b and copy are the same image (same SOPInstanceUID, same pixels); it was used"
                        + " once.",
                warnings(image));
    }

    @Test
    void theSameImageWrittenInTwoWaysIsUsedOnce() throws IOException {
        Files.createDirectories(folder());
        for (String name : new String[] {"MR_small.dcm", "MR_small_bigendian.dcm"}) {
            Files.copy(TestData.real("dicom/pydicom_files/" + name), folder().resolve(name));
        }
        Image image = read("");
        assertEquals(1, image.volume().geometry().nk());
        assertTrue(
                warnings(image).startsWith("MR_small.dcm and MR_small_bigendian.dcm are the same"),
                warnings(image));
    }

    @Test
    void oneUidWithTwoContentsIsRefusedAndInspectionSaysSo() {
        save("a", 0, Map.of(), 1, 2, 3, 4);
        save("b", 0, Map.of(), 1, 2, 3, 5);
        String message =
                "a and b have the same SOPInstanceUID (0008,0018) and different pixels, so one of"
                        + " them is not what it says. Neither is used: export the series again.";
        assertEquals(message, failure());
        assertEquals(message, Inspection.of(folder()).problems().get(0));
    }

    @Test
    void theSamePixelsUnderNewUidsAreUsedOnceWithAWarning() {
        save("a", 0, Map.of(), 1, 2, 3, 4);
        save("b", 2, Map.of(), 5, 6, 7, 8);
        save("c", 2, Map.of(Keyword.SOPInstanceUID, "2.25.4711"), 5, 6, 7, 8);
        Image image = read("");
        assertEquals(2, image.volume().geometry().nk());
        assertEquals(
                "b and c are the same pixels at the same position under two UIDs (an export made"
                        + " twice); used once.",
                warnings(image));
    }

    @Test
    void twoSlicesOfOnePositionAndDifferentPixelsAreRefusedWithBothPositions() {
        save("a", 0, Map.of(), 1, 2, 3, 4);
        save("b", 2, Map.of(), 5, 6, 7, 8);
        save("c", 2, Map.of(Keyword.SOPInstanceUID, "2.25.4711"), 5, 6, 7, 9);
        assertEquals(
                "b and c lie at the same position: they are at 2.000 and 2.000 mm, 0.000 mm apart."
                        + " Remove one of them.",
                failure());
    }

    @Test
    void aSeriesExportedTwiceIsNoticedByItsPixels() {
        save("x/a", 0, Map.of(), 1, 2, 3, 4);
        save("y/a", 0, Map.of(Keyword.SeriesInstanceUID, "2.25.8"), 1, 2, 3, 4);
        Inspection seen = Inspection.of(folder());
        assertTrue(
                seen.parts()
                        .get(1)
                        .warnings()
                        .contains(
                                "The middle slice has the pixels of the middle slice of x: one of"
                                        + " the two series may be an export of the other, and"
                                        + " should count once."),
                seen.parts().get(1).warnings().toString());
    }

    @Test
    void aMissingSliceIsInterpolatedWhereThatIsAskedFor() {
        for (int k : new int[] {0, 1, 2, 5, 6}) {
            save("s" + k, 2 * k, Map.of(Keyword.PixelPaddingValue, ""), k, 10 * k, -k, 7);
        }
        assertTrue(
                failure()
                        .startsWith(
                                "s2 and s5 do not follow each other at the series' 2.000 mm: they"
                                        + " are at 4.000 and 10.000 mm, 6.000 mm apart. Slices are"
                                        + " missing: export the series again, or add"
                                        + " #gaps=interpolate"),
                failure());
        Image image = read("#gaps=interpolate");
        // the planted values are linear in k, so interpolation gives them exactly, to float
        for (int k = 0; k < 7; k++) {
            assertEquals(k, image.volume().at(0, 0, k), 1e-6);
            assertEquals(10 * k, image.volume().at(1, 0, k), 1e-6);
            assertEquals(7, image.volume().at(1, 1, k), 1e-6);
        }
        assertEquals(7, image.tags().slices("RescaleSlope").orElseThrow().size());
        assertTrue(image.volume().resampled());
        assertEquals(
                "2 missing slices were interpolated linearly between their neighbours, 2.000 mm"
                        + " apart",
                image.tags().text("GeometryNote").orElseThrow());
    }

    @Test
    void irregularSpacingIsNotInterpolated() {
        for (double z : new double[] {0, 2, 4, 7}) {
            save("s" + z, z, Map.of(), 1, 2, 3, 4);
        }
        String irregular =
                "s4.0 and s7.0 do not follow each other at the series' 2.000 mm: they are at 4.000"
                        + " and 7.000 mm, 3.000 mm apart. The spacing is irregular: export the"
                        + " series again.";
        assertEquals(irregular, failure());
        assertEquals(
                irregular,
                assertThrows(DataException.class, () -> read("#gaps=interpolate")).getMessage());
    }

    @Test
    void orderOfFilesAndSignOfTheStatedSpacingChangeNothing() {
        for (int k = 0; k < 3; k++) {
            Map<Keyword, String> tags =
                    Map.of(
                            Keyword.SpacingBetweenSlices, "-2.5",
                            Keyword.InstanceNumber, "" + (3 - k),
                            Keyword.SliceThickness, "5");
            save("s" + (9 - k), 2.5 * k, tags, k, k, k, k);
        }
        Image image = read("");
        assertEquals(2.5, image.volume().geometry().spacing(2));
        for (int k = 0; k < 3; k++) {
            assertEquals(k, image.volume().at(0, 0, k));
        }
        assertEquals(
                "slices are 5.000 mm thick and 2.500 mm apart (they overlap)",
                image.tags().text("GeometryNote").orElseThrow());
    }

    @ParameterizedTest(name = "orientation {0}")
    @CsvSource({"0\\0\\0\\0\\0\\0", "1\\0\\0\\1\\0\\0", "2\\0\\0\\0\\1\\0", "1\\0\\0\\0\\0.9\\0"})
    void anOrientationThatIsNoneIsRefused(String orientation) {
        save("a", 0, Map.of(Keyword.ImageOrientationPatient, orientation), 1, 2, 3, 4);
        assertTrue(
                failure()
                        .endsWith(
                                "is not two orthogonal unit vectors: found \""
                                        + orientation
                                        + "\"."),
                failure());
    }

    @Test
    void theSpacingAtTheDetectorIsNotTheSpacingInThePatient() {
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.PixelSpacing, " ");
        b.bytes(0x00181164, "DS", "0.5\\0.5 ".getBytes());
        DicomBuilder.slice(b, 0).pixels(4).save(folder().resolve("a"));
        assertEquals(
                "a: has no PixelSpacing (0028,0030), so it cannot be placed in a volume. Export the"
                        + " series again with it.",
                failure());
    }

    /** Writes an object that is linear in space, in slices shifted by 1.5 mm each along j. */
    private void tilted(ToDoubleBiFunction<Double, Double> object, String padding) {
        for (int k = 0; k < 4; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.ImagePositionPatient, "0\\" + 1.5 * k + "\\" + 4 * k);
            b.text(Keyword.PixelSpacing, "2\\1").us(Keyword.Rows, 6).us(Keyword.Columns, 3);
            if (!padding.isEmpty()) {
                b.us(Keyword.PixelPaddingValue, Integer.parseInt(padding));
            }
            int[] pixels = new int[18];
            for (int j = 0; j < 6; j++) {
                for (int i = 0; i < 3; i++) {
                    double value = object.applyAsDouble(2.0 * j + 1.5 * k, 4.0 * k);
                    pixels[3 * j + i] = (int) Math.round(value) + 100 * i;
                }
            }
            DicomBuilder.slice(b, k).pixels(pixels).save(folder().resolve(k + ".dcm"));
        }
    }

    @Test
    void aTiltedStackIsRefusedWithTheAngleAndWhatToAdd() {
        tilted((y, z) -> 1, "");
        // atan(1.5 / 4) = 20.6°
        assertEquals(
                "0.dcm and 3.dcm are shifted by 4.500 mm within their plane over 12.000 mm (a"
                        + " gantry tilt or shear of 20.6°), which no grid with right angles holds."
                        + " Add #tilt=linear or #tilt=cubic to the path to have each slice"
                        + " interpolated onto such a grid.",
                failure());
    }

    @ParameterizedTest(name = "tilt={0}")
    @CsvSource({"linear", "cubic"})
    void aTiltedStackIsPutOnAGridWithRightAngles(String how) {
        // linear in y and z: interpolation within a slice is exact where it has neighbours
        tilted((y, z) -> 20 * y + 7 * z, "");
        Image image = read("#tilt=" + how);
        Geometry g = image.volume().geometry();
        // 6 rows of 2 mm, and 4.5 mm of shift: three more rows
        assertEquals(Geometry.of(3, 9, 4, 1, 2, 4), g);
        int inside = 0;
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 9; j++) {
                double row = (2 * j - 1.5 * k) / 2;
                float value = image.volume().at(1, j, k);
                if (row < -0.5 || row > 5.5) {
                    assertTrue(Float.isNaN(value), j + " " + k);
                } else if (row >= (how.equals("cubic") ? 2 : 0)
                        && row <= (how.equals("cubic") ? 3 : 5)) {
                    // the mirrored border bends the spline, less by 0.27 with each row; half a
                    // row too far would be 20
                    double tolerance = how.equals("cubic") ? 2.5 : 1e-3;
                    assertEquals(20 * 2 * j + 7 * 4 * k + 100, value, tolerance);
                    inside++;
                }
            }
        }
        assertTrue(inside >= (how.equals("cubic") ? 5 : 20), inside + " voxels compared");
        assertTrue(image.volume().resampled());
        assertEquals(
                "a tilted stack, put on a right-angled grid by "
                        + how
                        + " interpolation within each slice",
                image.tags().text("GeometryNote").orElseThrow());
    }

    @Test
    void paddingIsNotMixedIntoItsNeighbours() {
        tilted((y, z) -> y < 3 ? -2000 : 40, "-2000");
        Image image = read("#tilt=linear");
        int sound = 0;
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 9; j++) {
                float v = image.volume().at(0, j, k);
                assertTrue(Float.isNaN(v) || v == 40, "" + v);
                sound += v == 40 ? 1 : 0;
            }
        }
        assertTrue(sound >= 12, sound + " voxels");
    }

    @Test
    void slicesShiftedWithoutProportionAreNoStack() {
        double[] shift = {0, 3, 0, 0};
        for (int k = 0; k < 4; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.ImagePositionPatient, "0\\" + shift[k] + "\\" + k);
            DicomBuilder.slice(b, k).pixels(4).save(folder().resolve(k + ".dcm"));
        }
        assertTrue(failure().contains("0.dcm and 1.dcm are shifted by 3.000 mm"), failure());
        assertEquals(
                failure(),
                assertThrows(DataException.class, () -> read("#tilt=linear")).getMessage());
    }

    @Test
    void realSeriesNeedNoChoiceAndNothingWasPutRight() {
        for (String series :
                new String[] {"dicom/sts/STS_002/PET/image", "dicom/adc_t2_pair/adc_image"}) {
            Image image = DicomSeries.read(TestData.real(series));
            assertEquals("", warnings(image));
        }
    }

    @Test
    void smallErrorsOfManyGapsAreNotAddedUpInSilence() {
        double z = 0;
        for (int k = 0; k < 100; k++) {
            save("s" + (100 + k), z, Map.of(), 1, 2, 3, k);
            z += k < 50 ? 0.992 : 1;
        }
        // the mean spacing is (50 · 0.992 + 49 · 1)/99; slice 50 lies 50 · 0.0040 mm before its
        // place
        assertEquals(
                "s126, slice 27 from s100, is at 25.792 mm, on an even grid it would be at 25.895"
                        + " mm. The spacing changes along the series: export it again.",
                failure());
    }

    @Test
    void slicesBesideEachOtherAreNotSaidToLieAtOnePosition() {
        for (int n = 0; n < 3; n++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.SOPInstanceUID, "2.25.10" + n);
            b.text(Keyword.ImagePositionPatient, n == 2 ? "40\\0\\2" : "0\\0\\" + 2 * n);
            DicomBuilder.slice(b, n).pixels(4).save(folder().resolve("s" + n));
        }
        assertTrue(
                failure()
                        .startsWith(
                                "s1 and s2 lie beside each other in one plane: they are at 2.000"
                                        + " and 2.000 mm"),
                failure());
    }

    @Test
    void theThicknessOfASingleSliceIsNotAskedForWhereItsDistanceIsSaid() {
        save(
                "a",
                0,
                Map.of(Keyword.SpacingBetweenSlices, "-3", Keyword.SliceThickness, "thin"),
                1,
                2,
                3,
                4);
        assertEquals(3, read("").volume().geometry().spacing(2));
    }

    @Test
    void moreSlicesThanThereAreAreNotGuessed() {
        for (double z : new double[] {0, 2, 4, 2e9}) {
            save("s" + z, z, Map.of(), 1, 2, 3, 4);
        }
        assertEquals(
                "s4.0 and s2.0E9 are 1999999996.000 mm apart at a spacing of 2.000 mm: more slices"
                        + " are missing than the 4 that are there, too many to be guessed. Export"
                        + " the series again.",
                assertThrows(DataException.class, () -> read("#gaps=interpolate")).getMessage());
    }

    @Test
    void aTiltThatLeavesThePatientIsNotResampled() {
        for (int k = 0; k < 3; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.ImagePositionPatient, "0\\" + 2e9 * k + "\\" + k);
            DicomBuilder.slice(b, k).pixels(4).save(folder().resolve(k + ".dcm"));
        }
        assertEquals(
                "0.dcm and 2.dcm are shifted by 4000000000.000 mm within their plane, so far that a"
                        + " grid that holds both would be mostly empty. Export the series again.",
                assertThrows(DataException.class, () -> read("#tilt=linear")).getMessage());
    }
}
