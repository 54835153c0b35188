package org.diapason.io.codec;

import java.util.Arrays;
import org.diapason.volume.DataException;

/**
 * JPEG-LS, lossless and near-lossless (ITU-T T.87 | ISO/IEC 14495-1): 2 to 16 bits, all three ways
 * of interleaving, preset parameters, restart intervals.
 *
 * <p>Mapping tables (palettes), subsampled components and vendors' colour transforms are refused by
 * name: DICOM uses none of them.
 */
final class JpegLs implements FrameDecoder {
    private static final int SOF55 = 0xF7;
    private static final int LSE = 0xF8;
    private static final JpegLsPreset DEFAULTS = new JpegLsPreset(0, 0, 0, 0, 0);

    @Override
    public void decode(byte[] frame, Shape shape, int[] out) {
        new Picture(frame, shape, out).read();
    }

    /** One picture while it is read. */
    private static final class Picture {
        private final Segments in;
        private final Shape shape;
        private final int[] out;
        private int precision;
        private int[] ids;
        private int interval;
        private JpegLsPreset preset = DEFAULTS;
        private int decoded;

        Picture(byte[] frame, Shape shape, int[] out) {
            this.in = new Segments(frame, "JPEG-LS");
            this.shape = shape;
            this.out = out;
        }

        void read() {
            while (decoded < shape.samples()) {
                int marker = in.next();
                switch (marker) {
                    case SOF55 -> frameHeader();
                    case LSE -> preset();
                    case Segments.DRI -> interval = in.left() == 2 ? in.u16() : longInterval();
                    case Segments.SOS -> scan();
                    case Segments.APP8 -> colourTransform();
                    case Segments.EOI ->
                            throw in.bad(
                                    "the frame ends after "
                                            + decoded
                                            + " of "
                                            + shape.samples()
                                            + " components.");
                    default -> {
                        if (marker >= 0xC0 && marker <= 0xCF) {
                            throw in.bad("the frame holds another kind of JPEG picture.");
                        }
                    }
                }
                if (marker != Segments.SOS) {
                    in.skip();
                }
            }
        }

        private void frameHeader() {
            if (ids != null) {
                throw in.bad("the frame holds two pictures.");
            }
            precision = in.u8();
            int rows = in.u16();
            int columns = in.u16();
            int components = in.u8();
            shape.require("JPEG-LS", columns, rows, components, precision);
            ids = new int[components];
            for (int c = 0; c < components; c++) {
                ids[c] = in.u8();
                int sampling = in.u8();
                in.u8();
                if (sampling != 0x11) {
                    throw in.bad("component " + (c + 1) + " is subsampled, which is not read.");
                }
            }
        }

        private void preset() {
            int id = in.u8();
            if (id == 1) {
                preset = new JpegLsPreset(in.u16(), in.u16(), in.u16(), in.u16(), in.u16());
                return;
            }
            throw in.bad(
                    id == 2 || id == 3
                            ? "the picture uses a mapping table, which DICOM does not allow and"
                                    + " which is not read."
                            : "the picture uses preset parameters of type "
                                    + id
                                    + ", which are not read.");
        }

        private int longInterval() {
            int value = in.u8() << 16;
            return value | in.u16();
        }

        /** An encoder of a vendor changes colours before coding and says so in "mrfx". */
        private void colourTransform() {
            if (in.left() == 5
                    && in.u16() == ('m' << 8 | 'r')
                    && in.u16() == ('f' << 8 | 'x')
                    && in.u8() != 0) {
                throw in.bad("the picture uses a vendor's colour transform, which is not read.");
            }
        }

        private void scan() {
            if (ids == null) {
                throw in.bad("a scan begins before the frame header.");
            }
            int components = in.u8();
            if (components < 1 || components > ids.length - decoded) {
                throw in.bad("a scan of " + components + " components was not expected.");
            }
            for (int c = 0; c < components; c++) {
                if (in.u8() != ids[decoded + c]) {
                    throw in.bad("the components of a scan are not in the order of the header.");
                }
                if (in.u8() != 0) {
                    throw in.bad("the picture uses a mapping table, which is not read.");
                }
            }
            int near = in.u8();
            int interleave = in.u8();
            int transform = in.u8();
            boolean known = interleave == 0 ? components == 1 : interleave <= 2;
            if (!known || transform != 0) {
                throw in.bad(
                        "interleave mode "
                                + interleave
                                + " with point transform "
                                + transform
                                + " is not read.");
            }
            JpegLsPreset steered = preset.completed(precision, near);
            if (!steered.sound(precision, near)) {
                throw in.bad("the preset parameters contradict each other: " + steered + ".");
            }
            JpegLsScan model = new JpegLsScan(steered, near);
            if (interleave == 2 && components > 1) {
                samples(model, components);
            } else {
                lines(model, components);
            }
            decoded += components;
        }

        /** Components line by line; one component is the plain case. */
        private void lines(JpegLsScan model, int components) {
            int width = shape.columns();
            int[][] above = new int[components][width + 2];
            int[][] line = new int[components][width + 2];
            int[] run = new int[components];
            model.start(new JpegLsBits(in.in, in.scanStart()));
            for (int j = 0; j < shape.rows(); j++) {
                restart(model, j, above, line, run);
                for (int c = 0; c < components; c++) {
                    int[] now = line[c];
                    JpegLsScan.border(above[c], now, width);
                    run[c] = model.line(above[c], now, width, run[c]);
                    put(now, j, decoded + c);
                    line[c] = above[c];
                    above[c] = now;
                }
                checkOverrun(model, j);
            }
            in.resume(model.bits().marker());
        }

        /** Components sample by sample. */
        private void samples(JpegLsScan model, int components) {
            int width = shape.columns();
            int[][] above = new int[components][width + 2];
            int[][] line = new int[components][width + 2];
            int[] run = new int[1];
            model.start(new JpegLsBits(in.in, in.scanStart()));
            for (int j = 0; j < shape.rows(); j++) {
                restart(model, j, above, line, run);
                for (int c = 0; c < components; c++) {
                    JpegLsScan.border(above[c], line[c], width);
                }
                run[0] = model.samples(above, line, width, run[0]);
                for (int c = 0; c < components; c++) {
                    put(line[c], j, decoded + c);
                }
                int[][] free = above;
                above = line;
                line = free;
                checkOverrun(model, j);
            }
            in.resume(model.bits().marker());
        }

        private void put(int[] line, int row, int component) {
            int step = shape.samples();
            int at = row * shape.columns() * step + component;
            if (step == 1) {
                System.arraycopy(line, 1, out, at, shape.columns());
                return;
            }
            for (int i = 1; i <= shape.columns(); i++, at += step) {
                out[at] = line[i];
            }
        }

        /** Begins anew behind a restart marker; the interval counts lines. */
        private void restart(JpegLsScan model, int row, int[][] above, int[][] line, int[] run) {
            if (interval == 0 || row == 0 || row % interval != 0) {
                return;
            }
            int marker = model.bits().marker();
            int wanted = 0xD0 + (row / interval - 1) % 8;
            if (marker + 1 >= in.in.length || (in.in[marker + 1] & 0xFF) != wanted) {
                throw in.bad("the restart marker before row " + (row + 1) + " is missing.");
            }
            model.start(new JpegLsBits(in.in, marker + 2));
            for (int c = 0; c < above.length; c++) {
                Arrays.fill(above[c], 0);
                Arrays.fill(line[c], 0);
            }
            Arrays.fill(run, 0);
        }

        private void checkOverrun(JpegLsScan model, int row) {
            if (model.bits().overrun()) {
                throw new DataException(
                        "JPEG-LS: the data end in row " + (row + 1) + " of " + shape.rows() + ".");
            }
        }
    }
}
