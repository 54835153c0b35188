package org.diapason.io.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes files byte by byte as the standard says, with any lie a test needs. */
final class TinyDicom {
    private final String syntax;
    private final ByteOrder order;
    private final Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);

    TinyDicom(String syntax) {
        this.syntax = syntax;
        this.order =
                syntax.equals("1.2.840.10008.1.2.2")
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN;
        text(Keyword.SOPClassUID, "UI", "1.2.840.10008.5.1.4.1.1.2");
        text(Keyword.Modality, "CS", "CT");
    }

    /** A grey image of so many columns, rows and bits. */
    static TinyDicom grey(String syntax, int columns, int rows, int allocated) {
        return new TinyDicom(syntax)
                .us(Keyword.SamplesPerPixel, 1)
                .text(Keyword.PhotometricInterpretation, "CS", "MONOCHROME2")
                .us(Keyword.Rows, rows)
                .us(Keyword.Columns, columns)
                .us(Keyword.BitsAllocated, allocated)
                .us(Keyword.BitsStored, allocated)
                .us(Keyword.HighBit, allocated - 1)
                .us(Keyword.PixelRepresentation, 0);
    }

    TinyDicom text(Keyword keyword, String vr, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        return put(keyword.tag(), vr, bytes.length % 2 == 0 ? bytes : pad(bytes));
    }

    TinyDicom us(Keyword keyword, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return put(keyword.tag(), "US", bytes.array());
    }

    TinyDicom bytes(Keyword keyword, String vr, byte[] value) {
        return put(keyword.tag(), vr, value);
    }

    /** Pixel data in fragments as given; no end marker where asked. */
    TinyDicom fragments(byte[] offsetTable, boolean end, byte[]... fragments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        item(out, offsetTable);
        for (byte[] fragment : fragments) {
            item(out, fragment);
        }
        if (end) {
            out.writeBytes(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0});
            out.writeBytes(new byte[4]);
        }
        byte[] head = head(Keyword.PixelData.tag(), "OB", -1);
        elements.put(Keyword.PixelData.tag(), join(head, out.toByteArray()));
        return this;
    }

    static byte[] table(int... offsets) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * offsets.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int offset : offsets) {
            bytes.putInt(offset);
        }
        return bytes.array();
    }

    private static void item(ByteArrayOutputStream out, byte[] value) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(value.length);
        out.writeBytes(head.array());
        out.writeBytes(value);
    }

    private TinyDicom put(int tag, String vr, byte[] value) {
        elements.put(tag, join(head(tag, vr, value.length), value));
        return this;
    }

    private byte[] head(int tag, String vr, int length) {
        boolean wide = vr.startsWith("O") || vr.equals("UN");
        ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(order);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        head.put(vr.getBytes(StandardCharsets.US_ASCII));
        if (wide) {
            head.putShort((short) 0).putInt(length);
        } else {
            head.putShort((short) length);
        }
        return head.array();
    }

    private static byte[] pad(byte[] odd) {
        return java.util.Arrays.copyOf(odd, odd.length + 1);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    byte[] file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        TinyDicom meta = new TinyDicom("1.2.840.10008.1.2.1");
        meta.elements.clear();
        meta.text(Keyword.TransferSyntaxUID, "UI", syntax);
        meta.elements.values().forEach(out::writeBytes);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        elements.values().forEach(data::writeBytes);
        boolean deflated = syntax.equals("1.2.840.10008.1.2.1.99");
        out.writeBytes(deflated ? deflate(data.toByteArray()) : data.toByteArray());
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + data.length / 1000 + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    /** Writes the file and returns one of its frames. */
    Frame frame(Path folder, int index) {
        try {
            Path path = Files.write(folder.resolve("tiny.dcm"), file());
            DicomFile file = DicomFile.read(path).orElseThrow();
            return new Frame(file, index, file.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
