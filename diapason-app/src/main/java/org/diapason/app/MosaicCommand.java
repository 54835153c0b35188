package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.compositing.GradientMosaic;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.picture.Pictures;
import org.diapason.math.BandChange;
import org.diapason.math.Mosaic;
import org.diapason.poisson.Multigrid;
import org.diapason.step.Spelling;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason mosaic}: overlapping tiles made seamless. */
@Command(
        name = "mosaic",
        description =
                "Make one seamless image of overlapping tiles: gain and offset of each by robust"
                        + " least squares over what they share, then feathered blending.",
        footer = {
            "",
            "Example: diapason mosaic upper.nii.gz lower.nii.gz --out whole.nii.gz",
            "         diapason mosaic left.png right.png@470,3 --out both.tif --fixed 1"
        })
final class MosaicCommand implements Callable<Integer> {
    private static final int MOST_GREY = 65_535;

    @Parameters(
            arity = "2..*",
            paramLabel = "TILE",
            description =
                    "An image that says where it lies, or a picture with the place of its first"
                            + " pixel: FILE@X,Y in pixels.")
    List<String> files;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT",
            description =
                    "The image to write; .png is rounded to whole numbers, 0 to the tiles' white.")
    Path out;

    @Option(
            names = "--model",
            paramLabel = "M",
            description =
                    "What a tile may be given: gain-offset, gain, offset or none. Default:"
                            + " gain-offset.")
    String model = "gain-offset";

    @Option(
            names = "--fixed",
            paramLabel = "N",
            description =
                    "The tile that stays as it is, counted from 1. Default: none, so that the mean"
                            + " gain is 1 and the mean offset 0.")
    int fixed;

    @Option(
            names = "--histogram",
            description = "Afterwards also match the histogram of what tiles share.")
    boolean histogram;

    @Option(
            names = "--blend",
            paramLabel = "B",
            description =
                    "feather: the mean, weighing the distance to the tile's border; nearest: the"
                            + " tile farthest from its border, without ghosts; gradient: that one's"
                            + " differences, what is left of brightness spread out smoothly."
                            + " Default: feather.")
    String blend = "feather";

    @Option(names = "--allow-physical", description = "Also change the scale of HU, SUV and Bq/ml.")
    boolean allowPhysical;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write gains, offsets and overlaps as JSON; - is standard output.")
    String json;

    @Mixin Common common = new Common();

    /** The words of --blend; a gradient is laid over the tiles that are nearest. */
    private enum Laid {
        FEATHER,
        NEAREST,
        GRADIENT
    }

    @Override
    public Integer call() throws Exception {
        common.start();
        Laid laid = one(Laid.values(), "--blend", blend);
        Mosaic.Settings settings =
                new Mosaic.Settings(
                        one(Mosaic.Model.values(), "--model", model),
                        fixed - 1,
                        histogram,
                        laid == Laid.FEATHER ? Mosaic.Blend.FEATHER : Mosaic.Blend.NEAREST);
        if (fixed < 0 || fixed > files.size()) {
            throw new IllegalArgumentException(
                    "--fixed " + fixed + ": there are " + files.size() + " tiles, counted from 1.");
        }
        MosaicTiles read = MosaicTiles.read(files);
        List<Volume> tiles = read.volumes();
        boolean changes =
                settings.model() != Mosaic.Model.NONE || histogram || laid == Laid.GRADIENT;
        requireAlike(tiles, changes);
        Volume first = tiles.get(0);
        List<float[]> planes = new ArrayList<>();
        List<Map<String, Object>> said = new ArrayList<>();
        List<List<float[]>> after = new ArrayList<>();
        Geometry grid = null;
        for (int c = 0; c < first.channels(); c++) {
            Mosaic.Result result = Mosaic.of(channel(tiles, c), settings);
            planes.add(result.values());
            said.add(fields(result));
            after.add(result.tiles());
            grid = result.grid();
            if (!"-".equals(json)) {
                print(result, first.channels() > 1 ? "channel " + (c + 1) + ", " : "");
            }
        }
        Map<String, Object> solved = new LinkedHashMap<>();
        if (laid == Laid.GRADIENT) {
            GradientMosaic.Result result =
                    new GradientMosaic(fixed - 1, new Multigrid(), OptionalDouble.empty())
                            .of(corrected(tiles, after));
            planes = result.planes();
            GradientMosaicText text = new GradientMosaicText(result);
            solved = text.fields();
            if (!"-".equals(json)) {
                System.out.println(text.words());
            }
        }
        boolean scaleKept = !changes || first.quantity() == Quantity.PICTURE;
        Quantity mapped = laid == Laid.GRADIENT ? Quantity.FUSED : Quantity.MAPPED;
        Volume whole =
                Volume.of(grid, planes, first.meaning(), scaleKept ? first.quantity() : mapped);
        Map<String, Object> rounded = new LinkedHashMap<>();
        Tags tags = Tags.none();
        if (InputFile.name(out).toLowerCase(Locale.ROOT).endsWith(".png")) {
            int white = read.white() > 0 ? read.white() : MOST_GREY;
            int clipped = planes.stream().mapToInt(plane -> round(plane, white)).sum();
            rounded.put("white", white);
            rounded.put("clipped", clipped);
            tags = read.white() > 0 ? Pictures.tags(white) : tags;
            if (clipped > 0) {
                System.err.println(
                        "warning: "
                                + clipped
                                + (clipped == 1 ? " value was" : " values were")
                                + " clipped to 0 … "
                                + white
                                + ", black and white of "
                                + InputFile.name(out)
                                + ". Write .tif to keep them.");
            }
        }
        Images.write(out, new Image(whole, tags, Optional.empty()));
        List<Double> angles = turned(tiles, after);
        if (json != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("channels", said);
            if (!angles.isEmpty()) {
                fields.put("angleDegrees", angles);
            }
            if (!solved.isEmpty()) {
                fields.put("gradient", solved);
            }
            if (!rounded.isEmpty()) {
                fields.put("rounded", rounded);
            }
            Summary.write(json, fields);
        }
        return CommandLines.DONE;
    }

    private static <E extends Enum<E>> E one(E[] all, String option, String asked) {
        List<String> words = new ArrayList<>();
        for (E each : all) {
            String word = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(asked.toLowerCase(Locale.ROOT))) {
                return each;
            }
            words.add(word);
        }
        throw new IllegalArgumentException(
                option + " " + asked + ": " + Spelling.hint(asked, words));
    }

    private void requireAlike(List<Volume> tiles, boolean changes) {
        Volume first = tiles.get(0);
        for (int t = 0; t < tiles.size(); t++) {
            Volume tile = tiles.get(t);
            if (tile.quantity() != first.quantity()
                    || tile.channels() != first.channels()
                    || tile.meaning().kind() != first.meaning().kind()) {
                throw new RefusedException(
                        "tile "
                                + name(t)
                                + " holds "
                                + tile.quantity().label()
                                + " in "
                                + tile.channels()
                                + " channels, and "
                                + name(0)
                                + " "
                                + first.quantity().label()
                                + " in "
                                + first.channels()
                                + ". Give tiles of one kind.");
            }
        }
        if (first.quantity() == Quantity.STORED) {
            throw new RefusedException(
                    "tile "
                            + name(0)
                            + " holds values as stored, which need not be one scale. Give it its"
                            + " units first: diapason convert IN OUT.");
        }
        if (first.quantity().physical() && changes && !allowPhysical) {
            throw new RefusedException(
                    "tile "
                            + name(0)
                            + " holds "
                            + first.quantity().label()
                            + ", whose scale a gain or offset would destroy. Choose --model none"
                            + (blend.equals("gradient") ? " and another --blend," : ",")
                            + " or set --allow-physical.");
        }
    }

    private String name(int tile) {
        String file = files.get(tile);
        return InputFile.name(Path.of(file));
    }

    private List<Mosaic.Tile> channel(List<Volume> tiles, int c) {
        List<Mosaic.Tile> of = new ArrayList<>();
        for (int t = 0; t < tiles.size(); t++) {
            of.add(new Mosaic.Tile(name(t), tiles.get(t).geometry(), tiles.get(t).channel(c)));
        }
        return of;
    }

    /** Returns the tiles after gain, offset and histogram, channel by channel. */
    private List<List<Mosaic.Tile>> corrected(List<Volume> tiles, List<List<float[]>> after) {
        List<List<Mosaic.Tile>> channels = new ArrayList<>();
        for (List<float[]> values : after) {
            List<Mosaic.Tile> of = new ArrayList<>();
            for (int t = 0; t < values.size(); t++) {
                of.add(new Mosaic.Tile(name(t), tiles.get(t).geometry(), values.get(t)));
            }
            channels.add(of);
        }
        return channels;
    }

    /** Says how the ratio of channels changed in each tile: channels are fitted one by one. */
    private List<Double> turned(List<Volume> tiles, List<List<float[]>> after) {
        List<Double> angles = new ArrayList<>();
        for (int t = 0; after.size() > 1 && t < tiles.size(); t++) {
            List<float[]> was = new ArrayList<>();
            List<float[]> is = new ArrayList<>();
            for (int c = 0; c < after.size(); c++) {
                was.add(tiles.get(t).channel(c));
                is.add(after.get(c).get(t));
            }
            BandChange change = BandChange.of(was, is, null);
            angles.add(change.meanDegrees());
            if (change.meanDegrees() > BandChange.NOTICED_DEGREES) {
                System.err.println(
                        "warning: tile "
                                + name(t)
                                + ": the ratio of its channels turned by "
                                + Numbers.fixed(change.meanDegrees(), 1)
                                + "° on average (95 % below "
                                + Numbers.fixed(change.p95Degrees(), 1)
                                + "°), above "
                                + Numbers.fixed(BandChange.NOTICED_DEGREES, 1)
                                + "°: its colours are another tile's now. Keep the tile whose"
                                + " colours are right with --fixed, or choose --model none.");
            }
        }
        return angles;
    }

    private void print(Mosaic.Result result, String where) {
        for (int t = 0; t < files.size(); t++) {
            System.out.println(
                    where
                            + name(t)
                            + ": gain "
                            + Numbers.fixed(result.gains().get(t), 5)
                            + ", offset "
                            + Numbers.fixed(result.offsets().get(t), 3));
        }
        for (Mosaic.Overlap o : result.overlaps()) {
            System.out.println(
                    where
                            + name(o.a())
                            + " and "
                            + name(o.b())
                            + ": "
                            + o.voxels()
                            + " voxels, difference "
                            + Numbers.fixed(o.before(), 3)
                            + " before, "
                            + Numbers.fixed(o.after(), 3)
                            + " after (root mean square), "
                            + Numbers.fixed(100 * o.outliers(), 1)
                            + " % left out");
        }
    }

    private Map<String, Object> fields(Mosaic.Result result) {
        List<Map<String, Object>> tiles = new ArrayList<>();
        for (int t = 0; t < files.size(); t++) {
            Map<String, Object> tile = new LinkedHashMap<>();
            tile.put("tile", name(t));
            tile.put("gain", result.gains().get(t));
            tile.put("offset", result.offsets().get(t));
            tiles.add(tile);
        }
        List<Map<String, Object>> overlaps = new ArrayList<>();
        for (Mosaic.Overlap o : result.overlaps()) {
            Map<String, Object> overlap = new LinkedHashMap<>();
            overlap.put("a", name(o.a()));
            overlap.put("b", name(o.b()));
            overlap.put("voxels", o.voxels());
            overlap.put("rmsBefore", o.before());
            overlap.put("rmsAfter", o.after());
            overlap.put("outliers", o.outliers());
            overlaps.add(overlap);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tiles", tiles);
        fields.put("overlaps", overlaps);
        return fields;
    }

    /** Rounds in place to what a picture can hold; black where no tile lies. */
    private static int round(float[] values, int white) {
        int clipped = 0;
        for (int v = 0; v < values.length; v++) {
            float x = values[v] != values[v] ? 0 : (float) Math.rint(values[v]);
            values[v] = Math.max(0, Math.min(white, x)) + 0f; // no −0
            clipped += values[v] != x ? 1 : 0;
        }
        return clipped;
    }
}
