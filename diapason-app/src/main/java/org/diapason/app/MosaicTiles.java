package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Tiles as they are given to {@code mosaic}: samples on one scale, where their names say, without
 * opacity.
 *
 * @param volumes one per tile; NaN where a pixel is clear
 * @param white the sample that is white in all of them, 0 where one does not say
 */
record MosaicTiles(List<Volume> volumes, int white) {
    private static final Pattern PLACED = Pattern.compile("(.+)@(-?\\d{1,9}),(-?\\d{1,9})");
    private static final int LEAST_WHITE = 255;

    /** Reads tiles; warns of opacity that is not used. */
    static MosaicTiles read(List<String> names) {
        List<Image> images = new ArrayList<>();
        int white = LEAST_WHITE;
        for (String name : names) {
            Image image = Images.read(file(name));
            int own = Pictures.white(image);
            white = own == 0 || white == 0 ? 0 : Math.max(white, own);
            images.add(image);
        }
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < images.size(); t++) {
            Image image = images.get(t);
            Volume v = white == 0 ? image.volume() : Pictures.scaled(image, white);
            boolean colours = v.meaning().kind() == Channels.Kind.COLOURS;
            if (colours && v.channels() % 2 == 0) {
                System.err.println(
                        "warning: tile "
                                + InputFile.name(file(names.get(t)))
                                + " has opacity: its clear pixels count as not measured, the others"
                                + " as opaque.");
                v = seen(v);
            }
            volumes.add(placed(v, names.get(t)));
        }
        return new MosaicTiles(volumes, white);
    }

    static Path file(String name) {
        Matcher placed = PLACED.matcher(name);
        return Path.of(placed.matches() ? placed.group(1) : name);
    }

    /** Returns the colours, NaN where they are clear. */
    private static Volume seen(Volume v) {
        float[] opacity = v.channel(v.channels() - 1);
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < v.channels() - 1; c++) {
            float[] plane = v.channel(c).clone();
            for (int p = 0; p < plane.length; p++) {
                plane[p] = opacity[p] == 0 ? Float.NaN : plane[p];
            }
            planes.add(plane);
        }
        Channels meaning = planes.size() > 1 ? Channels.COLOURS : Channels.ONE;
        return Volume.of(v.geometry(), planes, meaning, v.quantity());
    }

    private static Volume placed(Volume v, String name) {
        Matcher placed = PLACED.matcher(name);
        if (!placed.matches()) {
            return v;
        }
        Geometry g = v.geometry();
        Numbers origin =
                Numbers.of(
                        Integer.parseInt(placed.group(2)) * g.spacing(0),
                        Integer.parseInt(placed.group(3)) * g.spacing(1),
                        0);
        Geometry there =
                new Geometry(g.ni(), g.nj(), g.nk(), g.spacingMm(), origin, Geometry.IDENTITY);
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < v.channels(); c++) {
            planes.add(v.channel(c));
        }
        return Volume.of(there, planes, v.meaning(), v.quantity());
    }
}
