package org.diapason.io.nrrd;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.io.raw.DataFiles;
import org.diapason.io.raw.FloatBytes;
import org.diapason.io.raw.QuantityMark;
import org.diapason.io.raw.SampleType;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads NRRD images, {@code .nrrd} and {@code .nhdr} with data files beside it; writes {@code
 * .nrrd} packed by gzip.
 *
 * <p>Format: Gordon Kindlmann, "Definition of NRRD File Format", NRRD0001 to NRRD0005.
 */
public final class Nrrd {
    private Nrrd() {}

    /**
     * Returns an image of unknown quantity; an axis of time, colours or components is its channels.
     * The tag {@code GeometryNote} says where its orientation had to be assumed.
     *
     * @throws org.diapason.volume.DataException if the file is not NRRD, broken, or of a kind that
     *     is not read
     */
    public static Image read(Path path) {
        NrrdHeader header = NrrdHeader.read(path);
        NrrdAxes axes = NrrdAxes.of(header);
        SampleType type = header.type();
        DataFiles data = header.data(path);
        Volume volume =
                Volume.of(
                        axes.geometry(),
                        data.read(
                                type,
                                header.order(type, data.packing()),
                                axes.geometry().voxels(),
                                axes.channels(),
                                axes.inner()),
                        axes.meaning(),
                        QuantityMark.of(header.fields().getOrDefault("content", "")));
        Map<String, String> tags =
                axes.note().map(note -> Map.of("GeometryNote", note)).orElse(Map.of());
        return new Image(volume, new Tags(tags, Map.of()), Optional.empty());
    }

    /**
     * Writes 32-bit floats, space left-posterior-superior, packed by gzip; channels are the slowest
     * axis. An image that measures nothing since it was fused says so as its content. The file
     * appears whole or not at all.
     */
    public static void write(Path path, Volume volume) {
        byte[] head = head(volume).getBytes(StandardCharsets.US_ASCII);
        try {
            WholeFile.write(
                    path,
                    file -> {
                        file.write(head);
                        try (OutputStream out = FloatBytes.gzip(file)) {
                            FloatBytes.write(volume, out);
                        }
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static String head(Volume volume) {
        Geometry g = volume.geometry();
        int channels = volume.channels();
        boolean frames = volume.meaning().kind() == Channels.Kind.FRAMES;
        String kind =
                frames
                        ? " time"
                        : volume.meaning().kind() == Channels.Kind.COLOURS
                                ? channels == 3
                                        ? " RGB-color"
                                        : channels == 4 ? " RGBA-color" : " list"
                                : " vector";
        double duration = frames ? volume.meaning().durationSeconds().get(0) : Double.NaN;
        StringBuilder head = new StringBuilder("NRRD0005\ntype: float\ndimension: ");
        head.append(channels > 1 ? 4 : 3).append("\nspace: left-posterior-superior\nsizes: ");
        head.append(g.ni()).append(' ').append(g.nj()).append(' ').append(g.nk());
        head.append(channels > 1 ? " " + channels : "").append("\nspace directions:");
        for (int a = 0; a < 3; a++) {
            Numbers d = g.direction();
            head.append(' ')
                    .append(
                            vector(
                                    d.get(a) * g.spacing(a),
                                    d.get(3 + a) * g.spacing(a),
                                    d.get(6 + a) * g.spacing(a)));
        }
        head.append(channels > 1 ? " none" : "").append("\nkinds: space space space");
        head.append(channels > 1 ? kind : "");
        if (duration > 0) {
            head.append("\nspacings: NaN NaN NaN ").append(Text.of(duration));
            head.append("\nunits: \"\" \"\" \"\" \"s\"");
        }
        Numbers o = g.originMm();
        head.append("\nendian: little\nencoding: gzip\nspace origin: ");
        head.append(vector(o.get(0), o.get(1), o.get(2)));
        String mark = QuantityMark.words(volume.quantity());
        head.append(mark.isEmpty() ? "" : "\ncontent: " + mark).append("\n\n");
        return head.toString();
    }

    private static String vector(double x, double y, double z) {
        return "(" + Text.of(x + 0.0) + "," + Text.of(y + 0.0) + "," + Text.of(z + 0.0) + ")";
    }
}
