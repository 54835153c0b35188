package org.diapason.io.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Writes a CT series: one file per slice, explicit VR little endian, signed 16-bit pixels, with the
 * mandatory modules of PS3.3 A.3 and no patient.
 */
public final class DicomCtWriter {
    private static final String CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final String EMPTY = "\0";

    private DicomCtWriter() {}

    /**
     * Writes stored numbers as {@code slice-0001.dcm}, {@code slice-0002.dcm}, … in the order of k.
     *
     * @param folder made where absent; files of the same names are replaced
     * @param seed what the UIDs are hashed from: the same seed, the same UIDs
     * @param geometry the grid; axis k must be ± i × j, as it is in every grid
     * @param stored pixels, i fastest; not modified
     * @param slope HU per stored number
     * @param intercept HU of stored number 0
     * @param attributes further attributes by keyword, or others for those written here; empty text
     *     leaves an attribute out, to make a broken file for a test
     * @throws IllegalArgumentException if a keyword is not known
     */
    public static void write(
            Path folder,
            String seed,
            Geometry geometry,
            short[] stored,
            double slope,
            double intercept,
            Map<String, String> attributes) {
        int plane = geometry.ni() * geometry.nj();
        if (stored.length != geometry.voxels()) {
            throw new IllegalArgumentException(
                    "a grid of "
                            + geometry.voxels()
                            + " voxels cannot hold "
                            + stored.length
                            + " pixels");
        }
        TreeMap<Keyword, String> series = series(seed, geometry, slope, intercept);
        for (int k = 0; k < geometry.nk(); k++) {
            TreeMap<Keyword, String> slice = new TreeMap<>(series);
            String number = Integer.toString(k + 1);
            slice.put(Keyword.SOPInstanceUID, uid(seed + "/image/" + number));
            slice.put(Keyword.InstanceNumber, number);
            Numbers position = geometry.toWorld(0, 0, k);
            slice.put(Keyword.ImagePositionPatient, decimals(position.toArray()));
            attributes.forEach((name, text) -> set(slice, name, text));
            ByteBuffer pixels = ByteBuffer.allocate(2 * plane).order(ByteOrder.LITTLE_ENDIAN);
            pixels.asShortBuffer().put(stored, k * plane, plane);
            String name = "slice-" + "0".repeat(Math.max(0, 4 - number.length())) + number + ".dcm";
            save(folder.resolve(name), slice, pixels.array());
        }
    }

    /**
     * Writes values in HU, each rounded to the nearest stored number.
     *
     * @throws IllegalArgumentException if a value does not fit 16 bits or is NaN
     */
    public static void write(
            Path folder,
            String seed,
            Geometry geometry,
            float[] hu,
            double slope,
            double intercept,
            Map<String, String> attributes) {
        short[] stored = new short[hu.length];
        for (int n = 0; n < hu.length; n++) {
            double value = Math.rint((hu[n] - intercept) / slope);
            if (!(value >= Short.MIN_VALUE && value <= Short.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        Text.of(hu[n]) + " HU does not fit a signed 16-bit pixel at this slope");
            }
            stored[n] = (short) value;
        }
        write(folder, seed, geometry, stored, slope, intercept, attributes);
    }

    private static void set(Map<Keyword, String> slice, String name, String text) {
        Keyword keyword;
        try {
            keyword = Keyword.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a DICOM keyword this writer knows", e);
        }
        if (text.isEmpty()) {
            slice.remove(keyword);
        } else {
            slice.put(keyword, text);
        }
    }

    private static TreeMap<Keyword, String> series(
            String seed, Geometry g, double slope, double intercept) {
        TreeMap<Keyword, String> v = new TreeMap<>();
        v.put(Keyword.ImageType, "DERIVED\\PRIMARY\\AXIAL");
        v.put(Keyword.SOPClassUID, CT_IMAGE);
        v.put(Keyword.Modality, "CT");
        v.put(Keyword.StudyInstanceUID, uid(seed + "/study"));
        v.put(Keyword.SeriesInstanceUID, uid(seed + "/series"));
        v.put(Keyword.FrameOfReferenceUID, uid(seed + "/frame"));
        for (Keyword empty :
                new Keyword[] {
                    Keyword.StudyDate,
                    Keyword.StudyTime,
                    Keyword.AccessionNumber,
                    Keyword.Manufacturer,
                    Keyword.ReferringPhysicianName,
                    Keyword.PatientName,
                    Keyword.PatientID,
                    Keyword.PatientBirthDate,
                    Keyword.PatientSex,
                    Keyword.KVP,
                    Keyword.PatientPosition,
                    Keyword.StudyID,
                    Keyword.AcquisitionNumber,
                    Keyword.PositionReferenceIndicator
                }) {
            v.put(empty, EMPTY);
        }
        v.put(Keyword.SeriesNumber, "1");
        v.put(Keyword.SliceThickness, decimal(g.spacing(2)));
        double[] d = g.direction().toArray();
        v.put(Keyword.ImageOrientationPatient, decimals(d[0], d[3], d[6], d[1], d[4], d[7]));
        v.put(Keyword.PixelSpacing, decimals(g.spacing(1), g.spacing(0)));
        v.put(Keyword.SamplesPerPixel, "1");
        v.put(Keyword.PhotometricInterpretation, "MONOCHROME2");
        v.put(Keyword.Rows, Integer.toString(g.nj()));
        v.put(Keyword.Columns, Integer.toString(g.ni()));
        v.put(Keyword.BitsAllocated, "16");
        v.put(Keyword.BitsStored, "16");
        v.put(Keyword.HighBit, "15");
        v.put(Keyword.PixelRepresentation, "1");
        v.put(Keyword.RescaleSlope, decimal(slope));
        v.put(Keyword.RescaleIntercept, decimal(intercept));
        v.put(Keyword.RescaleType, "HU");
        return v;
    }

    private static void save(Path file, TreeMap<Keyword, String> values, byte[] pixels) {
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        element(meta, 0x00020001, "OB", new byte[] {0, 1});
        text(meta, Keyword.MediaStorageSOPClassUID, values.getOrDefault(Keyword.SOPClassUID, ""));
        text(
                meta,
                Keyword.MediaStorageSOPInstanceUID,
                values.getOrDefault(Keyword.SOPInstanceUID, ""));
        String syntax =
                values.getOrDefault(
                        Keyword.TransferSyntaxUID, TransferSyntax.EXPLICIT_LITTLE.uid());
        text(meta, Keyword.TransferSyntaxUID, syntax);
        text(meta, Keyword.ImplementationClassUID, uid("diapason"));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        element(head, 0x00020000, "UL", little(4, meta.size()));
        head.writeBytes(meta.toByteArray());
        values.forEach(
                (keyword, value) -> {
                    if (keyword != Keyword.TransferSyntaxUID) {
                        text(head, keyword, value);
                    }
                });
        element(head, Keyword.PixelData.tag(), "OW", pixels);
        try {
            WholeFile.write(
                    file,
                    out -> {
                        out.write(new byte[128]);
                        out.write(new byte[] {'D', 'I', 'C', 'M'});
                        head.writeTo(out);
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    private static void text(ByteArrayOutputStream out, Keyword keyword, String value) {
        byte[] bytes;
        if (value.equals(EMPTY)) {
            bytes = new byte[0];
        } else if (keyword.vr().equals("US")) {
            int number = Integer.parseInt(value.trim());
            bytes = little(2, number);
        } else {
            bytes = value.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length % 2 == 1) {
                bytes = Arrays.copyOf(bytes, bytes.length + 1);
                bytes[bytes.length - 1] = (byte) (keyword.vr().equals("UI") ? 0 : ' ');
            }
        }
        boolean padding =
                keyword == Keyword.PixelPaddingValue || keyword == Keyword.PixelPaddingRangeLimit;
        // both have the sign of the pixels; which of US and SS is all the same to the bits
        element(out, keyword.tag(), padding && value.startsWith("-") ? "SS" : keyword.vr(), bytes);
    }

    private static void element(ByteArrayOutputStream out, int tag, String vr, byte[] value) {
        out.writeBytes(little(2, tag >>> 16));
        out.writeBytes(little(2, tag));
        out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        if (vr.startsWith("O")) {
            out.writeBytes(new byte[2]);
            out.writeBytes(little(4, value.length));
        } else {
            out.writeBytes(little(2, value.length));
        }
        out.writeBytes(value);
    }

    private static byte[] little(int bytes, int value) {
        byte[] little = new byte[bytes];
        for (int b = 0; b < bytes; b++) {
            little[b] = (byte) (value >>> 8 * b);
        }
        return little;
    }

    /** Returns a UID under 2.25 (PS3.5 B.2) from the first 128 bits of a SHA-256. */
    static String uid(String seed) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(seed.getBytes(StandardCharsets.UTF_8));
            return "2.25." + new BigInteger(1, Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decimals(double... values) {
        StringBuilder text = new StringBuilder();
        for (double v : values) {
            text.append(text.isEmpty() ? "" : "\\").append(decimal(v));
        }
        return text.toString();
    }

    /** Returns a decimal string of at most 16 characters (PS3.5 6.2, DS), the closest that fits. */
    static String decimal(double value) {
        String text = Text.of(value);
        for (int digits = 16; text.length() > 16; digits--) {
            text = Text.of(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
        }
        return text;
    }
}
