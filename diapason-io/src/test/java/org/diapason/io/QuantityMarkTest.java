package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityMarkTest {
    @TempDir Path folder;

    private static Volume volume(int ni, Quantity quantity) {
        Geometry g =
                new Geometry(ni, 2, 2, Numbers.of(1, 2, 3), Numbers.of(4, 5, 6), Geometry.IDENTITY);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v;
        }
        return Volume.of(g, values, quantity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.nii", "f.nii.gz", "f.nrrd", "f.mha", "f.mhd"})
    void whatWasFusedIsKnownToMeasureNothingWhenItIsReadAgain(String name) {
        Path file = folder.resolve(name);
        Volume fused = volume(3, Quantity.FUSED);
        Images.write(file, Image.of(fused));
        Volume back = Images.read(file).volume();
        assertEquals(Quantity.FUSED, back.quantity());
        assertArrayEquals(fused.values(), back.values());
        assertTrue(fused.geometry().isClose(back.geometry(), 1e-6));
        Path again = folder.resolve("again.nii");
        Images.write(again, Image.of(back));
        assertEquals(Quantity.FUSED, Images.read(again).volume().quantity(), "from file to file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.nii", "f.nrrd", "f.mha"})
    void whatMeasuresIsNotMarked(String name) throws IOException {
        Path file = folder.resolve(name);
        Images.write(file, Image.of(volume(3, Quantity.HU)));
        assertEquals(Quantity.UNKNOWN, Images.read(file).volume().quantity());
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("quantitative"), "no word of it");
    }

    // nifti1.h: descrip[80] at 148, intent_name[16] at 328; nibabel 5.0, on the file of this test:
    // h = nib.load("f.nii").header; bytes(h["descrip"]) -> b'fused, not quantitative',
    // bytes(h["intent_name"]) -> b'not quantitative', h.get_intent() -> ('none', (), 'not
    // quantitative')
    @Test
    void niftiSaysSoWherePeopleLook() throws IOException {
        Path file = folder.resolve("f.nii");
        Images.write(file, Image.of(volume(3, Quantity.FUSED)));
        byte[] bytes = Files.readAllBytes(file);
        String descrip = new String(bytes, 148, 80, StandardCharsets.US_ASCII);
        assertEquals("fused, not quantitative" + "\0".repeat(57), descrip);
        assertEquals("not quantitative", new String(bytes, 328, 16, StandardCharsets.US_ASCII));
        assertEquals(0, bytes[68] + bytes[69], "no intent in particular");
        assertEquals(352 + 4 * 12, bytes.length);
    }

    // nifti2.h: descrip[80] at 240, intent_name[16] at 508
    @Test
    void longAxesSaySoToo() throws IOException {
        Path file = folder.resolve("long.nii");
        Images.write(file, Image.of(volume(40_000, Quantity.FUSED)));
        assertEquals(Quantity.FUSED, Images.read(file).volume().quantity());
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(
                "fused, not quantitative", new String(bytes, 240, 23, StandardCharsets.US_ASCII));
    }

    // programs put their own name into descrip, or write one of the texts anew
    @Test
    void oneOfBothTextsIsEnough() throws IOException {
        Path file = folder.resolve("f.nii");
        Images.write(file, Image.of(volume(3, Quantity.FUSED)));
        byte[] bytes = Files.readAllBytes(file);
        byte[] other = bytes.clone();
        System.arraycopy("FSL 6.0 ".getBytes(StandardCharsets.US_ASCII), 0, other, 148, 8);
        Path first = Files.write(folder.resolve("first.nii"), other);
        assertEquals(Quantity.FUSED, Images.read(first).volume().quantity());
        other = bytes.clone();
        java.util.Arrays.fill(other, 328, 344, (byte) 0);
        Path second = Files.write(folder.resolve("second.nii"), other);
        assertEquals(Quantity.FUSED, Images.read(second).volume().quantity());
        java.util.Arrays.fill(other, 148, 228, (byte) 0);
        Path neither = Files.write(folder.resolve("neither.nii"), other);
        assertEquals(Quantity.UNKNOWN, Images.read(neither).volume().quantity());
    }
}
