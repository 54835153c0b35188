package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of many frames, whose geometry stands in functional groups. */
class EnhancedTest {
    @TempDir Path folder;

    /** One frame of 2 × 2 pixels at a height, all of one value. */
    private record Plan(double z, String frameType, double echo, int value) {}

    private static DicomBuilder item() {
        return DicomBuilder.explicit();
    }

    private static DicomBuilder group(Plan plan, boolean position) {
        DicomBuilder group = item();
        if (position) {
            group.sequence(
                    Keyword.PlanePositionSequence,
                    item().text(Keyword.ImagePositionPatient, "-3\\4\\" + plan.z));
        }
        return group.openSequence(
                        Keyword.PixelValueTransformationSequence,
                        item().text(Keyword.RescaleIntercept, "" + plan.value)
                                .text(Keyword.RescaleSlope, "2"))
                .sequence(
                        Keyword.MRImageFrameTypeSequence,
                        item().text(Keyword.FrameType, plan.frameType))
                .sequence(Keyword.MREchoSequence, item().fd(Keyword.EffectiveEchoTime, plan.echo));
    }

    private Path write(List<Plan> plans, boolean positions) {
        DicomBuilder[] frames = new DicomBuilder[plans.size()];
        int[] pixels = new int[4 * plans.size()];
        for (int n = 0; n < frames.length; n++) {
            frames[n] = group(plans.get(n), positions || n != 1);
            for (int v = 0; v < 4; v++) {
                pixels[4 * n + v] = plans.get(n).value + v;
            }
        }
        return item().text(Keyword.ImageType, "ORIGINAL\\PRIMARY\\VOLUME\\MIXED")
                .text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .text(Keyword.Modality, "MR")
                .text(Keyword.SeriesInstanceUID, "2.25.5")
                .us(Keyword.SamplesPerPixel, 1)
                .text(Keyword.PhotometricInterpretation, "MONOCHROME2")
                .text(Keyword.NumberOfFrames, "" + frames.length)
                .us(Keyword.Rows, 2)
                .us(Keyword.Columns, 2)
                .us(Keyword.BitsAllocated, 16)
                .us(Keyword.BitsStored, 16)
                .us(Keyword.HighBit, 15)
                .us(Keyword.PixelRepresentation, 0)
                .sequence(
                        Keyword.SharedFunctionalGroupsSequence,
                        item().sequence(
                                        Keyword.PlaneOrientationSequence,
                                        item().text(
                                                        Keyword.ImageOrientationPatient,
                                                        "1\\0\\0\\0\\1\\0"))
                                .sequence(
                                        Keyword.PixelMeasuresSequence,
                                        item().text(Keyword.PixelSpacing, "0.5\\0.75")
                                                .text(Keyword.SliceThickness, "3")))
                .sequence(Keyword.PerFrameFunctionalGroupsSequence, frames)
                .pixels(pixels)
                .save(folder.resolve("many.dcm"));
    }

    private static List<Plan> shuffled(String type, double echo, int base) {
        List<Plan> plans = new ArrayList<>();
        for (int k : new int[] {2, 0, 3, 1}) {
            plans.add(new Plan(2.5 * k - 7, type, echo, base + 10 * k));
        }
        return plans;
    }

    @Test
    void oneFrameWithSeveralDescriptionsIsRefused() {
        Path file = write(List.of(new Plan(0, "A", 1, 0), new Plan(1, "A", 1, 0)), true);
        DicomFile whole = DicomFile.read(file).orElseThrow();
        whole.values().set(Elements.text(Keyword.NumberOfFrames, "1"));
        assertEquals(
                "many.dcm: holds 1 frame and 2 descriptions of frames, so their places are not"
                        + " known. Split it into single-frame files first.",
                assertThrows(DataException.class, () -> Frame.of(whole)).getMessage());
    }

    @Test
    void framesAreOrderedBySpaceAndKeepTheirOwnSlope() {
        Path file = write(shuffled("ORIGINAL\\PRIMARY\\M\\NONE", 4.6, 100), true);
        Image image = DicomSeries.read(file);
        Geometry expected =
                new Geometry(
                        2,
                        2,
                        4,
                        Numbers.of(0.75, 0.5, 2.5),
                        Numbers.of(-3, 4, -7),
                        Geometry.IDENTITY);
        assertEquals(expected, image.volume().geometry());
        for (int k = 0; k < 4; k++) {
            assertEquals(100 + 10 * k + 3, image.volume().at(1, 1, k));
        }
        assertEquals(
                Numbers.of(100, 110, 120, 130),
                image.tags().slices("RescaleIntercept").orElseThrow());
        assertEquals("4.6", image.tags().text("EchoTime").orElseThrow());
        assertEquals("ORIGINAL\\PRIMARY\\M\\NONE", image.tags().text("ImageType").orElseThrow());
    }

    @Test
    void echoesAndFrameTypesInOneFileAreChosenLikeThoseInMany() {
        List<Plan> plans = shuffled("ORIGINAL\\PRIMARY\\M\\NONE", 4.6, 100);
        plans.addAll(shuffled("ORIGINAL\\PRIMARY\\M\\NONE", 9.2, 200));
        plans.addAll(shuffled("ORIGINAL\\PRIMARY\\P\\NONE", 4.6, 300));
        Path file = write(plans, true);
        String message =
                assertThrows(DataException.class, () -> DicomSeries.read(file)).getMessage();
        assertTrue(
                message.startsWith("many.dcm: 3 series lie in it: series=1 (ImageType="), message);
        assertTrue(message.contains("EchoTime=9.2), 4 images"), message);
        Image second = DicomSeries.read(Path.of(file + "#EchoTime=9.2"));
        assertEquals(200, second.volume().at(0, 0, 0));
        assertEquals(330, DicomSeries.read(Path.of(file + "#ImageType=P")).volume().at(0, 0, 3));
    }

    @Test
    void aFrameWithoutItsPlaceIsNamed() {
        Path file = write(shuffled("ORIGINAL\\PRIMARY\\M\\NONE", 4.6, 100), false);
        assertEquals(
                "many.dcm, frame 2: has no ImagePositionPatient (0020,0032), so it cannot be placed"
                        + " in a volume. Export the series again with it.",
                assertThrows(DataException.class, () -> DicomSeries.read(file)).getMessage());
    }

    @Test
    void legacyConvertedFilesKeepTheirOldAttributesWhereTheyWerePut() {
        DicomBuilder[] frames = new DicomBuilder[2];
        for (int n = 0; n < 2; n++) {
            frames[n] =
                    item().sequence(
                                    Keyword.PlanePositionSequence,
                                    item().text(
                                                    Keyword.ImagePositionPatient,
                                                    "0\\0\\" + (n == 0 ? 4 : 0)))
                            .sequence(
                                    Keyword.UnassignedPerFrameConvertedAttributesSequence,
                                    item().text(Keyword.ExposureTime, "" + (500 + n)));
        }
        DicomBuilder shared =
                item().sequence(
                                Keyword.UnassignedSharedConvertedAttributesSequence,
                                item().text(Keyword.ConvolutionKernel, "B31f"));
        DicomBuilder b =
                item().text(Keyword.NumberOfFrames, "2")
                        .text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2.2")
                        .sequence(Keyword.SharedFunctionalGroupsSequence, shared)
                        .sequence(Keyword.PerFrameFunctionalGroupsSequence, frames);
        Path file = DicomBuilder.slice(b, 9).pixels(8).save(folder.resolve("legacy.dcm"));
        Image image = DicomSeries.read(file);
        assertEquals(4, image.volume().geometry().spacing(2));
        assertEquals(5, image.volume().at(0, 0, 0)); // the second frame lies lower
        assertEquals("B31f", image.tags().text("ConvolutionKernel").orElseThrow());
        assertEquals(Numbers.of(501, 500), image.tags().slices("ExposureTime").orElseThrow());
    }

    @ParameterizedTest(name = "explicit: {0}")
    @ValueSource(booleans = {true, false})
    void theScaleSlopeOfPhilipsStandsInAPrivateSequenceOfEachFrame(boolean explicit) {
        Supplier<DicomBuilder> empty = () -> new DicomBuilder(explicit, ByteOrder.LITTLE_ENDIAN);
        DicomBuilder[] frames = new DicomBuilder[3];
        for (int n = 0; n < frames.length; n++) {
            DicomBuilder own = empty.get().text(Keyword.EchoTime, "99");
            creator(own, 0x10, "Philips MR Imaging DD 001");
            own.bytes(0x2005100E, "FL", real(0.5f + n));
            DicomBuilder item = empty.get().bytes(0xFFFEE000, "", own.body());
            frames[n] =
                    empty.get()
                            .sequence(
                                    Keyword.PlanePositionSequence,
                                    empty.get()
                                            .text(Keyword.ImagePositionPatient, "0\\0\\" + 2 * n));
            creator(frames[n], 0x11, "Philips MR Imaging DD 001");
            creator(frames[n], 0x14, "Philips MR Imaging DD 005");
            // not a sequence, but Philips' window centre
            frames[n].bytes(0x2005110F, "DS", "512.5 ".getBytes(StandardCharsets.US_ASCII));
            frames[n].bytes(0x2005140F, "SQ", n == 2 ? new byte[0] : item.body());
        }
        DicomBuilder b = empty.get().text(Keyword.NumberOfFrames, "3");
        b.text(Keyword.Manufacturer, "Philips Medical Systems").text(Keyword.EchoTime, "4.6");
        b.sequence(Keyword.PerFrameFunctionalGroupsSequence, frames);
        DicomBuilder.slice(b, 9).pixels(12);
        Path file = folder.resolve("philips.dcm");
        DicomBuilder.save(file, b.file(explicit ? DicomBuilder.EXPLICIT : DicomBuilder.IMPLICIT));
        Image image = DicomSeries.read(file);
        assertEquals(
                Numbers.of(0.5, 1.5, Double.NaN),
                image.tags().slices("PhilipsMrScaleSlope").orElseThrow());
        // what else stands in the private sequence is the frame's in no other sense
        assertEquals("4.6", image.tags().text("EchoTime").orElseThrow());
        assertTrue(image.tags().text("ReaderWarnings").isEmpty());
    }

    private static void creator(DicomBuilder b, int block, String name) {
        b.bytes(0x20050000 | block, "LO", name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] real(float value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    }

    @ParameterizedTest(name = "in the functional groups: {0}")
    @ValueSource(booleans = {true, false})
    void theUnitOfARealWorldValueMappingStandsInTheTags(boolean shared) {
        DicomBuilder unit = item().text(Keyword.CodeValue, "um2/s");
        DicomBuilder mapping =
                item().sequence(Keyword.MeasurementUnitsCodeSequence, unit)
                        .fd(Keyword.RealWorldValueIntercept, 0)
                        .fd(Keyword.RealWorldValueSlope, 0.25);
        DicomBuilder b = item().sequence(Keyword.RealWorldValueMappingSequence, mapping);
        b = shared ? item().sequence(Keyword.SharedFunctionalGroupsSequence, b) : b;
        Path file = DicomBuilder.slice(b, 0).pixels(4).save(folder.resolve("adc.dcm"));
        Image image = DicomSeries.read(file);
        assertEquals("0.25", image.tags().text("RealWorldValueSlope").orElseThrow());
        assertEquals("0", image.tags().text("RealWorldValueIntercept").orElseThrow());
        assertEquals("um2/s", image.tags().text("RealWorldValueUnit").orElseThrow());
    }

    @Test
    void aFileWrittenByPydicomIsReadWithTheGridThatPydicomMeans() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(
                Files.isExecutable(python)
                        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/pydicom")),
                "pydicom is not installed: apt install python3-pydicom python3-numpy");
        String script =
                """
                import sys, numpy as np, pydicom
                from pydicom.dataset import Dataset, FileMetaDataset
                from pydicom.sequence import Sequence as S
                def item(**kw):
                    d = Dataset()
                    for k, v in kw.items(): setattr(d, k, v)
                    return d
                i = np.array([2, 2, 1]) / 3; j = np.array([-2, 1, 2]) / 3; n = np.cross(i, j)
                first = np.array([-11.5, 20.25, -300.125])
                order = [3, 1, 4, 0, 2]
                d = Dataset()
                d.file_meta = FileMetaDataset()
                d.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
                d.is_little_endian, d.is_implicit_VR = True, True
                d.SOPClassUID = d.file_meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.2.1'
                d.SOPInstanceUID = d.file_meta.MediaStorageSOPInstanceUID = '2.25.77'
                d.SeriesInstanceUID, d.Modality = '2.25.78', 'CT'
                d.NumberOfFrames, d.Rows, d.Columns = 5, 3, 4
                d.SamplesPerPixel, d.PhotometricInterpretation = 1, 'MONOCHROME2'
                d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
                ds = lambda v: [pydicom.valuerep.DSfloat(x, auto_format=True) for x in v]
                d.SharedFunctionalGroupsSequence = S([item(
                    PlaneOrientationSequence=S([item(ImageOrientationPatient=ds([*i, *j]))]),
                    PixelMeasuresSequence=S([item(PixelSpacing=[1.3, 0.7], SliceThickness=2.5)]),
                    PixelValueTransformationSequence=S([item(RescaleIntercept=-1024, RescaleSlope=1)]),
                    CTReconstructionSequence=S([item(ConvolutionKernel='B45')]))])
                d.PerFrameFunctionalGroupsSequence = S([item(
                    PlanePositionSequence=S([item(ImagePositionPatient=ds(first + 2.5 * k * n))]))
                    for k in order])
                v = np.zeros((5, 3, 4), np.uint16)
                for f, k in enumerate(order):
                    v[f] = 100 * k + np.arange(12).reshape(3, 4)
                d.PixelData = v.tobytes()
                d.save_as(sys.argv[1], write_like_original=False)
                """;
        Path file = folder.resolve("pydicom.dcm");
        Process run =
                new ProcessBuilder(python.toString(), "-c", script, file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, run.waitFor(), said);
        Image image = DicomSeries.read(file);
        Geometry expected = org.diapason.io.TestData.oblique(4, 3, 5, false);
        // texts of 16 characters lose about 1e-13 of a voxel
        assertTrue(image.volume().geometry().isClose(expected, 1e-9), "" + image.volume());
        for (int k = 0; k < 5; k++) {
            assertEquals(100 * k + 4 * 2 + 3, image.volume().at(3, 2, k));
        }
        assertEquals("B45", image.tags().text("ConvolutionKernel").orElseThrow());
        assertTrue(image.tags().text("ReaderWarnings").isEmpty());
    }
}
