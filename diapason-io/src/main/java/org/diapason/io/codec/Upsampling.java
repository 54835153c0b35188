package org.diapason.io.codec;

import org.diapason.volume.DataException;

/**
 * Brings a subsampled plane of a lossy picture to full size.
 *
 * <p>Halved rows, and rows with halved columns, are interpolated by a triangle whose samples lie
 * between the coarse ones (weights 3/4 and 1/4, co-sited as JFIF says), rounded up and down in
 * turns; everything else repeats samples. The standard leaves this to the decoder; this is what the
 * decoders of dcmtk, gdcm and libjpeg do.
 */
final class Upsampling {
    private final short[] plane;
    private final int stride;
    private final int width;
    private final int height;

    Upsampling(short[] plane, int stride, int width, int height) {
        this.plane = plane;
        this.stride = stride;
        this.width = width;
        this.height = height;
    }

    /** Puts the samples of one component into a picture whose samples lie beside each other. */
    void put(Shape shape, int component, int mostH, int h, int mostV, int v, int[] out) {
        if (mostH % h != 0 || mostV % v != 0) {
            throw new DataException(
                    "JPEG: a component sampled "
                            + h
                            + " × "
                            + v
                            + " where another is sampled "
                            + mostH
                            + " × "
                            + mostV
                            + " is not read.");
        }
        boolean smooth = mostH == 2 * h && width > 2 && mostV <= 2 * v;
        int[] row = new int[2 * width];
        for (int j = 0; j < shape.rows(); j++) {
            int at = j * shape.columns() * shape.samples() + component;
            if (smooth) {
                if (mostV == v) {
                    between(j, row);
                } else {
                    between2(j, row);
                }
                for (int i = 0; i < shape.columns(); i++, at += shape.samples()) {
                    out[at] = row[i];
                }
            } else {
                int from = j * v / mostV * stride;
                for (int i = 0; i < shape.columns(); i++, at += shape.samples()) {
                    out[at] = plane[from + i * h / mostH];
                }
            }
        }
    }

    /** Twice as many columns. */
    private void between(int j, int[] row) {
        int at = j * stride;
        row[0] = plane[at];
        row[2 * width - 1] = plane[at + width - 1];
        for (int i = 0; i < width; i++) {
            int here = 3 * plane[at + i];
            if (i > 0) {
                row[2 * i] = here + plane[at + i - 1] + 1 >> 2;
            }
            if (i + 1 < width) {
                row[2 * i + 1] = here + plane[at + i + 1] + 2 >> 2;
            }
        }
    }

    /** Twice as many columns and rows. */
    private void between2(int j, int[] row) {
        int near = j / 2;
        int far = Math.min(height - 1, Math.max(0, j % 2 == 0 ? near - 1 : near + 1));
        int last = column(near, far, 0);
        int here = last;
        for (int i = 0; i < width; i++) {
            int next = i + 1 < width ? column(near, far, i + 1) : here;
            row[2 * i] = i == 0 ? 4 * here + 8 >> 4 : 3 * here + last + 8 >> 4;
            row[2 * i + 1] = i + 1 == width ? 4 * here + 7 >> 4 : 3 * here + next + 7 >> 4;
            last = here;
            here = next;
        }
    }

    private int column(int near, int far, int i) {
        return 3 * plane[near * stride + i] + plane[far * stride + i];
    }
}
