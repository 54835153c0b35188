package org.diapason.io.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.io.dicom.DataSet.Element;

/**
 * Writes DICOM files (PS3.10): an empty preamble, a meta group, and the data set in explicit VR
 * little endian with ascending tags and sequences and items of stated length. The same data set
 * gives the same bytes.
 *
 * <p>Group lengths are not written, nor is any element of the groups 0000, 0002 and FFFE that a
 * data set holds: the meta group is made here, so nothing of another program's stays in it.
 */
final class DicomWriter {
    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final Set<String> TEXT_PADDED =
            Set.of(
                    "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM",
                    "UC", "UR", "UT");
    private static final int ITEM = 0xFFFEE000;

    private final boolean explicit;
    private final boolean signed;

    private DicomWriter(DataSet values, boolean explicit) {
        this.explicit = explicit;
        this.signed = values.text(Keyword.PixelRepresentation).orElse("0").equals("1");
    }

    /**
     * Writes a file; it appears whole or not at all. Folders on the way are made.
     *
     * @throws org.diapason.volume.DataException if the system cannot write it
     */
    static void write(Path file, DataSet values, Pixels pixels) {
        write(file, values, pixels, pixels.syntax());
    }

    /**
     * Writes a file without pixels in implicit VR, in which values may be longer than 64 KiB, as
     * those of contours are.
     *
     * @throws org.diapason.volume.DataException if the system cannot write it
     */
    static void writeImplicit(Path file, DataSet values) {
        write(file, values, Pixels.NONE, false, TransferSyntax.IMPLICIT_LITTLE.uid());
    }

    /** Writes a file that states another transfer syntax than it has, for tests of readers. */
    static void write(Path file, DataSet values, Pixels pixels, String statedSyntax) {
        write(file, values, pixels, true, statedSyntax);
    }

    private static void write(
            Path file, DataSet values, Pixels pixels, boolean explicit, String syntax) {
        DicomWriter writer = new DicomWriter(values, explicit);
        try {
            WholeFile.write(file, out -> writer.write(out, values, pixels, syntax));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    private void write(OutputStream out, DataSet values, Pixels pixels, String syntax)
            throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[128]);
        head.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        meta(head, values, syntax);
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (Element element : values.elements()) {
            int order = Integer.compareUnsigned(element.tag(), Keyword.PixelData.tag());
            if (order != 0 || pixels == Pixels.NONE) {
                element(order < 0 ? head : tail, element);
            }
        }
        head.writeTo(out);
        pixels.writeTo(out);
        tail.writeTo(out);
    }

    private static void meta(ByteArrayOutputStream out, DataSet values, String syntax) {
        DataSet meta = new DataSet("meta");
        byte[] version = {0, 1};
        meta.put(Element.value(0x00020001, "OB", version, ByteOrder.LITTLE_ENDIAN, 0));
        meta.put(
                Elements.text(
                        Keyword.MediaStorageSOPClassUID.tag(),
                        values.text(Keyword.SOPClassUID).orElse("")));
        meta.put(
                Elements.text(
                        Keyword.MediaStorageSOPInstanceUID.tag(),
                        values.text(Keyword.SOPInstanceUID).orElse("")));
        meta.put(Elements.text(Keyword.TransferSyntaxUID.tag(), syntax));
        meta.put(Elements.text(Keyword.ImplementationClassUID.tag(), Uids.of("diapason")));
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        DicomWriter writer = new DicomWriter(meta, true);
        meta.elements().forEach(element -> writer.value(group, element));
        header(out, 0x00020000, "UL", 4);
        out.writeBytes(little(4, group.size()));
        out.writeBytes(group.toByteArray());
    }

    private void element(ByteArrayOutputStream out, Element element) {
        int group = element.tag() >>> 16;
        boolean length = (element.tag() & 0xFFFF) == 0;
        if (length || group == 0 || group == 2 || group == 0xFFFE) {
            return;
        }
        if (!element.isSequence()) {
            value(out, element);
            return;
        }
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (DataSet item : element.items()) {
            ByteArrayOutputStream inside = new ByteArrayOutputStream();
            item.elements().forEach(e -> element(inside, e));
            items.writeBytes(little(2, ITEM >>> 16));
            items.writeBytes(little(2, ITEM));
            items.writeBytes(little(4, inside.size()));
            items.writeBytes(inside.toByteArray());
        }
        begin(out, element.tag(), "SQ", items.size());
        out.writeBytes(items.toByteArray());
    }

    private void value(ByteArrayOutputStream out, Element element) {
        String vr = element.vr();
        if (vr.equals("UN")) {
            vr = Dictionary.vr(element.tag(), signed).orElse("UN");
        }
        byte[] bytes = little(element, width(vr));
        boolean odd = bytes.length % 2 == 1;
        int length = bytes.length + (odd ? 1 : 0);
        if (explicit && !LONG.contains(vr) && length > 0xFFFF) {
            vr = "UN"; // PS3.5 6.2.2, note 5: what does not fit 16 bits of length
        }
        begin(out, element.tag(), vr, length);
        out.writeBytes(bytes);
        if (odd) {
            out.write(TEXT_PADDED.contains(vr) ? ' ' : 0);
        }
    }

    private void begin(ByteArrayOutputStream out, int tag, String vr, int length) {
        if (explicit) {
            header(out, tag, vr, length);
            return;
        }
        out.writeBytes(little(2, tag >>> 16));
        out.writeBytes(little(2, tag));
        out.writeBytes(little(4, length));
    }

    /** Writes tag, representation and length. */
    static void header(OutputStream out, int tag, String vr, int length) {
        try {
            out.write(little(2, tag >>> 16));
            out.write(little(2, tag));
            out.write(vr.getBytes(StandardCharsets.US_ASCII));
            if (LONG.contains(vr)) {
                out.write(new byte[2]);
                out.write(little(4, length));
            } else {
                out.write(little(2, length));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the bytes of a value, least significant first in numbers of {@code width} bytes. */
    private static byte[] little(Element element, int width) {
        byte[] bytes = element.bytes();
        return element.order() == ByteOrder.BIG_ENDIAN && width > 1
                ? Pixels.swapped(bytes, bytes.length, width)
                : bytes;
    }

    private static int width(String vr) {
        return switch (vr) {
            case "US", "SS", "OW", "AT" -> 2;
            case "UL", "SL", "FL", "OF", "OL" -> 4;
            case "FD", "OD", "OV", "SV", "UV" -> 8;
            default -> 1;
        };
    }

    static byte[] little(int bytes, int value) {
        byte[] little = new byte[bytes];
        for (int b = 0; b < bytes; b++) {
            little[b] = (byte) (value >>> 8 * b);
        }
        return little;
    }
}
