package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.transform.Transforms;
import org.diapason.picture.Lut;
import org.diapason.picture.Overlaid;
import org.diapason.picture.OverlayLook;
import org.diapason.registration.Deformation;
import org.diapason.step.Spelling;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
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
        OverlayLook look =
                new OverlayLook(
                        Optional.ofNullable(window),
                        Lut.of(lut),
                        Optional.ofNullable(range),
                        alpha,
                        from == null ? OptionalDouble.empty() : OptionalDouble.of(from),
                        slices);
        if (whole && !slices.isEmpty()) {
            throw new IllegalArgumentException(
                    "--slices: " + InputFile.name(out) + " holds all voxels. Write a .png.");
        }
        Optional<Quantity> saidOfA = quantity("--anat-quantity", anatQuantity);
        Optional<Quantity> saidOfB = quantity("--func-quantity", funcQuantity);
        Volume a = read(anat, "--anat-quantity", saidOfA);
        Volume b = read(func, "--func-quantity", saidOfB);
        Overlaid overlaid =
                Overlaid.of(look, a, b, transform(a.geometry())).orElseThrow(this::apart);
        warnOfNoColour(overlaid);
        OverlayText text = new OverlayText(overlaid);
        Map<String, Object> fields = text.fields();
        List<String> lines = text.lines();
        if (whole) {
            Images.write(out, Image.of(overlaid.whole()));
            lines.add(InputFile.name(out) + ": RGB, on the grid of " + InputFile.name(anat));
        } else {
            Overlaid.Drawn drawn = overlaid.drawn();
            Images.write(out, Image.of(drawn.picture()));
            fields.put("slices", drawn.slices());
            fields.put("pixelMm", drawn.pixelMm());
            lines.add(InputFile.name(out) + ": " + String.join("; ", drawn.slices()));
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

    private Transform transform(Geometry grid) {
        Transform t = transform == null ? Affine.IDENTITY : Transforms.read(transform);
        if (!Deformation.isSearched(t)) {
            return t;
        }
        Deformation found = Deformation.found(grid, t);
        WarpCommand.warnOfMiss(
                found.missed(), found.worstMissMm(), "voxels are shown without colour");
        return found.field();
    }

    private RefusedException apart() {
        return new RefusedException(
                InputFile.name(func)
                        + ": has no value where "
                        + InputFile.name(anat)
                        + " lies"
                        + (transform == null ? ", as their headers say" : "")
                        + ". Look at both with diapason inspect, or register them and give"
                        + " --transform.");
    }

    private void warnOfNoColour(Overlaid overlaid) {
        if (overlaid.colourless()) {
            System.err.println(
                    "warning: no voxel of "
                            + InputFile.name(func)
                            + " reaches "
                            + overlaid.overlay().range().text(overlaid.overlay().from())
                            + " within "
                            + InputFile.name(anat)
                            + ", so there is no colour in the picture. Lower --from.");
        }
    }
}
