package org.diapason.io.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * JPEG with Huffman coding (ITU-T T.81): baseline and extended sequential of 8 and 12 bits,
 * lossless of 2 to 16 bits with all seven predictors.
 *
 * <p>Samples come as they were coded: what the three of a pixel mean is said by DICOM's
 * PhotometricInterpretation, and markers of the stream about colours are not heeded. Progressive,
 * hierarchical and arithmetic-coded pictures are refused by name.
 */
final class Jpeg implements FrameDecoder {

    @Override
    public void decode(byte[] frame, Shape shape, int[] out) {
        new Picture(frame, shape, out).read();
    }

    /** One component of a picture and the tables its scan uses. */
    static final class Component {
        final int index;
        final int id;
        final int h;
        final int v;
        final int quantization;
        int dc;
        int ac;

        Component(int index, int id, int sampling, int quantization) {
            this.index = index;
            this.id = id;
            this.h = sampling >> 4;
            this.v = sampling & 15;
            this.quantization = quantization;
        }
    }

    /** One picture while it is read. */
    private static final class Picture {
        private final Segments in;
        private final Shape shape;
        private final int[] out;
        private final int[][] quantizations = new int[4][];
        private final Huffman[] dcTables = new Huffman[4];
        private final Huffman[] acTables = new Huffman[4];
        private List<Component> components;
        private boolean lossless;
        private int precision;
        private int interval;
        private int decoded;
        private JpegDct dct;

        Picture(byte[] frame, Shape shape, int[] out) {
            this.in = new Segments(frame, "JPEG");
            this.shape = shape;
            this.out = out;
        }

        void read() {
            while (decoded < shape.samples()) {
                int marker = in.next();
                switch (marker) {
                    case Segments.DQT -> quantizations();
                    case Segments.DHT -> tables();
                    case Segments.DRI -> interval = in.u16();
                    case 0xC0, 0xC1, 0xC3 -> frameHeader(marker);
                    case Segments.SOS -> scan();
                    case Segments.EOI ->
                            throw in.bad(
                                    "the frame ends after "
                                            + decoded
                                            + " of "
                                            + shape.samples()
                                            + " components.");
                    default -> refuse(marker);
                }
                if (marker != Segments.SOS) {
                    in.skip();
                }
            }
            if (dct != null) {
                dct.finish(out);
            }
        }

        private void refuse(int marker) {
            String kind =
                    switch (marker) {
                        case 0xC2 -> "progressive";
                        case 0xC5, 0xC6, 0xC7 -> "hierarchical";
                        case 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF -> "arithmetic-coded";
                        case 0xF7 -> "JPEG-LS";
                        default -> "";
                    };
            if (!kind.isEmpty()) {
                throw in.bad(
                        "the picture is "
                                + kind
                                + "; sequential and lossless pictures with Huffman coding are"
                                + " read.");
            }
        }

        private void quantizations() {
            while (in.left() > 0) {
                int head = in.u8();
                if ((head & 15) > 3 || head >> 4 > 1) {
                    throw in.bad("a quantization table has a wrong number.");
                }
                int[] table = new int[64];
                for (int n = 0; n < 64; n++) {
                    table[n] = head >> 4 == 0 ? in.u8() : in.u16();
                }
                quantizations[head & 15] = table;
            }
        }

        private void tables() {
            while (in.left() > 0) {
                int head = in.u8();
                if ((head & 15) > 3 || head >> 4 > 1) {
                    throw in.bad("a Huffman table has a wrong number.");
                }
                int[] counts = new int[16];
                int sum = 0;
                for (int n = 0; n < 16; n++) {
                    counts[n] = in.u8();
                    sum += counts[n];
                }
                if (sum > 256 || sum > in.left()) {
                    throw in.bad("a Huffman table is longer than its segment.");
                }
                byte[] symbols = new byte[sum];
                for (int n = 0; n < sum; n++) {
                    symbols[n] = (byte) in.u8();
                }
                (head >> 4 == 0 ? dcTables : acTables)[head & 15] = new Huffman(counts, symbols);
            }
        }

        private void frameHeader(int marker) {
            if (components != null) {
                throw in.bad("the frame holds two pictures.");
            }
            lossless = marker == 0xC3;
            precision = in.u8();
            int rows = in.u16();
            int columns = in.u16();
            int count = in.u8();
            shape.require("JPEG", columns, rows, count, precision);
            if (!lossless && precision != 8 && (marker == 0xC0 || precision != 12)) {
                throw in.bad("a picture of " + precision + " bits does not exist in this mode.");
            }
            List<Component> list = new ArrayList<>();
            for (int c = 0; c < count; c++) {
                Component component = new Component(c, in.u8(), in.u8(), in.u8());
                boolean subsampled = component.h != 1 || component.v != 1;
                boolean sound =
                        component.h >= 1
                                && component.h <= 4
                                && component.v >= 1
                                && component.v <= 4
                                && component.quantization <= 3;
                if (!sound || lossless && subsampled && count > 1) {
                    throw in.bad("component " + (c + 1) + " has a sampling that is not read.");
                }
                list.add(component);
            }
            components = list;
            if (!lossless) {
                dct = new JpegDct(shape, precision, components);
            }
        }

        private void scan() {
            if (components == null) {
                throw in.bad("a scan begins before the frame header.");
            }
            int count = in.u8();
            if (count < 1 || count > components.size() - decoded) {
                throw in.bad("a scan of " + count + " components was not expected.");
            }
            List<Component> scanned = components.subList(decoded, decoded + count);
            for (Component component : scanned) {
                int id = in.u8();
                int used = in.u8();
                component.dc = used >> 4;
                component.ac = used & 15;
                if (id != component.id) {
                    throw in.bad("the components of a scan are not in the order of the header.");
                }
                boolean tables =
                        component.dc <= 3
                                && dcTables[component.dc] != null
                                && (lossless
                                        || component.ac <= 3
                                                && acTables[component.ac] != null
                                                && quantizations[component.quantization] != null);
                if (!tables) {
                    throw in.bad("a scan uses a table that the frame does not define.");
                }
            }
            int selection = in.u8();
            in.u8();
            int transform = in.u8() & 15;
            int end;
            if (lossless) {
                JpegLossless scan = new JpegLossless(in, shape, precision, selection, transform);
                end = scan.decode(scanned, dcTables, interval, out);
            } else {
                end = dct.decode(in, scanned, dcTables, acTables, quantizations, interval);
            }
            decoded += count;
            in.resume(end);
        }
    }

    /** Goes to the next restart interval, which must be the right one. */
    static JpegBits restart(Segments in, JpegBits bits, int number) {
        checkOverrun(in, bits);
        int marker = bits.marker();
        if (marker + 1 >= in.in.length || (in.in[marker + 1] & 0xFF) != 0xD0 + (number - 1) % 8) {
            throw in.bad("the restart marker before interval " + (number + 1) + " is missing.");
        }
        return new JpegBits(in.in, marker + 2);
    }

    static void checkOverrun(Segments in, JpegBits bits) {
        if (bits.overrun()) {
            throw in.bad("the data end before the picture is complete.");
        }
    }
}
