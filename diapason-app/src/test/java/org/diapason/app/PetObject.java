package org.diapason.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * A PET series of three slices that must become SUV 0.20, 1.00 and 4.00: 70 kg, 1.75 m, 368.08 MBq
 * of F-18 at 10:00, a frame of 300 s at 11:00, changed by tests as scanners differ.
 *
 * <p>Slice k holds 200, 1000 or 4000 everywhere. What one stored number is worth is typed by the
 * test, and the slope of the slice is chosen so that 1000 numbers are SUV 1.
 */
final class PetObject {
    static final double DOSE = 368080000;
    static final double LAMBDA = Math.log(2) / 6586.2;
    private static final short[] STORED = {200, 1000, 4000};

    private final String id;
    private final Map<String, String> all = new HashMap<>();
    private final List<Map<String, String>> own = new ArrayList<>();
    private final double[] worth = new double[3];
    private int block = 0x10;

    PetObject(String id) {
        this.id = id;
        for (int k = 0; k < 3; k++) {
            own.add(new HashMap<>());
        }
        with("Modality", "PT", "SOPClassUID", "1.2.840.10008.5.1.4.1.1.128", "RescaleType", "SUV");
        with("Units", "BQML", "DecayCorrection", "START", "CorrectedImage", "ATTN\\SCAT\\DECY");
        with("PatientSex", "O", "PatientSize", "1.75", "PatientWeight", "70");
        with("RadionuclideTotalDose", "368080000", "RadionuclideHalfLife", "6586.2");
        with("RadiopharmaceuticalStartDateTime", "20250101100000");
        with("SeriesDate", "20250101", "SeriesTime", "110000");
        with("AcquisitionDate", "20250101", "AcquisitionTime", "110000");
        with("ActualFrameDuration", "300000", "FrameReferenceTime", "150000");
    }

    @Override
    public String toString() {
        return id;
    }

    String id() {
        return id;
    }

    /** Sets attributes of all slices: keyword, value, keyword, value …; empty leaves one out. */
    PetObject with(String... pairs) {
        for (int n = 0; n < pairs.length; n += 2) {
            all.put(pairs[n], pairs[n + 1]);
        }
        return this;
    }

    /** Sets an attribute slice by slice. */
    PetObject each(String keyword, String... values) {
        for (int k = 0; k < 3; k++) {
            own.get(k).put(keyword, values[k]);
        }
        return this;
    }

    /** Says what one stored number is in SUV by body weight at a slope of 1. */
    PetObject worth(double suv) {
        return worth(suv, suv, suv);
    }

    PetObject worth(double... suv) {
        System.arraycopy(suv, 0, worth, 0, 3);
        return this;
    }

    /** Puts private attributes into another block than the first, and a stranger's into that. */
    PetObject inBlock(int privateBlock) {
        block = privateBlock;
        return this;
    }

    /** Writes {@code DRO_…/PT} and {@code DRO_…/mask}. */
    void write(Path folder) {
        Path series = folder.resolve(id).resolve("PT");
        try {
            Files.createDirectories(series);
            for (int k = 0; k < 3; k++) {
                write(series, k);
            }
            Files.createDirectories(folder.resolve(id).resolve("mask"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean[] voxels = new boolean[12];
        java.util.Arrays.fill(voxels, true);
        // one of each row of 4 is left out: a mask that is not read would go unseen otherwise
        voxels[0] = false;
        Nifti.writeMask(
                folder.resolve(id).resolve("mask/mask.nii.gz"),
                Mask.of(Geometry.of(2, 2, 3, 4, 4, 4), voxels));
    }

    private void write(Path series, int k) throws IOException {
        Geometry slice =
                new Geometry(
                        2, 2, 1, Numbers.of(4, 4, 4), Numbers.of(0, 0, 4 * k), Geometry.IDENTITY);
        short[] stored = {STORED[k], STORED[k], STORED[k], STORED[k]};
        stored[0] = k == 0 ? 30000 : stored[0];
        Map<String, String> attributes = new TreeMap<>(all);
        attributes.putAll(own.get(k));
        attributes.put("SOPInstanceUID", "2.25.1" + k);
        Path file = series.resolve("slice-0001.dcm");
        DicomCtWriter.write(series, id, slice, stored, 0.001 / worth[k], 0, attributes);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(series.resolve("s" + k + ".dcm"), block == 0x10 ? bytes : moved(bytes));
    }

    /** Moves private attributes of group 7053 from block 10 to another one. */
    private byte[] moved(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String group = "\u0053\u0070";
        text = text.replace(group + "\u0010\u0000LO", group + (char) block + "\u0000LO");
        text = text.replace(group + "\u0000\u0010DS", group + "\u0000" + (char) block + "DS");
        text = text.replace(group + "\u0009\u0010DS", group + "\u0009" + (char) block + "DS");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
