package org.diapason.picture;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Pixels to draw on: x to the right, y down, colours as 0xRRGGBB; what lies outside is cut off. */
public final class Canvas {
    static final int BLACK = 0;
    static final int WHITE = 0xffffff;

    /** Pixels of a unit of {@link StrokeFont}, and the width of its strokes. */
    static final int TEXT = 2;

    private final int width;
    private final int height;
    private final int[] pixels;

    Canvas(int width, int height, int ground) {
        this.width = width;
        this.height = height;
        pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, ground);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Returns the colour of a pixel. */
    public int at(int x, int y) {
        return pixels[y * width + x];
    }

    void box(int x, int y, int w, int h, int colour) {
        for (int j = Math.max(0, y); j < Math.min(height, y + h); j++) {
            for (int i = Math.max(0, x); i < Math.min(width, x + w); i++) {
                pixels[j * width + i] = colour;
            }
        }
    }

    /** Draws a picture into a box; each pixel shows the nearest of the picture. */
    void image(int[] picture, int columns, int rows, int x, int y, int w, int h) {
        for (int j = 0; j < h; j++) {
            int row = (int) ((2L * j + 1) * rows / (2L * h));
            for (int i = 0; i < w; i++) {
                int column = (int) ((2L * i + 1) * columns / (2L * w));
                box(x + i, y + j, 1, 1, picture[row * columns + column]);
            }
        }
    }

    static int textWidth(String text) {
        return text.isEmpty() ? 0 : TEXT * (StrokeFont.ADVANCE * text.length() - 1);
    }

    /**
     * Writes in white with a black rim, which is seen on dark and light; x and y are the corner.
     */
    void text(String text, int x, int y) {
        for (int rim = 1; rim >= 0; rim--) {
            for (int n = 0; n < text.length(); n++) {
                int left = x + n * TEXT * StrokeFont.ADVANCE;
                for (String stroke : StrokeFont.strokes(text.charAt(n)).split(" ")) {
                    for (int p = 0; p + 3 < stroke.length(); p += 2) {
                        line(stroke, p, left, y, rim);
                    }
                }
            }
        }
    }

    private void line(String stroke, int p, int left, int top, int rim) {
        int x = TEXT * Character.digit(stroke.charAt(p), 10);
        int y = TEXT * Character.digit(stroke.charAt(p + 1), 10);
        int dx = TEXT * Character.digit(stroke.charAt(p + 2), 10) - x;
        int dy = TEXT * Character.digit(stroke.charAt(p + 3), 10) - y;
        int steps = Math.max(1, Math.max(Math.abs(dx), Math.abs(dy)));
        for (int s = 0; s <= steps; s++) {
            box(
                    left + x + Math.floorDiv(2 * s * dx + steps, 2 * steps) - rim,
                    top + y + Math.floorDiv(2 * s * dy + steps, 2 * steps) - rim,
                    TEXT + 2 * rim,
                    TEXT + 2 * rim,
                    rim > 0 ? BLACK : WHITE);
        }
    }

    /** Returns it as a picture of one slice. */
    public Volume volume(double pixelMm) {
        float[][] rgb = new float[3][pixels.length];
        for (int p = 0; p < pixels.length; p++) {
            for (int c = 0; c < 3; c++) {
                rgb[c][p] = pixels[p] >> 8 * (2 - c) & 0xff;
            }
        }
        return Volume.of(
                Geometry.of(width, height, 1, pixelMm, pixelMm, 1),
                List.of(rgb),
                Channels.COLOURS,
                Quantity.PICTURE);
    }
}
