package org.diapason.io.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Writes DICOM files byte by byte, sound ones and others; elements stand in the order of calls. */
final class DicomBuilder {
    private final Set<Integer> tags = new HashSet<>();
    static final String IMPLICIT = "1.2.840.10008.1.2";
    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String BIG = "1.2.840.10008.1.2.2";

    private final boolean explicit;
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    DicomBuilder(boolean explicit, ByteOrder order) {
        this.explicit = explicit;
        this.order = order;
    }

    /** Returns an empty explicit little-endian data set. */
    static DicomBuilder explicit() {
        return new DicomBuilder(true, ByteOrder.LITTLE_ENDIAN);
    }

    static DicomBuilder implicit() {
        return new DicomBuilder(false, ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns a CT slice of 2 × 2 pixels at a height, all but its pixels. */
    static DicomBuilder slice(double z) {
        return slice(explicit(), z);
    }

    static DicomBuilder slice(DicomBuilder b, double z) {
        if (!b.tags.contains(Keyword.SOPInstanceUID.tag())) {
            b.text(Keyword.SOPInstanceUID, Uids.of("slice" + z));
        }
        return b.text(Keyword.ImageType, "ORIGINAL\\PRIMARY\\AXIAL")
                .text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                .text(Keyword.Modality, "CT")
                .text(Keyword.SeriesInstanceUID, "2.25.7")
                .text(Keyword.ImagePositionPatient, "0\\0\\" + z)
                .text(Keyword.ImageOrientationPatient, "1\\0\\0\\0\\1\\0")
                .us(Keyword.SamplesPerPixel, 1)
                .text(Keyword.PhotometricInterpretation, "MONOCHROME2")
                .us(Keyword.Rows, 2)
                .us(Keyword.Columns, 2)
                .text(Keyword.PixelSpacing, "1\\1")
                .us(Keyword.BitsAllocated, 16)
                .us(Keyword.BitsStored, 16)
                .us(Keyword.HighBit, 15)
                .us(Keyword.PixelRepresentation, 1)
                .text(Keyword.RescaleIntercept, "-1024")
                .text(Keyword.RescaleSlope, "1");
    }

    DicomBuilder text(Keyword keyword, String value) {
        return bytes(keyword.tag(), keyword.vr(), value.getBytes(StandardCharsets.ISO_8859_1));
    }

    DicomBuilder us(Keyword keyword, int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(order);
        Arrays.stream(values).forEach(v -> b.putShort((short) v));
        return bytes(keyword.tag(), "US", b.array());
    }

    DicomBuilder ul(int tag, long value) {
        return bytes(tag, "UL", ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    DicomBuilder fd(Keyword keyword, double... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(order);
        Arrays.stream(values).forEach(b::putDouble);
        return bytes(keyword.tag(), "FD", b.array());
    }

    /** Adds an element; values of odd length get the padding of their representation. */
    DicomBuilder bytes(int tag, String vr, byte[] value) {
        tags.add(tag);
        byte[] even = value.length % 2 == 0 ? value : Arrays.copyOf(value, value.length + 1);
        if (even != value) {
            even[value.length] = (byte) (vr.equals("UI") || vr.startsWith("O") ? 0 : ' ');
        }
        head(tag, vr, even.length);
        out.writeBytes(even);
        return this;
    }

    /** Adds the beginning of an element, whose length may be a lie. */
    DicomBuilder head(int tag, String vr, long length) {
        ByteBuffer b = ByteBuffer.allocate(12).order(order);
        b.putShort((short) (tag >>> 16)).putShort((short) tag);
        if (!explicit || tag >>> 16 == 0xFFFE) {
            b.putInt((int) length);
        } else {
            b.put(vr.getBytes(StandardCharsets.ISO_8859_1));
            if (FileHead.LONG.contains(vr)) {
                b.putShort((short) 0).putInt((int) length);
            } else {
                b.putShort((short) length);
            }
        }
        out.write(b.array(), 0, b.position());
        return this;
    }

    DicomBuilder raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Adds a sequence of stated length. */
    DicomBuilder sequence(Keyword keyword, DicomBuilder... items) {
        DicomBuilder inside = new DicomBuilder(explicit, order);
        for (DicomBuilder item : items) {
            inside.bytes(0xFFFEE000, "", item.body());
        }
        return bytes(keyword.tag(), "SQ", inside.body());
    }

    /** Adds a sequence whose length, and that of its items, is left open. */
    DicomBuilder openSequence(Keyword keyword, DicomBuilder... items) {
        head(keyword.tag(), "SQ", -1);
        for (DicomBuilder item : items) {
            head(0xFFFEE000, "", -1).raw(item.body()).head(0xFFFEE00D, "", 0);
        }
        return head(0xFFFEE0DD, "", 0);
    }

    /** Adds 16-bit pixels, 1, 2, 3, …, and closes the data set. */
    DicomBuilder pixels(int count) {
        int[] values = new int[count];
        Arrays.setAll(values, n -> n + 1);
        return pixels(values);
    }

    DicomBuilder pixels(int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(order);
        Arrays.stream(values).forEach(v -> b.putShort((short) v));
        return bytes(Keyword.PixelData.tag(), "OW", b.array());
    }

    byte[] body() {
        return out.toByteArray();
    }

    /** Returns a whole file whose meta group states a transfer syntax. */
    byte[] file(String syntax) {
        DicomBuilder meta = explicit().text(Keyword.TransferSyntaxUID, syntax);
        return file(meta.body().length, meta.body());
    }

    /** Returns a whole file with a meta group as given. */
    byte[] file(long metaLength, byte[] meta) {
        return explicit()
                .raw(new byte[128])
                .raw((byte) 'D', (byte) 'I', (byte) 'C', (byte) 'M')
                .ul(0x00020000, metaLength)
                .raw(meta)
                .raw(body())
                .body();
    }

    /** Writes an explicit little-endian file. */
    Path save(Path path) {
        return save(path, file(EXPLICIT));
    }

    static Path save(Path path, byte[] bytes) {
        try {
            Files.createDirectories(path.getParent());
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
