package org.diapason.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.diapason.compositing.Blend;
import org.diapason.compositing.Blended;
import org.diapason.compositing.Rounded;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Image;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason blend}: one image laid into another without a seam. */
@Command(
        name = "blend",
        description =
                "Lay one image into another without a seam: inside a mask the differences of"
                        + " neighbours are those of SOURCE, at its border the values those of TARGET"
                        + " (Poisson image editing). Says how exactly that was solved, and how far"
                        + " values drifted.",
        footer = {
            "",
            "Pictures lie by pixels, other files where they say they lie; --offset says where the"
                    + " first pixel of SOURCE goes on TARGET. A mask of the size of SOURCE moves"
                    + " with it; any pixel that is not 0 is in it.",
            "The outcome is no HU or SUV any more; files say so. A .png holds whole numbers: what"
                    + " was rounded and clipped is told. Other formats hold 32-bit floats.",
            "Example: diapason blend moon.png sky.png mask.png out.png --offset 120,40",
            "         diapason blend a.nii.gz b.nii.gz lesion.nii.gz out.nii.gz --gradients mixed"
                    + " --tolerance 0.01 --json -",
            "         diapason blend - scan.nii.gz gap.nii.gz out.nii.gz --gradients membrane",
            "docs/methods/blend.md has the formulas."
        })
final class BlendCommand implements Callable<Integer> {
    private static final Pattern PLACE = Pattern.compile("-?\\d{1,9}(,-?\\d{1,9}){1,2}");

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "What is laid in; - for membrane.")
    Path source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "What it is laid into.")
    Path target;

    @Parameters(
            index = "2",
            paramLabel = "MASK",
            description = "Where: an image that is not 0 there, of the size of SOURCE or TARGET.")
    Path mask;

    @Parameters(index = "3", paramLabel = "OUT", description = "The image to write.")
    Path out;

    @Option(
            names = "--offset",
            paramLabel = "X,Y[,Z]",
            description =
                    "Where the first pixel of SOURCE goes on TARGET, in pixels. Default: 0,0, or"
                            + " where the files say.")
    String offset;

    @Mixin BlendOptions options = new BlendOptions();

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        requireSense();
        BlendInputs inputs = new BlendInputs(target, source, place(), mask);
        Volume on = inputs.target();
        Blend blend = options.blend(inputs::edges);
        long start = System.nanoTime();
        Blended blended = blend.of(inputs.layer(), on, inputs.mask());
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean whole = InputFile.name(out).toLowerCase(Locale.ROOT).endsWith(".png");
        Optional<Rounded> rounded =
                whole ? Optional.of(inputs.rounded(blended.volume())) : Optional.empty();
        Volume written = rounded.map(Rounded::volume).orElse(blended.volume());
        Tags tags = rounded.map(r -> Pictures.tags(r.white())).orElse(Tags.none());
        Images.write(out, new Image(written, tags, Optional.empty()));
        BlendText text = new BlendText(options, blended, rounded, seconds, InputFile.name(out));
        blended.notes().forEach(note -> System.err.println("warning: " + note));
        if (json.write(text.fields())) {
            System.out.print(text.words(inputs.names()));
        }
        return CommandLines.DONE;
    }

    /** Checks everything that can be checked before anything is read. */
    private void requireSense() {
        ImageFormat.toWrite(out);
        options.requireSense();
        place();
        boolean membrane = options.gradients() == BlendOptions.Gradients.MEMBRANE;
        boolean none = source.toString().equals("-");
        if (membrane != none) {
            throw new IllegalArgumentException(
                    none
                            ? "SOURCE - is for --gradients membrane, which takes nothing from a"
                                    + " source."
                            : "--gradients membrane takes nothing from a source: give - for SOURCE.");
        }
        if (none && offset != null) {
            throw new IllegalArgumentException("--offset is for a SOURCE.");
        }
        Outputs.besides(none ? null : source, target, mask, options.edges)
                .and("OUT", out)
                .and("--json", json.path());
    }

    private Optional<int[]> place() {
        if (offset == null) {
            return Optional.empty();
        }
        if (!PLACE.matcher(offset).matches()) {
            throw new IllegalArgumentException(
                    "--offset " + offset + ": needs two or three whole numbers, as in 120,40.");
        }
        String[] parts = offset.split(",");
        int[] at = new int[3];
        for (int a = 0; a < parts.length; a++) {
            at[a] = Integer.parseInt(parts[a]);
        }
        return Optional.of(at);
    }
}
