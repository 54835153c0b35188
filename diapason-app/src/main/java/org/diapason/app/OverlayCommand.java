package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Spelling;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Interpolation;
import org.diapason.picture.Lut;
import org.diapason.picture.Montage;
import org.diapason.picture.Overlay;
import org.diapason.picture.SliceChoice;
import org.diapason.picture.SlicePlane;
import org.diapason.picture.ValueRange;
import org.diapason.registration.Deformation;
import org.diapason.registration.Warp;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason overlay}: one image in colour over another in grey, as a picture. */
@Command(
        name = "overlay",
        description =
                "Draw one image in colour over another in grey: slices with a legend as PNG, or the"
                        + " whole as an RGB image on the grid of ANAT. The images stay as they are.",
        footer = {
            "",
            "The patient's right is at the left. OUT.nii.gz is a picture and no quantity any more.",
            "Example: diapason overlay ct.nii.gz pet.nii.gz fused.png --anat-quantity HU"
                    + " --func-quantity SUVbw",
            "         diapason overlay ct/ pet/ fused.png --slices axial:-120,-80,-40mm"
                    + " --slices coronal --range 0:15",
            "docs/concepts/overlay.md has the rules."
        })
final class OverlayCommand implements Callable<Integer> {
    private static final ValueRange UNIT = new ValueRange(0, 1, "");

    @Parameters(index = "0", paramLabel = "ANAT", description = "The image in grey.")
    Path anat;

    @Parameters(index = "1", paramLabel = "FUNC", description = "The image in colour.")
    Path func;

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "Slices: .png or .tif. All voxels: .nii.gz .nii .nrrd .mha .mhd.")
    Path out;

    @Option(
            names = "--window",
            paramLabel = "LO:HI",
            description =
                    "Values of ANAT shown black and white. Default: -160:240 for HU, 0:10 for SUV,"
                            + " else from the 1st to the 99th percentile.")
    String window;

    @Option(
            names = "--lut",
            paramLabel = "L",
            description =
                    "Colours: hot, cold, viridis, green, grey, blue-red or warning. Default: hot.")
    String lut = "hot";

    @Option(
            names = "--range",
            paramLabel = "LO:HI",
            description =
                    "Values of FUNC with the first and the last colour. Default: 0:10 for SUV, -4:4"
                            + " for z-scores, -160:240 for HU, else up to the 99.9th percentile.")
    String range;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Opacity of the colours, 0 to 1. Default: 0.6.")
    double alpha = 0.6;

    @Option(
            names = "--from",
            paramLabel = "V",
            description =
                    "Values of FUNC below are transparent. Default: a fifth up the range; where it"
                            + " begins below 0, none are.")
    Double from;

    @Option(
            names = "--transform",
            paramLabel = "T",
            description =
                    "Leads places of ANAT to those of FUNC. Default: where the headers put them.")
    Path transform;

    @Option(
            names = "--slices",
            paramLabel = "S",
            description =
                    "axial, coronal or sagittal, with numbers (axial:10,20,30, counted from 0) or"
                            + " places (axial:-12.5,40mm, LPS); may be given several times. Default:"
                            + " nine axial ones, denser where FUNC is bright.")
    List<String> slices = List.of();

    @Option(
            names = "--anat-quantity",
            paramLabel = "Q",
            description = "What the values of ANAT are if the file does not say: HU, MR, …")
    String anatQuantity;

    @Option(
            names = "--func-quantity",
            paramLabel = "Q",
            description = "What the values of FUNC are if the file does not say: SUVbw, …")
    String funcQuantity;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Outputs.besides(anat, func, transform).and("OUT", out).and("--json", json.path());
        boolean whole = ImageFormat.toWrite(out).placed();
        Lut colours = Lut.of(lut);
        List<SliceChoice> choices = slices.stream().map(SliceChoice::of).toList();
        if (whole && !choices.isEmpty()) {
            throw new IllegalArgumentException(
                    "--slices: " + InputFile.name(out) + " holds all voxels. Write a .png.");
        }
        ValueRange asked = window == null ? null : ValueRange.parse("--window", window);
        ValueRange span = range == null ? null : ValueRange.parse("--range", range);
        double opaque = new Overlay(UNIT, colours, UNIT, alpha, 0).alpha(); // before files are read
        Optional<Quantity> saidOfA = quantity("--anat-quantity", anatQuantity);
        Optional<Quantity> saidOfB = quantity("--func-quantity", funcQuantity);
        Volume a = read(anat, "--anat-quantity", saidOfA);
        Volume b = read(func, "--func-quantity", saidOfB);
        ValueRange shown = span == null ? ValueRange.colour(b) : span;
        Overlay overlay =
                new Overlay(
                        asked == null ? ValueRange.grey(a) : asked,
                        colours,
                        shown,
                        opaque,
                        from == null ? Overlay.defaultFrom(shown) : from);
        Volume there = brought(b, a.geometry());
        warnOfNoColour(overlay, there);
        Map<String, Object> fields = fields(overlay, a, there);
        List<String> lines = lines(overlay, a, there);
        if (whole) {
            Images.write(out, Image.of(overlay.volume(a, there)));
            lines.add(InputFile.name(out) + ": RGB, on the grid of " + InputFile.name(anat));
        } else {
            List<SlicePlane> planes = planes(choices, a, there, overlay);
            Montage montage = new Montage(overlay, planes);
            Images.write(out, Image.of(montage.draw(a, there).volume(montage.pixelMm())));
            List<String> where = planes.stream().map(SlicePlane::where).toList();
            fields.put("slices", where);
            fields.put("pixelMm", montage.pixelMm());
            lines.add(InputFile.name(out) + ": " + String.join("; ", where));
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    private static Volume read(Path file, String option, Optional<Quantity> said) {
        Volume volume = InUnits.read(file);
        volume.values(); // refuses several channels
        if (said.isEmpty()) {
            return volume;
        }
        if (volume.quantity() != Quantity.UNKNOWN) {
            throw new DataException(
                    InputFile.name(file)
                            + ": says itself what its values are ("
                            + volume.quantity().label()
                            + "). Leave "
                            + option
                            + " out.");
        }
        return volume.withQuantity(said.get());
    }

    private static Optional<Quantity> quantity(String option, String given) {
        if (given == null) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>();
        for (Quantity q : Quantity.values()) {
            if (q.label().equalsIgnoreCase(given)) {
                return Optional.of(q);
            }
            known.add(q.label());
        }
        throw new IllegalArgumentException(
                option + " " + given + ": " + Spelling.hint(given, known));
    }

    /** Linear, which makes no value that is not between its neighbours. */
    private Volume brought(Volume b, Geometry grid) {
        Transform t = transform == null ? Affine.IDENTITY : Transforms.read(transform);
        if (Deformation.isSearched(t)) {
            Deformation found = Deformation.found(grid, t);
            WarpCommand.warnOfMiss(
                    found.missed(), found.worstMissMm(), "voxels are shown without colour");
            t = found.field();
        }
        Volume there = Warp.image(b, t, grid, Interpolation.LINEAR);
        for (float v : there.values()) {
            if (v == v) {
                return there;
            }
        }
        throw new RefusedException(
                InputFile.name(func)
                        + ": has no value where "
                        + InputFile.name(anat)
                        + " lies"
                        + (transform == null ? ", as their headers say" : "")
                        + ". Look at both with diapason inspect, or register them and give"
                        + " --transform.");
    }

    private void warnOfNoColour(Overlay overlay, Volume there) {
        for (float v : there.values()) {
            if (overlay.shows(v)) {
                return;
            }
        }
        System.err.println(
                "warning: no voxel of "
                        + InputFile.name(func)
                        + " reaches "
                        + overlay.range().text(overlay.from())
                        + " within "
                        + InputFile.name(anat)
                        + ", so there is no colour in the picture. Lower --from.");
    }

    private static List<SlicePlane> planes(
            List<SliceChoice> asked, Volume a, Volume b, Overlay overlay) {
        List<SliceChoice> choices = asked.isEmpty() ? List.of(SliceChoice.brightest(a)) : asked;
        List<SlicePlane> planes = new ArrayList<>();
        choices.forEach(c -> planes.addAll(c.planes(a, b, overlay)));
        return planes;
    }

    private List<String> lines(Overlay o, Volume a, Volume b) {
        String unit = ValueRange.unit(b.quantity());
        List<String> lines = new ArrayList<>();
        lines.add("grey: " + o.window().words(a.quantity()) + " (" + o.window().why() + ")");
        lines.add(
                "colour: "
                        + o.range().words(b.quantity())
                        + " ("
                        + o.range().why()
                        + "), "
                        + (o.from() == Double.NEGATIVE_INFINITY
                                ? "all values"
                                : "from " + o.range().text(o.from()) + unit)
                        + ", opacity "
                        + Numbers.plain(100 * o.alpha())
                        + " %, "
                        + o.lut().word());
        long above = above(o, b);
        if (above > 0) {
            lines.add(above + " voxels above the range have its last colour");
        }
        return lines;
    }

    private static long above(Overlay o, Volume b) {
        long above = 0;
        for (float v : b.values()) {
            above += v > o.range().high() ? 1 : 0;
        }
        return above;
    }

    private static Map<String, Object> fields(Overlay o, Volume a, Volume b) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("window", List.of(o.window().low(), o.window().high()));
        fields.put("windowQuantity", a.quantity().label());
        fields.put("range", List.of(o.range().low(), o.range().high()));
        fields.put("rangeQuantity", b.quantity().label());
        fields.put("from", o.from() == Double.NEGATIVE_INFINITY ? null : o.from());
        fields.put("alpha", o.alpha());
        fields.put("lut", o.lut().word());
        fields.put("voxelsAboveRange", above(o, b));
        return fields;
    }
}
