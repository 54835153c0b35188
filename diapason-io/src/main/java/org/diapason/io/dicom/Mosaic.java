package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A Siemens mosaic: the slices of one volume as tiles of one picture, the first at the top left.
 *
 * <p>The position in the file is the corner the picture would have if it were one slice as large as
 * all tiles, centred where the tiles are: the corner of the first slice is {@code position +
 * i·pi·(C − c)/2 + j·pj·(R − r)/2}, with C × R the picture, c × r a tile and pi, pj the pixel
 * spacing. How many tiles there are and which way they go stands in the private CSA header, without
 * which a mosaic is refused.
 *
 * @param whole the picture
 * @param tiles slices in it
 * @param across tiles beside each other
 * @param reversed whether the last tile is the first slice along i × j
 */
record Mosaic(Frame whole, int tiles, int across, boolean reversed) {
    private static final int MOST_FIELDS = 4096;

    /** What stands behind the number of fields of a CSA header. */
    private static final int CHECK = 77;

    static boolean is(Frame frame) {
        return frame.values().text(Keyword.ImageType).orElse("").contains("MOSAIC");
    }

    /** Returns the tiles of a picture; the reason is thrown where they cannot be told. */
    static Mosaic of(Frame whole, double[] normal) {
        Map<String, double[]> csa =
                whole.values()
                        .element(Keyword.SiemensCsaImageHeader.tag())
                        .map(e -> fields(e.bytes()))
                        .orElse(Map.of());
        double[] along = csa.get("SliceNormalVector");
        if (along == null || along.length != 3) {
            throw whole.bad(
                    "is a mosaic, its slices lie as tiles in one picture, and the private CSA"
                            + " header (0029,1010) that says which way they go is missing or"
                            + " broken. Export it again as one image per slice.");
        }
        OptionalDouble stated = whole.values().number(Keyword.SiemensMosaicImages);
        double[] number = csa.getOrDefault("NumberOfImagesInMosaic", new double[0]);
        double tiles = number.length == 1 ? number[0] : stated.orElse(0);
        int columns = whole.values().integer(Keyword.Columns, 1, 65535);
        int rows = whole.values().integer(Keyword.Rows, 1, 65535);
        if ((double) columns * rows > Integer.MAX_VALUE - 8) {
            throw whole.bad(
                    "is a picture of " + columns + " × " + rows + " pixels, too large to be held.");
        }
        int across = (int) Math.ceil(Math.sqrt(tiles));
        if (!(tiles >= 1 && tiles <= 65535 && tiles == Math.rint(tiles))
                || columns % across != 0
                || rows % across != 0) {
            throw whole.bad(
                    "is a mosaic of "
                            + columns
                            + " × "
                            + rows
                            + " pixels and says it holds "
                            + Numbers.fixed(tiles, 0)
                            + " slices, which no tiles of one size give. Export it again as one"
                            + " image per slice.");
        }
        double dot = along[0] * normal[0] + along[1] * normal[1] + along[2] * normal[2];
        if (!(Math.abs(Math.abs(dot) - 1) < 1e-3)) {
            throw whole.bad(
                    "is a mosaic whose SliceNormalVector is not normal to its slices (their cosine"
                            + " is "
                            + Numbers.fixed(dot, 4)
                            + "). Export it again as one image per slice.");
        }
        return new Mosaic(whole, (int) tiles, across, dot < 0);
    }

    Geometry geometry(double[] position, double[] pixel, Numbers direction, double spacing) {
        int columns = whole.values().integer(Keyword.Columns, 1, 65535);
        int rows = whole.values().integer(Keyword.Rows, 1, 65535);
        double di = pixel[1] * (columns - columns / across) / 2;
        double dj = pixel[0] * (rows - rows / across) / 2;
        double dk = reversed ? -spacing * (tiles - 1) : 0;
        double[] origin = new double[3];
        for (int r = 0; r < 3; r++) {
            origin[r] =
                    position[r]
                            + direction.get(3 * r) * di
                            + direction.get(3 * r + 1) * dj
                            + direction.get(3 * r + 2) * dk;
        }
        return new Geometry(
                columns / across,
                rows / across,
                tiles,
                Numbers.of(pixel[1], pixel[0], spacing),
                Numbers.of(origin),
                direction);
    }

    /** Returns the stored numbers, slice after slice. */
    float[] read(Geometry g) {
        int columns = g.ni() * across;
        Geometry picture =
                new Geometry(
                        columns, g.nj() * across, 1, g.spacingMm(), g.originMm(), g.direction());
        float[] all = PixelReader.read(List.of(whole), picture);
        float[] values = new float[g.voxels()];
        for (int tile = 0; tile < tiles; tile++) {
            int k = reversed ? tiles - 1 - tile : tile;
            int corner = tile / across * g.nj() * columns + tile % across * g.ni();
            for (int j = 0; j < g.nj(); j++) {
                System.arraycopy(all, corner + j * columns, values, g.index(0, j, k), g.ni());
            }
        }
        return values;
    }

    /**
     * Reads the numbers of a CSA header of either kind; what is broken is left out.
     *
     * <p>The second kind begins with "SV10" and eight bytes in all; its items state their length
     * second. The first kind has no such beginning; its items state first their length plus the
     * number of items of the first field.
     */
    static Map<String, double[]> fields(byte[] header) {
        Map<String, double[]> fields = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (header.length < 16) {
            return fields;
        }
        boolean second = new String(header, 0, 4, StandardCharsets.US_ASCII).equals("SV10");
        in.position(second ? 8 : 0);
        int count = in.getInt();
        int check = in.getInt();
        if (!second && (count < 1 || count > MOST_FIELDS || check != CHECK)) {
            return fields;
        }
        int more = 0;
        for (int n = 0; n < Math.min(count, MOST_FIELDS) && in.remaining() >= 84; n++) {
            byte[] name = new byte[64];
            in.get(name);
            in.position(in.position() + 12);
            int items = in.getInt();
            in.getInt();
            if (items < 0 || items > MOST_FIELDS) {
                return fields;
            }
            more = second || n > 0 ? more : items;
            double[] numbers = new double[items];
            int found = 0;
            for (int i = 0; i < items; i++) {
                if (in.remaining() < 16) {
                    return fields;
                }
                int length = in.getInt(in.position() + (second ? 4 : 0)) - more;
                in.position(in.position() + 16);
                int padded = length + 3 & ~3;
                if (length < 0 || padded < 0 || padded > in.remaining()) {
                    return fields;
                }
                byte[] value = new byte[length];
                in.get(in.position(), value);
                in.position(in.position() + padded);
                found += number(value, numbers, found);
            }
            fields.put(text(name), Arrays.copyOf(numbers, found));
        }
        return fields;
    }

    private static int number(byte[] value, double[] numbers, int at) {
        try {
            numbers[at] = Double.parseDouble(text(value));
            return 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.US_ASCII).strip();
    }
}
