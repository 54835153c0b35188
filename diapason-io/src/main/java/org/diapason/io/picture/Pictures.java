package org.diapason.io.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.diapason.io.InputFile;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads PNG, TIFF and JPEG: values as stored, colours as channels, pages as slices.
 *
 * <p>The decoders are those of the JDK, whatever others stand on the class path; sizes, lengths and
 * checksums are checked before they see a file. A picture has no place in a patient: it lies at the
 * origin, turned upright where the file says how ({@link Upright}; tag {@code
 * TurnedFromOrientation}). The tag {@code SpacingSource} says where its spacing comes from.
 */
public final class Pictures {
    /** Where the spacing comes from in files that have none. */
    public static final String NO_SPACING = "not stated, 1 mm taken";

    /** Tag: the largest number a sample can hold, where samples are whole numbers. */
    public static final String WHITE = "WhiteLevel";

    private Pictures() {}

    /** Says whether the lengths of an image are mm, and not 1 mm taken for each pixel. */
    public static boolean statesSpacing(Image image) {
        return image.tags().text("SpacingSource").filter(NO_SPACING::equals).isEmpty();
    }

    /** Returns the largest number a sample can hold, which is white and opaque; 0 if not known. */
    public static int white(Image image) {
        return (int) image.tags().number(WHITE).orElse(0);
    }

    /** Returns the tags of a picture whose white is known. */
    public static Tags tags(int white) {
        return new Tags(Map.of(WHITE, Integer.toString(white)), Map.of());
    }

    /**
     * Returns a picture's samples on a scale with another white: from 1, 3, 15 and 255 to 255 or
     * 65535 they stay whole numbers. Without a white of its own it stays as it is.
     */
    public static Volume scaled(Image picture, int white) {
        Volume v = picture.volume();
        int own = white(picture);
        if (own == 0 || own == white) {
            return v;
        }
        double factor = (double) white / own;
        float[][] planes = new float[v.channels()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = v.channel(c).clone();
            for (int p = 0; p < planes[c].length; p++) {
                planes[c][p] = (float) (planes[c][p] * factor);
            }
        }
        return Volume.of(v.geometry(), List.of(planes), v.meaning(), v.quantity());
    }

    /**
     * Returns a PNG picture.
     *
     * @throws DataException if it is broken
     */
    public static Image readPng(Path path) {
        ByteBuffer bytes = PictureHead.bytes(path);
        return image(path, bytes, PngHead.of(InputFile.name(path), bytes), "png");
    }

    /**
     * Returns a JPEG picture.
     *
     * @throws DataException if it is broken, or of a kind that is not read
     */
    public static Image readJpeg(Path path) {
        ByteBuffer bytes = PictureHead.bytes(path);
        return image(path, bytes, JpegHead.of(InputFile.name(path), bytes), "jpeg");
    }

    /**
     * Returns the pages of a TIFF file as slices.
     *
     * @throws DataException if it is broken, of a kind that is not read, or its pages differ
     */
    public static Image readTiff(Path path) {
        ByteBuffer bytes = PictureHead.bytes(path);
        return image(path, bytes, TiffHead.of(InputFile.name(path), bytes), "tiff");
    }

    private static Image image(Path path, ByteBuffer bytes, PictureHead head, String format) {
        String name = InputFile.name(path);
        int size = head.columns() * head.rows();
        int bits = 0;
        float[][] planes = new float[head.bands()][size * head.pages()];
        ImageReader reader = reader(format);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.array(), 0, bytes.limit());
        try (ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            reader.setInput(stream, false, !format.equals("tiff"));
            reader.addIIOReadWarningListener(
                    (source, warning) -> {
                        throw new IllegalStateException("the decoder had to guess");
                    });
            for (int page = 0; page < head.pages(); page++) {
                BufferedImage picture = reader.read(page);
                copy(picture, head, planes, page * size, name);
                bits = Math.max(bits, bits(picture, head));
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof DataException d) {
                throw d;
            }
            throw new DataException(
                    name
                            + ": the pixels are truncated, damaged or packed in a way that is not"
                            + " read. Copy the file again, or save it as PNG.",
                    e);
        } finally {
            reader.dispose();
        }
        int turn = head.orientation();
        boolean turned = Upright.turns(turn);
        Geometry g =
                Geometry.of(
                        turned ? head.rows() : head.columns(),
                        turned ? head.columns() : head.rows(),
                        head.pages(),
                        turned ? head.spacingJ() : head.spacingI(),
                        turned ? head.spacingI() : head.spacingJ(),
                        1);
        for (int c = 0; c < planes.length; c++) {
            planes[c] = Upright.plane(planes[c], head.columns(), head.rows(), turn);
        }
        Map<String, String> tags = new TreeMap<>();
        if (turn != 1) {
            tags.put("TurnedFromOrientation", Integer.toString(turn));
        }
        if (bits > 0) {
            tags.put(WHITE, Integer.toString((1 << bits) - 1));
        }
        String source = head.source().isEmpty() ? NO_SPACING : head.source();
        tags.put("SpacingSource", source);
        return new Image(
                Volume.of(
                        g,
                        List.of(planes),
                        head.bands() > 1 ? Channels.COLOURS : Channels.ONE,
                        Quantity.PICTURE),
                new Tags(tags, Map.of()),
                Optional.empty());
    }

    /** Returns the bits of a sample that is a whole number, 0 where it is not. */
    private static int bits(BufferedImage picture, PictureHead head) {
        if (picture.getColorModel() instanceof IndexColorModel && head.bands() > 2) {
            return 8;
        }
        if (head.samples() == PictureHead.Samples.SIGNED_8) {
            return 0;
        }
        int type = picture.getRaster().getTransferType();
        boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
        return whole ? picture.getSampleModel().getSampleSize(0) : 0;
    }

    /** Returns the JDK's own reader: others may be registered and would decode differently. */
    private static ImageReader reader(String format) {
        Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format);
        while (all.hasNext()) {
            ImageReader reader = all.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new IllegalStateException("every Java reads " + format);
    }

    private static void copy(
            BufferedImage picture, PictureHead head, float[][] planes, int from, String name) {
        Raster raster = picture.getRaster();
        boolean fits = raster.getWidth() == head.columns() && raster.getHeight() == head.rows();
        boolean palette = picture.getColorModel() instanceof IndexColorModel && head.bands() > 2;
        if (!fits || !palette && raster.getNumBands() < head.bands()) {
            throw new DataException(name + ": header and pixels disagree: the file is broken.");
        }
        for (int c = 0; c < head.bands(); c++) {
            int n = from;
            for (int y = 0; y < head.rows(); y++) {
                for (int x = 0; x < head.columns(); x++) {
                    planes[c][n++] =
                            palette
                                    ? colour(
                                            (IndexColorModel) picture.getColorModel(),
                                            raster.getSample(x, y, 0),
                                            c)
                                    : sample(raster, x, y, c, head.samples());
                }
            }
            for (int p = from; p < n; p++) {
                if (Float.isInfinite(planes[c][p])) {
                    throw new DataException(
                            name + ": a pixel is infinite. Write NaN where nothing was measured.");
                }
            }
        }
    }

    private static float sample(Raster raster, int x, int y, int c, PictureHead.Samples samples) {
        return switch (samples) {
            case PLAIN -> raster.getSampleFloat(x, y, c);
            case SIGNED_8 -> (byte) raster.getSample(x, y, c);
            case UNSIGNED_32 -> raster.getSample(x, y, c) & 0xFFFFFFFFL;
        };
    }

    private static int colour(IndexColorModel palette, int index, int c) {
        return switch (c) {
            case 0 -> palette.getRed(index);
            case 1 -> palette.getGreen(index);
            case 2 -> palette.getBlue(index);
            default -> palette.getAlpha(index);
        };
    }
}
