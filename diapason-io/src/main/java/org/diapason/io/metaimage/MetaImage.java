package org.diapason.io.metaimage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.io.raw.FloatBytes;
import org.diapason.io.raw.Grid;
import org.diapason.io.raw.QuantityMark;
import org.diapason.io.raw.Samples;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads and writes MetaImage: {@code .mha}, and {@code .mhd} with its numbers in files beside it.
 *
 * <p>The world is LPS millimetres, as ITK reads it; the numbers of {@code TransformMatrix} are the
 * direction of axis i, then j, then k.
 */
public final class MetaImage {
    private static final double[] UNTURNED = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private MetaImage() {}

    /**
     * Returns an image of unknown quantity; several channels are components, a fourth axis frames
     * whose times the format does not tell.
     *
     * @throws DataException if the file is not MetaImage, broken, or of a kind that is not read
     */
    public static Image read(Path path) {
        MetaHeader header = MetaHeader.read(path);
        int[] sizes = header.sizes();
        long channels = header.whole("elementnumberofchannels", 1);
        int frames = sizes.length > 3 ? sizes[3] : 1;
        if (channels < 1
                || channels > Samples.MOST_CHANNELS
                || frames > Samples.MOST_CHANNELS
                || channels > 1 && frames > 1) {
            throw header.bad(
                    channels == 1 ? "dimsize" : "elementnumberofchannels",
                    channels
                            + " channels in "
                            + frames
                            + " frames are not read. Split the file first.");
        }
        requireNoScale(header);
        Geometry g = geometry(header, sizes);
        int planes = frames > 1 ? frames : (int) channels;
        Channels meaning =
                frames > 1
                        ? Channels.frames(frames, Double.NaN, Double.NaN)
                        : channels > 1 ? Channels.COMPONENTS : Channels.ONE;
        Volume volume =
                Volume.of(
                        g,
                        header.data(path)
                                .read(
                                        header.type(),
                                        header.order(),
                                        g.voxels(),
                                        planes,
                                        frames > 1 ? g.voxels() : 1),
                        meaning,
                        QuantityMark.of(header.text("comment", "")));
        Map<String, String> tags =
                sizes.length > 2
                        ? Map.of()
                        : Map.of(
                                "PlaneNote",
                                "a plane without a place along k: k is assumed to run to the head");
        return new Image(volume, new Tags(tags, Map.of()), Optional.empty());
    }

    private static void requireNoScale(MetaHeader header) {
        double[] slope = header.reals(1, "elementtointensityfunctionslope");
        double[] offset = header.reals(1, "elementtointensityfunctionoffset");
        if (slope != null && slope[0] != 1 || offset != null && offset[0] != 0) {
            String field =
                    slope != null
                            ? "elementtointensityfunctionslope"
                            : "elementtointensityfunctionoffset";
            throw header.bad(
                    field,
                    "the file carries a slope or offset of intensity, which some programs apply and"
                            + " others ignore. Apply it, write 1 and 0, and try again.");
        }
    }

    private static Geometry geometry(MetaHeader header, int[] sizes) {
        int axes = sizes.length;
        int[] size = {1, 1, 1};
        double voxels = 1;
        for (int a = 0; a < Math.min(3, axes); a++) {
            size[a] = sizes[a];
            voxels *= sizes[a];
        }
        if (voxels > Integer.MAX_VALUE - 8) {
            throw header.bad("dimsize", "so many voxels cannot be held.");
        }
        double[] spacing = header.reals(axes, "elementspacing", "elementsize");
        double[] offset = header.reals(axes, "offset", "position", "origin");
        double[] matrix = header.reals(axes * axes, "transformmatrix", "rotation", "orientation");
        double[] centre = header.reals(axes, "centerofrotation");
        double[][] steps = new double[3][3];
        double[] origin = new double[3];
        boolean turned = false;
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                boolean inside = a < axes && r < axes;
                double d = inside && matrix != null ? matrix[a * axes + r] : UNTURNED[3 * a + r];
                turned |= d != UNTURNED[3 * a + r];
                steps[a][r] = d * (a < axes && spacing != null ? Math.abs(spacing[a]) : 1);
            }
            origin[a] = a < axes && offset != null ? offset[a] + 0.0 : 0;
        }
        for (int a = 0; centre != null && turned && a < axes; a++) {
            if (centre[a] != 0) {
                throw header.bad(
                        "centerofrotation",
                        "CenterOfRotation is not 0, and programs differ on what it moves. Put it"
                                + " into Offset and write 0.");
            }
        }
        try {
            return Grid.of(size, steps, origin);
        } catch (IllegalArgumentException | ArithmeticException e) {
            String field = header.has("transformmatrix") ? "transformmatrix" : "elementspacing";
            throw new DataException(header.bad(field, e.getMessage() + ".").getMessage(), e);
        }
    }

    /**
     * Writes 32-bit floats: {@code .mha} in one file, {@code .mhd} with a {@code .raw} beside it.
     * Frames are a fourth axis, other channels stand side by side. Nothing is packed: ITK 5 needs
     * the packed size in the header, and reads another image without it.
     */
    public static void write(Path path, Volume volume) {
        String name = InputFile.name(path);
        boolean apart = name.toLowerCase(Locale.ROOT).endsWith(".mhd");
        String data = apart ? name.substring(0, name.length() - 4) + ".raw" : "LOCAL";
        byte[] head = head(volume, data).getBytes(StandardCharsets.UTF_8);
        try {
            if (apart) {
                WholeFile.write(path.resolveSibling(data), out -> put(volume, out));
                WholeFile.write(path, out -> out.write(head));
            } else {
                WholeFile.write(
                        path,
                        file -> {
                            file.write(head);
                            put(volume, file);
                        });
            }
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static boolean isFilm(Volume volume) {
        return volume.meaning().kind() == Channels.Kind.FRAMES;
    }

    private static void put(Volume volume, OutputStream out) throws IOException {
        if (volume.channels() == 1 || isFilm(volume)) {
            FloatBytes.write(volume, out);
        } else {
            FloatBytes.writeInterleaved(volume, out);
        }
    }

    private static String head(Volume volume, String data) {
        Geometry g = volume.geometry();
        boolean film = isFilm(volume);
        int axes = film ? 4 : 3;
        StringBuilder matrix = new StringBuilder();
        for (int a = 0; a < axes; a++) {
            for (int r = 0; r < axes; r++) {
                double d = a < 3 && r < 3 ? g.direction().get(3 * r + a) : a == r ? 1 : 0;
                matrix.append(' ').append(Text.of(d + 0.0));
            }
        }
        StringBuilder offset = new StringBuilder();
        StringBuilder spacing = new StringBuilder();
        StringBuilder size = new StringBuilder();
        for (int a = 0; a < 3; a++) {
            offset.append(' ').append(Text.of(g.originMm().get(a)));
            spacing.append(' ').append(Text.of(g.spacing(a)));
            size.append(' ').append(g.size(a));
        }
        boolean many = volume.channels() > 1;
        String mark = QuantityMark.words(volume.quantity());
        return "ObjectType = Image\n"
                + (mark.isEmpty() ? "" : "Comment = " + mark + "\n")
                + "NDims = "
                + axes
                + "\nBinaryData = True\nBinaryDataByteOrderMSB = False"
                + "\nCompressedData = False\nTransformMatrix ="
                + matrix
                + "\nOffset ="
                + offset
                + (film ? " 0" : "")
                + "\nCenterOfRotation = 0 0 0"
                + (film ? " 0" : "")
                + "\nElementSpacing ="
                + spacing
                + (film ? " 1" : "")
                + "\nDimSize ="
                + size
                + (film ? " " + volume.channels() : "")
                + (many && !film ? "\nElementNumberOfChannels = " + volume.channels() : "")
                + "\nElementType = MET_FLOAT\nElementDataFile = "
                + data
                + "\n";
    }
}
