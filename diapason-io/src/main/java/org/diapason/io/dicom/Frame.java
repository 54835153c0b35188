package org.diapason.io.dicom;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diapason.volume.DataException;

/**
 * One image of a file, which may hold many.
 *
 * @param file where its pixels lie
 * @param index which image of the file it is, from 0
 * @param values what is said of this image: its own functional groups first, then those that all
 *     frames share, then the file
 */
record Frame(DicomFile file, int index, DataSet values) {

    /**
     * Returns the images of a file in the order of the file.
     *
     * @throws DataException if it holds several and does not say where each one lies
     */
    static List<Frame> of(DicomFile file) {
        DataSet all = file.values();
        int frames = all.integer(Keyword.NumberOfFrames, 0, Integer.MAX_VALUE, 1);
        List<DataSet> own = all.items(Keyword.PerFrameFunctionalGroupsSequence);
        if (own.size() != frames && Math.max(frames, own.size()) > 1) {
            throw file.bad(
                    "holds "
                            + frames
                            + (frames == 1 ? " frame and " : " frames and ")
                            + own.size()
                            + " descriptions of frames, so their places are not known. Split it into"
                            + " single-frame files first.");
        }
        List<Frame> list = new ArrayList<>();
        for (int n = 0; n < Math.max(1, frames); n++) {
            list.add(new Frame(file, n, values(file, n, own)));
        }
        return list;
    }

    private static DataSet values(DicomFile file, int n, List<DataSet> own) {
        DataSet all = file.values();
        DataSet values = new DataSet(name(file, n));
        if (n < own.size()) {
            own.get(n).items(Keyword.PhilipsMrFrameSequence).stream()
                    .limit(1)
                    .forEach(item -> values.take(Keyword.PhilipsMrScaleSlope, item));
            values.addFlat(own.get(n));
        }
        all.items(Keyword.SharedFunctionalGroupsSequence).stream()
                .limit(1)
                .forEach(values::addFlat);
        values.alias(Keyword.FrameType, Keyword.ImageType);
        values.alias(Keyword.EffectiveEchoTime, Keyword.EchoTime);
        values.alias(Keyword.InversionTimes, Keyword.InversionTime);
        values.alias(Keyword.FrameAcquisitionDateTime, Keyword.AcquisitionDateTime);
        values.alias(Keyword.FrameAcquisitionDuration, Keyword.ActualFrameDuration);
        values.addAll(all);
        all.items(Keyword.RadiopharmaceuticalInformationSequence).stream()
                .limit(1)
                .forEach(values::addAll);
        diffusion(values);
        return values;
    }

    /** Vendors wrote b-values of their own before the standard had a place for them. */
    private static void diffusion(DataSet values) {
        String vendor = values.text(Keyword.Manufacturer).orElse("").toUpperCase(Locale.ROOT);
        if (vendor.contains("SIEMENS")) {
            values.alias(Keyword.SiemensBValue, Keyword.DiffusionBValue);
        } else if (vendor.contains("PHILIPS")) {
            values.alias(Keyword.PhilipsBValue, Keyword.DiffusionBValue);
        } else if (vendor.startsWith("GE")) {
            values.element(Keyword.GEBValue.tag()).ifPresent(e -> values.put(gradient(e)));
        }
    }

    /** GE adds 10⁹ to the first of its values where the gradient table is the user's. */
    private static DataSet.Element gradient(DataSet.Element e) {
        String digits =
                new String(e.bytes(), StandardCharsets.US_ASCII).split("\\\\", 2)[0].strip();
        boolean marked = digits.matches("1\\d{9}");
        String b = marked ? digits.substring(1).replaceFirst("^0+(?=\\d)", "") : digits;
        return DataSet.Element.value(
                Keyword.DiffusionBValue.tag(),
                "IS",
                b.getBytes(StandardCharsets.US_ASCII),
                ByteOrder.LITTLE_ENDIAN,
                e.offset());
    }

    String name() {
        return name(file, index);
    }

    private static String name(DicomFile file, int index) {
        boolean several = file.values().items(Keyword.PerFrameFunctionalGroupsSequence).size() > 1;
        return several ? file.name() + ", frame " + (index + 1) : file.name();
    }

    DataException bad(String what) {
        return new DataException(name() + ": " + what);
    }
}
