package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.TestData;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Siemens mosaics: tiles of one picture that are the slices of one volume. */
class MosaicTest {
    @TempDir Path folder;

    private static void field(ByteBuffer b, String name, String... values) {
        b.put(java.util.Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 64));
        b.putInt(values.length).put("FD\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(4);
        b.putInt(values.length).putInt(77);
        for (String value : values) {
            b.putInt(value.length()).putInt(value.length()).putInt(77).putInt(value.length());
            b.put(value.getBytes(StandardCharsets.US_ASCII));
            b.position(b.position() + (-value.length() & 3));
        }
    }

    static byte[] csa(String tiles, String z) {
        ByteBuffer b = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        b.put("SV10\4\3\2\1".getBytes(StandardCharsets.US_ASCII)).putInt(3).putInt(77);
        field(b, "EchoLinePosition", "64");
        field(b, "NumberOfImagesInMosaic", tiles);
        field(b, "SliceNormalVector", "0.0", "0.0", z);
        return b.array();
    }

    /**
     * The older kind: no beginning, and lengths that count the items of the first field, too; its
     * fields have six items, most of them empty. nibabel.nicom.csareader.read gives 5 and (0, 0,
     * −1) for these bytes once its "tag_no == 1" is put right to 0, as SPM counts from 1.
     */
    private static byte[] older(String tiles, String z) {
        ByteBuffer b =
                ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN).putInt(3).putInt(77);
        String[][] fields = {
            {"EchoLinePosition", "64"},
            {"NumberOfImagesInMosaic", tiles},
            {"SliceNormalVector", "0.0", "0.0", z}
        };
        for (String[] field : fields) {
            b.put(java.util.Arrays.copyOf(field[0].getBytes(StandardCharsets.US_ASCII), 64));
            b.putInt(field.length - 1).put("FD\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(4);
            b.putInt(6).putInt(77);
            for (int n = 1; n <= 6; n++) {
                String value = n < field.length ? field[n] : "";
                b.putInt(value.length() + 6).putInt(value.length()).putInt(77).putInt(0);
                b.put(value.getBytes(StandardCharsets.US_ASCII));
                b.position(b.position() + (-value.length() & 3));
            }
        }
        return b.array();
    }

    @Test
    void theOlderPrivateHeaderSaysTheSame() {
        Image image = DicomSeries.read(write(older("5", "-1.0"), "4"));
        assertEquals(grid(40 - 4 * 4), image.volume().geometry());
        assertEquals(41, image.volume().at(1, 0, 0));
        byte[] cut = java.util.Arrays.copyOf(older("5", "1.0"), 500);
        assertTrue(failure(write(cut, "4")).contains("CSA header"));
        byte[] other = older("5", "1.0");
        other[4] = 78;
        assertTrue(failure(write(other, "4")).contains("CSA header"));
    }

    /** Writes 5 tiles of 2 × 2 in a picture of 6 × 6; the value of tile t is 10 t + its pixel. */
    private Path write(byte[] csa, String spacing) {
        int[] pixels = new int[36];
        for (int tile = 0; tile < 5; tile++) {
            for (int v = 0; v < 4; v++) {
                int row = tile / 3 * 2 + v / 2;
                pixels[6 * row + tile % 3 * 2 + v % 2] = 10 * tile + v;
            }
        }
        DicomBuilder b = DicomBuilder.explicit();
        b.text(Keyword.ImageType, "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC").text(Keyword.Modality, "MR");
        b.us(Keyword.Rows, 6).us(Keyword.Columns, 6).text(Keyword.PixelSpacing, "2\\3");
        b.text(Keyword.ImagePositionPatient, "-9\\-6\\40");
        b.text(Keyword.SpacingBetweenSlices, spacing);
        if (csa != null) {
            b.bytes(Keyword.SiemensCsaImageHeader.tag(), "OB", csa);
        }
        return DicomBuilder.slice(b, 0).pixels(pixels).save(folder.resolve("m.dcm"));
    }

    private String failure(Path file) {
        return assertThrows(DataException.class, () -> DicomSeries.read(file)).getMessage();
    }

    private static Geometry grid(double z) {
        // the corner moves by half of what the picture is larger than a tile: 2 pixels
        return new Geometry(
                2,
                2,
                5,
                Numbers.of(3, 2, 4),
                Numbers.of(-9 + 2 * 3, -6 + 2 * 2, z),
                Geometry.IDENTITY);
    }

    @Test
    void tilesBecomeSlicesAndTheFirstOneLiesWhereTheFormulaSays() {
        Image image = DicomSeries.read(write(csa("5", "1.0"), "4"));
        assertEquals(grid(40), image.volume().geometry());
        for (int k = 0; k < 5; k++) {
            assertEquals(10 * k + 1, image.volume().at(1, 0, k));
            assertEquals(10 * k + 2, image.volume().at(0, 1, k));
        }
        assertEquals(5, image.tags().slices("RescaleSlope").orElseThrow().size());
    }

    @Test
    void tilesThatGoAgainstTheNormalAreTurnedRound() {
        Image image = DicomSeries.read(write(csa("5", "-1.0"), "4"));
        assertEquals(grid(40 - 4 * 4), image.volume().geometry());
        assertEquals(41, image.volume().at(1, 0, 0));
        assertEquals(1, image.volume().at(1, 0, 4));
    }

    @Test
    void withoutItsPrivateHeaderAMosaicIsRefused() {
        assertEquals(
                "m.dcm: is a mosaic, its slices lie as tiles in one picture, and the private CSA"
                        + " header (0029,1010) that says which way they go is missing or broken."
                        + " Export it again as one image per slice.",
                failure(write(null, "4")));
        assertTrue(failure(write(new byte[40], "4")).contains("CSA header"));
    }

    @Test
    void tilesThatDoNotFitAndSlicesWithoutADistanceAreRefused() {
        assertEquals(
                "m.dcm: is a mosaic of 6 × 6 pixels and says it holds 16 slices, which no tiles of"
                        + " one size give. Export it again as one image per slice.",
                failure(write(csa("16", "1.0"), "4")));
        assertTrue(failure(write(csa("4.5", "1.0"), "4")).contains("which no tiles of one size"));
        assertTrue(failure(write(csa("5", "1.0"), "")).contains("without SpacingBetweenSlices"));
        assertTrue(failure(write(csa("5", "0.5"), "4")).contains("(their cosine is 0.5000)"));
    }

    @Test
    void twoMosaicsAreTwoVolumesAndAreChosenByTime() {
        write(csa("5", "1.0"), "4");
        folder.resolve("m.dcm").toFile().renameTo(folder.resolve("n.dcm").toFile());
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.AcquisitionTime, "101010");
        b.text(Keyword.SOPInstanceUID, "2.25.4");
        b.text(Keyword.ImageType, "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC").text(Keyword.Modality, "MR");
        b.us(Keyword.Rows, 6).us(Keyword.Columns, 6).text(Keyword.PixelSpacing, "2\\3");
        b.text(Keyword.ImagePositionPatient, "-9\\-6\\40").text(Keyword.SpacingBetweenSlices, "4");
        b.bytes(Keyword.SiemensCsaImageHeader.tag(), "OB", csa("5", "1.0"));
        DicomBuilder.slice(b, 0).pixels(36).save(folder.resolve("m.dcm"));
        assertTrue(failure(folder).contains("(AcquisitionTime=101010), 1 image"), failure(folder));
        Path second = Path.of(folder + "#AcquisitionTime=101010");
        assertEquals(5, DicomSeries.read(second).volume().geometry().nk());
    }

    @Test
    void aRealMosaicHasTheGridThatNibabelGives() throws IOException {
        byte[] file = Files.readAllBytes(TestData.real("nifti/nibabel/0.dcm"));
        // this anonymised file has pictures of 256 × 256, which 7 × 7 tiles do not fill
        Path real = Files.write(folder.resolve("real.dcm"), file);
        assertTrue(failure(real).contains("256 × 256 pixels and says it holds 48 slices"));
        for (int tag : new int[] {0x10, 0x11}) {
            int at = find(file, new byte[] {0x28, 0, (byte) tag, 0, 2, 0, 0, 0});
            file[at + 8] = (byte) 252;
            file[at + 9] = 0;
        }
        Files.write(real, file);
        Image image = DicomSeries.read(real);
        Geometry g = image.volume().geometry();
        assertEquals(48, g.nk());
        // d = pydicom.dcmread("0.dcm"); d.Rows = d.Columns = 252
        // nibabel.nicom.dicomwrappers.wrapper_from_data(d).affine  (axes: rows, columns, slices)
        double[] affine = {
            0.0, 1.796875, 0.0, -610.9375,
            1.79684984375, 0.0, 0.015708, -630.9593358750001,
            -0.0094084375, 0.0, 2.9999580000000003, -76.11375224999999
        };
        Numbers origin = g.toWorld(0, 0, 0);
        Numbers far = g.toWorld(35, 30, 47);
        for (int r = 0; r < 3; r++) {
            assertEquals(affine[4 * r + 3], origin.get(r), 1e-4);
            double expected = affine[4 * r] * 30 + affine[4 * r + 1] * 35 + affine[4 * r + 2] * 47;
            assertEquals(expected + affine[4 * r + 3], far.get(r), 1e-3);
        }
        // a = np.frombuffer(d.PixelData, np.uint16)[:252 * 252].reshape(252, 252)
        assertEquals(421, image.volume().at(5, 7, 24)); // a[36 * 3 + 7, 36 * 3 + 5]
        // tile 10 is in row 1, column 3: a[36 * 1 + 7, 36 * 3 + 5]
        assertEquals(2757, image.volume().at(5, 7, 10));
    }

    private static int find(byte[] file, byte[] what) {
        for (int at = 132; at < file.length - what.length; at++) {
            if (java.util.Arrays.equals(file, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new AssertionError("not in the file");
    }
}
