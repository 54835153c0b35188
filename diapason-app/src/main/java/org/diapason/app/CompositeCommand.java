package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.compositing.PictureComposite;
import org.diapason.compositing.PorterDuff;
import org.diapason.compositing.VolumeComposite;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.picture.Pictures;
import org.diapason.step.Spelling;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason composite}: one picture or volume laid on another by its opacity. */
@Command(
        name = "composite",
        description =
                "Lay one picture or volume on another by its opacity: y = A x + (1 - A) z. Samples"
                        + " of 8 and 16 bits are rounded once; measured values stay as they are"
                        + " where A is 0 or 1.",
        footer = {
            "",
            "Where FG is NaN, or does not reach, BG stays.",
            "Example: diapason composite logo.png photo.png out.png --offset 20,40",
            "         diapason composite pet.nii.gz ct.nii.gz out.nii.gz --alpha 0.4",
            "A seam that should not show is for blend. docs/methods/composite.md has the rules."
        })
final class CompositeCommand implements Callable<Integer> {
    private static final double SAME_GRID_VOXELS = 1e-3;

    @Parameters(index = "0", paramLabel = "FG", description = "What is laid over BG.")
    Path over;

    @Parameters(index = "1", paramLabel = "BG", description = "What it is laid on.")
    Path below;

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "Of the size of BG: .png .tif .nii.gz .nii .nrrd .mha .mhd.")
    Path out;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description =
                    "Opacity of FG: a number from 0 to 1, or an image of FG's size (0 to 1, or 0 to"
                            + " white in a picture). Multiplies the opacity that FG has itself."
                            + " Default: 1.")
    String alpha = "1";

    @Option(
            names = "--operator",
            paramLabel = "O",
            description =
                    "Of pictures: over, under, in, atop or plus (Porter and Duff). Default: over.")
    String operator = "over";

    @Option(
            names = "--offset",
            paramLabel = "X,Y[,Z]",
            description = "The pixel of BG on which the first of FG lies. Default: 0,0.")
    String offset;

    @Option(names = "--premultiplied", description = "Colours hold their opacity already.")
    boolean premultiplied;

    @Option(names = "--linear-light", description = "Mix light instead of samples of sRGB.")
    boolean linearLight;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Optional<Float> number = number(alpha);
        Path matteFile = number.isPresent() ? null : Path.of(alpha);
        Outputs.besides(over, below, matteFile).and("OUT", out).and("--json", json.path());
        ImageFormat.toWrite(out);
        PictureComposite how = new PictureComposite(operator(), premultiplied, linearLight);
        int[] at = Offset.of(offset);
        Image fg = Images.read(over);
        Image bg = Images.read(below);
        boolean pictures = Pictures.white(fg) > 0 && Pictures.white(bg) > 0;
        int white =
                pictures && Math.max(Pictures.white(fg), Pictures.white(bg)) > 255 ? 65535 : 255;
        float opaque = pictures ? white : 1;
        float[] matte =
                matteFile != null
                        ? matte(matteFile, fg.volume().geometry(), opaque)
                        : pictures && number.orElseThrow() < 1
                                ? filled(fg.volume(), number.orElseThrow() * opaque)
                                : new float[0];
        Map<String, Object> fields = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        Volume made;
        Tags tags = Tags.none();
        if (pictures) {
            made =
                    how.of(
                            Pictures.scaled(fg, white),
                            Pictures.scaled(bg, white),
                            matte,
                            white,
                            at[0],
                            at[1]);
            tags = Pictures.tags(white);
            fields.put("operator", how.operator().label());
            fields.put("white", white);
        } else {
            requirePlain(how);
            Volume x = InUnits.read(over);
            Volume z = InUnits.read(below);
            requireOneGrid(x.geometry(), z.geometry());
            VolumeComposite laid =
                    VolumeComposite.of(x, z, matte, number.orElse(1f), at[0], at[1], at[2]);
            made = laid.volume();
            fields.put("covered", laid.covered());
            fields.put("unmeasured", laid.unmeasured());
            lines.add(
                    laid.covered()
                            + " voxels covered"
                            + (laid.unmeasured() == 0
                                    ? ""
                                    : ", "
                                            + laid.unmeasured()
                                            + " of them left as they were: FG is NaN there"));
        }
        fields.put("pixels", made.geometry().voxels());
        fields.put("channels", made.channels());
        fields.put("quantity", made.quantity().label());
        Images.write(out, new Image(made, tags, Optional.empty()));
        lines.add(
                InputFile.name(out)
                        + ": "
                        + made.geometry().ni()
                        + " × "
                        + made.geometry().nj()
                        + (made.geometry().nk() > 1 ? " × " + made.geometry().nk() : "")
                        + ", "
                        + made.quantity().label());
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    private PorterDuff operator() {
        List<String> known = new ArrayList<>();
        for (PorterDuff o : PorterDuff.values()) {
            if (o.label().equals(operator)) {
                return o;
            }
            known.add(o.label());
        }
        throw new IllegalArgumentException(
                "--operator " + operator + ": " + Spelling.hint(operator, known));
    }

    private static Optional<Float> number(String text) {
        float a;
        try {
            a = Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        if (!(a >= 0 && a <= 1)) {
            throw new IllegalArgumentException("--alpha must be from 0 to 1, got " + text);
        }
        return Optional.of(a);
    }

    /** Returns opacities from 0 to opaque. */
    private static float[] matte(Path file, Geometry of, float opaque) {
        Image image = Images.read(file);
        float[] values = image.volume().values();
        Geometry g = image.volume().geometry();
        if (g.ni() != of.ni() || g.nj() != of.nj() || g.nk() != of.nk()) {
            throw new RefusedException(
                    InputFile.name(file)
                            + ": an opacity needs the size of FG, "
                            + of.ni()
                            + " × "
                            + of.nj()
                            + " × "
                            + of.nk()
                            + ", it has "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + ".");
        }
        float full = Math.max(1, Pictures.white(image));
        float[] matte = new float[values.length];
        for (int p = 0; p < matte.length; p++) {
            if (!(values[p] >= 0 && values[p] <= full)) {
                throw new RefusedException(
                        InputFile.name(file)
                                + ": opacities go from 0 to "
                                + Math.round(full)
                                + ", voxel "
                                + p
                                + " holds "
                                + values[p]
                                + ". Scale it, or give a number.");
            }
            matte[p] = values[p] * (opaque / full);
        }
        return matte;
    }

    private static float[] filled(Volume like, float value) {
        float[] all = new float[like.geometry().voxels()];
        Arrays.fill(all, value);
        return all;
    }

    private void requirePlain(PictureComposite how) {
        if (how.operator() != PorterDuff.OVER || premultiplied || linearLight) {
            throw new IllegalArgumentException(
                    "--operator, --premultiplied and --linear-light are for two pictures of whole"
                            + " samples (.png, .tif, .jpg); images of measured values have neither"
                            + " an opacity of their own nor a curve.");
        }
    }

    private void requireOneGrid(Geometry x, Geometry z) {
        if (offset == null && !x.isClose(z, SAME_GRID_VOXELS)) {
            throw new IllegalArgumentException(
                    InputFile.name(over)
                            + " does not lie on the grid of "
                            + InputFile.name(below)
                            + ". Bring it there (diapason warp "
                            + InputFile.name(over)
                            + " T OUT --like "
                            + InputFile.name(below)
                            + "), or say where it lies in voxels: --offset X,Y,Z");
        }
    }
}
