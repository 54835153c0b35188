package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
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
            slice.put(Keyword.SOPInstanceUID, Uids.of(seed + "/image/" + number));
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
        if (keyword.vr().startsWith("O")) {
            throw new IllegalArgumentException(name + " holds binary data, not text");
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
        v.put(Keyword.StudyInstanceUID, Uids.of(seed + "/study"));
        v.put(Keyword.SeriesInstanceUID, Uids.of(seed + "/series"));
        v.put(Keyword.FrameOfReferenceUID, Uids.of(seed + "/frame"));
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
        v.put(Keyword.SliceThickness, Elements.decimal(g.spacing(2)));
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
        v.put(Keyword.RescaleSlope, Elements.decimal(slope));
        v.put(Keyword.RescaleIntercept, Elements.decimal(intercept));
        v.put(Keyword.RescaleType, "HU");
        return v;
    }

    private static void save(Path file, TreeMap<Keyword, String> values, byte[] pixels) {
        DataSet set = new DataSet(InputFile.name(file));
        values.forEach((keyword, value) -> set.put(element(keyword, value)));
        String syntax = values.get(Keyword.TransferSyntaxUID);
        Pixels words = Pixels.of(pixels);
        DicomWriter.write(file, set, words, syntax == null ? words.syntax() : syntax);
    }

    private static DataSet.Element element(Keyword keyword, String value) {
        if (value.equals(EMPTY)) {
            return Elements.text(keyword.tag());
        }
        if (!keyword.vr().equals("US")) {
            return Elements.textAs(keyword.tag(), keyword.vr(), value);
        }
        boolean padding =
                keyword == Keyword.PixelPaddingValue || keyword == Keyword.PixelPaddingRangeLimit;
        // both have the sign of the pixels; which of US and SS is all the same to the bits
        String vr = padding && value.startsWith("-") ? "SS" : "US";
        return Elements.numbersAs(keyword.tag(), vr, Integer.parseInt(value.trim()));
    }

    private static String decimals(double... values) {
        return Arrays.stream(values).mapToObj(Elements::decimal).collect(Collectors.joining("\\"));
    }
}
