package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.pansharpening.Pansharpened;
import org.diapason.pansharpening.Resolution;
import org.diapason.pansharpening.Sharpening;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.step.Names;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason pansharpen}: bands of low resolution with the detail of a sharp image. */
@Command(
        name = "pansharpen",
        description =
                "Give images of low resolution (PET, diffusion weightings, phases) the detail of a sharp"
                        + " one (MR, CT) on its grid, judge that one resolution step down, where the"
                        + " truth is known, and refuse it where they are better left alone.",
        footer = {
            "",
            "Bands may lie on a grid of their own; else say how coarse they were: --fwhm-mm, or"
                    + " --spacing-mm. SHARP and bands must be registered. Channels of a band are bands.",
            "ihs, brovey and gram-schmidt need two bands or more. Settings of a rule are written as in"
                    + " a recipe: --rule '{mtf-glp: {gain: sd}}'",
            "Example: diapason pansharpen t1.nii.gz pet.nii.gz sharp.nii.gz --rule mtf-glp --fwhm-mm 6",
            "         diapason pansharpen t2.nii.gz b50.nii.gz b800.nii.gz out.nii.gz"
                    + " --rule gram-schmidt --judge",
            "docs/methods/pansharpen.md has the formulas."
        })
final class PansharpenCommand implements Callable<Integer> {

    @Parameters(
            arity = "3..*",
            paramLabel = "SHARP BAND… OUT",
            description =
                    "SHARP, one band or more, then OUT: .nii.gz .nii .nrrd .mha .mhd. Of several bands"
                            + " each is written with its name before the ending of OUT.")
    List<Path> files;

    @Mixin PansharpenOptions options = new PansharpenOptions();

    @Option(
            names = "--within",
            paramLabel = "M",
            description = "Fit and judge in these voxels of SHARP only. Default: all with a value.")
    Path within;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Say how far mean and largest value in these voxels of SHARP drift.")
    Path mask;

    @Option(
            names = "--judge",
            description =
                    "Print every figure of Wald's protocol, with Dλ, Ds and QNR at full resolution.")
    boolean judge;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Sharpening rule = options.rule();
        Resolution said = options.resolution();
        boolean refuses = options.refuses();
        Path first = files.get(0);
        List<Path> given = files.subList(1, files.size() - 1);
        List<Path> out = outputs(given, files.get(files.size() - 1));
        Outputs outputs = Outputs.besides(read());
        out.forEach(file -> outputs.and("OUT", file));
        outputs.and("--json", json.path());

        Volume sharp = InUnits.read(first);
        List<Volume> bands = given.stream().map(InUnits::read).toList();
        List<String> names = new ArrayList<>();
        List<Volume> flat = new ArrayList<>();
        for (int b = 0; b < bands.size(); b++) {
            for (int c = 0; c < bands.get(b).channels(); c++) {
                String name = InputFile.name(given.get(b));
                names.add(bands.get(b).channels() == 1 ? name : name + " [" + (c + 1) + "]");
                flat.add(bands.get(b).only(c));
            }
        }
        Pansharpened made =
                Pansharpened.of(rule, sharp, names, flat, said, mask(within, sharp, first));
        PansharpenText text =
                new PansharpenText(
                        Names.of(rule),
                        InputFile.name(first),
                        made,
                        mask(mask, sharp, first),
                        judge ? made.fullResolution() : Map.<Metric, Figure>of());
        boolean refused = refuses && made.harm().isPresent();
        List<String> written = refused ? List.of() : write(out, bands, made);
        if (json.write(text.fields(written))) {
            System.out.print(text.words(judge, written));
        }
        if (refused) {
            made.refuseHarm();
        }
        made.harm().ifPresent(harm -> System.err.println("warning: " + harm));
        return CommandLines.DONE;
    }

    private Path[] read() {
        List<Path> read = new ArrayList<>(files.subList(0, files.size() - 1));
        read.add(within);
        read.add(mask);
        return read.toArray(Path[]::new);
    }

    /** Returns the file of each band. */
    private static List<Path> outputs(List<Path> bands, Path out) {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
        if (bands.size() == 1) {
            return List.of(out);
        }
        List<Path> all = new ArrayList<>();
        for (Path band : bands) {
            String name = InputFile.name(band).replaceFirst("\\.(nii|nrrd|mha|mhd)(\\.gz)?$", "");
            all.add(Outputs.named(out, "." + name));
        }
        if (new TreeSet<>(all).size() < all.size()) {
            throw new IllegalArgumentException(
                    "two bands have one name, and would be written to one file. Rename one.");
        }
        return all;
    }

    private static Optional<Mask> mask(Path file, Volume sharp, Path of) {
        return Optional.ofNullable(file).map(m -> Masks.read(m, sharp.geometry(), Optional.of(of)));
    }

    /** Writes the channels of each band together again. */
    private static List<String> write(List<Path> out, List<Volume> bands, Pansharpened made) {
        List<String> written = new ArrayList<>();
        int at = 0;
        for (int b = 0; b < bands.size(); b++) {
            List<float[]> planes = new ArrayList<>();
            Quantity quantity = bands.get(b).quantity();
            for (int c = 0; c < bands.get(b).channels(); c++) {
                Volume one = made.bands().get(at++).fused().volume();
                planes.add(one.values());
                quantity = one.quantity() == quantity ? quantity : Quantity.UNKNOWN;
            }
            Volume whole =
                    Volume.of(
                            made.bands().get(0).fused().volume().geometry(),
                            planes,
                            bands.get(b).meaning(),
                            quantity);
            Images.write(out.get(b), Image.of(whole));
            written.add(InputFile.name(out.get(b)));
        }
        return written;
    }
}
