package org.diapason.picture;

import java.util.List;
import java.util.Optional;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Slices side by side, each with the letters of the patient's sides and its place, above a legend:
 * the colours with their quantity, the window of grey, a bar in mm. All slices have one scale, and
 * a millimetre is as long across as down.
 */
public final class Montage {
    private static final int GAP = 4;
    private static final int EDGE = 6;
    private static final int LEAST_SIDE = 300;
    private static final int LEAST_CELL = 340;
    private static final int LINE = 24;

    /** Pixels of a picture; 16 bytes each while it is made. */
    private static final long MOST_PIXELS = 1L << 26;

    private static final int LETTER = StrokeFont.HEIGHT * Canvas.TEXT;

    private final Overlay overlay;
    private final List<SlicePlane> planes;
    private final double pixelMm;
    private final int cellWidth;
    private final int cellHeight;
    private final int columns;
    private final Optional<Caption> caption;

    /**
     * What a legend says instead of a quantity.
     *
     * @param bar over the colours, at most 21 letters
     * @param colour what it means that a place is coloured
     */
    public record Caption(String bar, String colour) {}

    /**
     * Lays out slices of one grid.
     *
     * @param planes at least one
     * @throws IllegalArgumentException if the picture would be too large to hold
     */
    public Montage(Overlay overlay, List<SlicePlane> planes) {
        this(overlay, planes, Optional.empty());
    }

    /** Lays out slices under a legend with words of its own. */
    public Montage(Overlay overlay, List<SlicePlane> planes, Optional<Caption> caption) {
        this.overlay = overlay;
        this.caption = caption;
        this.planes = planes;
        pixelMm = pixel(planes);
        cellWidth = Math.max(LEAST_CELL, planes.stream().mapToInt(this::width).max().orElseThrow());
        cellHeight = planes.stream().mapToInt(this::height).max().orElseThrow();
        columns = (int) Math.ceil(Math.sqrt(planes.size()));
        long pixels = (long) planes.size() * (cellWidth + GAP) * (cellHeight + GAP);
        if (pixels > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "--slices: "
                            + planes.size()
                            + " slices of "
                            + cellWidth
                            + " x "
                            + cellHeight
                            + " pixels are more than a picture holds; ask for at most "
                            + planes.size() * MOST_PIXELS / pixels
                            + ".");
        }
    }

    /**
     * The finest spacing, but not so fine that a slice is longer than a screen, or a whole part of
     * it where slices are small.
     */
    private static double pixel(List<SlicePlane> planes) {
        double finest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (SlicePlane p : planes) {
            finest = Math.min(finest, Math.min(p.pixelAcrossMm(), p.pixelDownMm()));
            double across = p.columns() * p.pixelAcrossMm();
            longest = Math.max(longest, Math.max(across, p.rows() * p.pixelDownMm()));
        }
        finest = Math.max(finest, longest / SliceChoice.MOST_PIXELS);
        return finest / Math.max(1, Math.ceil(LEAST_SIDE * finest / longest - 1e-9));
    }

    private int width(SlicePlane p) {
        return (int) Math.max(1, Math.rint(p.columns() * p.pixelAcrossMm() / pixelMm));
    }

    private int height(SlicePlane p) {
        return (int) Math.max(1, Math.rint(p.rows() * p.pixelDownMm() / pixelMm));
    }

    /** Returns the length of a side of a pixel in mm. */
    public double pixelMm() {
        return pixelMm;
    }

    /** Draws the slices of two images on the grid of the planes, and the legend. */
    public Canvas draw(Volume grey, Volume coloured) {
        int wide = columns * (cellWidth + GAP) + GAP;
        int rows = (planes.size() + columns - 1) / columns;
        int top = rows * (cellHeight + GAP) + GAP;
        Legend legend =
                new Legend(
                        overlay, grey.quantity(), coloured.quantity(), barMm(), pixelMm, caption);
        Canvas canvas = new Canvas(wide, top + legend.height(wide), Canvas.BLACK);
        for (int n = 0; n < planes.size(); n++) {
            int x = GAP + n % columns * (cellWidth + GAP);
            int y = GAP + n / columns * (cellHeight + GAP);
            panel(canvas, planes.get(n), grey, coloured, x, y);
        }
        legend.draw(canvas, top);
        return canvas;
    }

    private void panel(Canvas canvas, SlicePlane p, Volume grey, Volume coloured, int x, int y) {
        int w = width(p);
        int h = height(p);
        int left = x + (cellWidth - w) / 2;
        int up = y + (cellHeight - h) / 2;
        int[] pixels = overlay.colours(p.pixels(grey.values()), p.pixels(coloured.values()));
        canvas.image(pixels, p.columns(), p.rows(), left, up, w, h);
        String[] sides = p.sides();
        int middle = up + (h - LETTER) / 2;
        if (sides.length > 1) {
            canvas.text(sides[0], left + EDGE, middle);
            canvas.text(sides[1], left + w - EDGE - Canvas.textWidth(sides[1]), middle);
        }
        if (sides.length > 2) {
            canvas.text(sides[2], left + (w - Canvas.textWidth(sides[2])) / 2, up + EDGE);
        }
        canvas.text(p.where(), x + EDGE, y + cellHeight - LINE);
    }

    /** A round length that fits a third of the widest slice. */
    private double barMm() {
        double most = planes.stream().mapToDouble(p -> width(p) * pixelMm).max().orElseThrow() / 3;
        double bar = 1;
        while (bar > most) {
            bar /= 10;
        }
        while (bar * 10 <= most) {
            bar *= 10;
        }
        return bar * 5 <= most ? bar * 5 : bar * 2 <= most ? bar * 2 : bar;
    }

    /** What the colours and greys mean: blocks from left to right, in as many rows as they need. */
    private record Legend(
            Overlay overlay,
            Quantity grey,
            Quantity coloured,
            double barMm,
            double pixelMm,
            Optional<Caption> caption) {
        private static final int BAR = 260;
        private static final int THICK = 18;
        private static final int HIGH = 3 * LINE + EDGE;
        private static final int APART = 30;
        private static final int DIM = 0x303030;

        private String[] words() {
            String unit = ValueRange.unit(coloured);
            String from =
                    overlay.from() == Double.NEGATIVE_INFINITY
                            ? "all values"
                            : "from " + overlay.range().text(overlay.from()) + unit;
            return new String[] {
                "colour: " + caption.map(Caption::colour).orElse(from),
                "opacity " + Numbers.plain(100 * overlay.alpha()) + " %",
                "grey: " + overlay.window().words(grey)
            };
        }

        private int[] widths() {
            int text = 0;
            for (String line : words()) {
                text = Math.max(text, Canvas.textWidth(line));
            }
            int bar = (int) Math.rint(barMm / pixelMm);
            return new int[] {BAR, text, Math.max(bar, Canvas.textWidth(barWords()))};
        }

        private String barWords() {
            return Numbers.plain(barMm) + " mm";
        }

        /** Returns x and y of the blocks in a legend of a width. */
        private int[][] places(int wide) {
            int[] widths = widths();
            int[][] places = new int[widths.length][];
            int x = 2 * EDGE;
            int y = EDGE;
            for (int b = 0; b < widths.length; b++) {
                if (b > 0 && x + widths[b] > wide - 2 * EDGE) {
                    x = 2 * EDGE;
                    y += HIGH;
                }
                places[b] = new int[] {x, y};
                x += widths[b] + APART;
            }
            return places;
        }

        int height(int wide) {
            return places(wide)[2][1] + HIGH;
        }

        void draw(Canvas canvas, int top) {
            int[][] places = places(canvas.width());
            colours(canvas, places[0][0], top + places[0][1]);
            String[] words = words();
            for (int n = 0; n < words.length; n++) {
                canvas.text(words[n], places[1][0], top + places[1][1] + n * LINE);
            }
            int x = places[2][0];
            int y = top + places[2][1] + LINE;
            int length = (int) Math.rint(barMm / pixelMm);
            canvas.box(x, y, length, 3, Canvas.WHITE);
            canvas.box(x, y - 5, 2, 13, Canvas.WHITE);
            canvas.box(x + length - 2, y - 5, 2, 13, Canvas.WHITE);
            canvas.text(barWords(), x, y + 14);
        }

        /** The look-up table as it is without grey beneath; dim where it is not used. */
        private void colours(Canvas canvas, int x, int y) {
            ValueRange range = overlay.range();
            String stated = coloured == Quantity.UNKNOWN ? "quantity not stated" : coloured.label();
            canvas.text(caption.map(Caption::bar).orElse(stated), x, y);
            canvas.box(x - 1, y + LINE - 1, BAR + 2, THICK + 2, Canvas.WHITE);
            Overlay pure = new Overlay(overlay.window(), overlay.lut(), range, 1, overlay.from());
            for (int i = 0; i < BAR; i++) {
                double value = range.low() + (i + 0.5) / BAR * (range.high() - range.low());
                boolean used = value >= overlay.from();
                int colour = used ? pure.colour(0, (float) value) : DIM;
                canvas.box(x + i, y + LINE, 1, THICK, colour);
            }
            String high = range.text(range.high());
            int below = y + LINE + THICK + EDGE;
            canvas.text(range.text(range.low()), x, below);
            canvas.text(high, x + BAR - Canvas.textWidth(high), below);
            middle(canvas, x, below - EDGE, Canvas.textWidth(range.text(range.low())), high);
        }

        /** Marks 0 where it lies well inside, else the middle, if its number fits. */
        private void middle(Canvas canvas, int x, int y, int lowWidth, String high) {
            ValueRange range = overlay.range();
            double zero = -range.low() / (range.high() - range.low());
            double at = zero > 0.35 && zero < 0.65 ? zero : 0.5;
            double value = range.low() + at * (range.high() - range.low());
            String text = range.text(at == zero ? 0 : value);
            int left = (int) Math.rint(at * BAR) - Canvas.textWidth(text) / 2;
            int room = BAR - Canvas.textWidth(high) - left - Canvas.textWidth(text);
            if (left - lowWidth >= APART / 2 && room >= APART / 2) {
                canvas.box(x + (int) Math.rint(at * BAR) - 1, y + 1, 2, EDGE - 2, Canvas.WHITE);
                canvas.text(text, x + left, y + EDGE);
            }
        }
    }
}
