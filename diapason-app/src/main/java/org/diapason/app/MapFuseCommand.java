package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.reconstruction.Change;
import org.diapason.reconstruction.MapFusion;
import org.diapason.reconstruction.MapPrior;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason map-fuse}: PET at a finer resolution, by its likelihood and an MR's edges. */
@Command(
        name = "map-fuse",
        description =
                "Take blur and noise from PET by its likelihood and a prior that may know the edges of"
                        + " MR or CT, and say what the prior has put there.",
        footer = {
            "",
            "Priors: tv, huber-tv and rdp know PET alone; jtv, dtv, pls, bowsher and bowsher-l1 take"
                    + " edges from MR. The images must lie on one grid: diapason warp MR T OUT --like"
                    + " PET.",
            "With MR, .imposed beside OUT is what MR has added: OUT less the same with a flat MR.",
            "Example: diapason map-fuse pet.nii.gz mr.nii.gz out.nii.gz --prior dtv --fwhm-mm 6",
            "         diapason map-fuse pet.nii.gz out.nii.gz --prior tv --fwhm-mm 6,6,5"
                    + " --noise 0.2 --mask gtv.nii.gz",
            "docs/methods/map-fuse.md has the formulas."
        })
final class MapFuseCommand implements Callable<Integer> {
    private static final String IMPOSED = ".imposed";

    @Parameters(
            arity = "2..3",
            paramLabel = "PET [MR] OUT",
            description = "PET, MR (or CT) where the prior takes one, then OUT.")
    List<Path> files;

    @Option(names = "--prior", required = true, paramLabel = "P", description = "See below.")
    String prior;

    @Option(
            names = "--fwhm-mm",
            split = ",",
            paramLabel = "W",
            description =
                    "Resolution of PET: one width, or three with commas between. Default: what its file"
                            + " states; refused where it states none.")
    double[] fwhmMm;

    @Option(
            names = "--weight",
            paramLabel = "L",
            description =
                    "Weight of the prior, lambda. Default: the residual is as large as the noise.")
    Double weight;

    @Option(
            names = "--noise",
            paramLabel = "SD",
            description = "Standard deviation of the noise of PET. Default: estimated.")
    Double noise;

    @Option(
            names = "--likelihood",
            paramLabel = "L",
            description =
                    "gaussian (one noise everywhere) or poisson (variance grows with the value)."
                            + " Default: gaussian.")
    MapFusion.Noise likelihood = MapFusion.Noise.GAUSSIAN;

    @Option(
            names = "--eta",
            paramLabel = "E",
            description =
                    "Edges of MR below this share of its largest do not count (dtv, pls); weight of"
                            + " MR's edges (jtv). Default: twice MR's noise; 1 for jtv.")
    Double eta;

    @Option(
            names = "--gamma",
            paramLabel = "G",
            description = "dtv: how much cheaper an edge along MR's is, 0 to 1. Default: 0.95.")
    double gamma = 0.95;

    @Option(
            names = "--neighbours",
            paramLabel = "B",
            description = "bowsher: how many of 26 (8 in a plane) neighbours. Default: 9 (3).")
    Integer neighbours;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "Largest gap, as a share of the objective. Default: 0.003.")
    double tolerance = MapFusion.TOLERANCE;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Say how far mean and largest value in these voxels drift.")
    Path mask;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        MapPrior chosen = MapPrior.of(prior);
        Path out = files.get(files.size() - 1);
        Path pet = files.get(0);
        Optional<Path> guide = files.size() == 3 ? Optional.of(files.get(1)) : Optional.empty();
        requireSense(chosen, guide, out);
        List<Path> read = new ArrayList<>(List.of(pet));
        guide.filter(g -> chosen.guided()).ifPresent(read::add);
        List<Volume> volumes = InUnits.onOneGrid(read);
        Volume image = volumes.get(0);
        MapFusion.Settings settings = settings(chosen, image);
        Optional<Volume> mr = volumes.size() == 2 ? Optional.of(volumes.get(1)) : Optional.empty();
        MapFusion.Result made;
        try (ProgressLine line = ProgressLine.onTerminal(common.quiet)) {
            made = MapFusion.of(image, mr, settings, line);
        }
        Optional<Change> drift = drift(image, made.image(), pet);
        List<String> written = new ArrayList<>();
        put(written, out, made.image());
        if (made.guide().isPresent()) {
            put(written, Outputs.named(out, IMPOSED), made.guide().get().imposed());
        }
        MapFuseText text = new MapFuseText(settings, made, drift, written);
        if (json.write(text.fields())) {
            System.out.print(text.words());
        }
        if (guide.isPresent() && !chosen.guided()) {
            System.err.println(
                    "warning: "
                            + InputFile.name(guide.get())
                            + " is not used: the prior "
                            + chosen.label()
                            + " knows the first image alone");
        }
        return CommandLines.DONE;
    }

    private void requireSense(MapPrior chosen, Optional<Path> guide, Path out) {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
        if (chosen.guided() && guide.isEmpty()) {
            throw new IllegalArgumentException(
                    "--prior "
                            + chosen.label()
                            + " takes edges from a second image: diapason map-fuse PET MR OUT.");
        }
        if (eta != null && !chosen.hasEta()) {
            throw new IllegalArgumentException("--eta is for jtv, dtv and pls.");
        }
        if (neighbours != null && !chosen.label().startsWith("bowsher")) {
            throw new IllegalArgumentException("--neighbours is for bowsher and bowsher-l1.");
        }
        List<Path> read = new ArrayList<>(files.subList(0, files.size() - 1));
        read.add(mask);
        Outputs outputs = Outputs.besides(read).and("OUT", out);
        if (chosen.guided()) {
            outputs.and("OUT", Outputs.named(out, IMPOSED));
        }
        outputs.and("--json", json.path());
    }

    private MapFusion.Settings settings(MapPrior chosen, Volume image) {
        return new MapFusion.Settings(
                chosen,
                width(fwhmMm, image, InputFile.name(files.get(0))),
                given(weight),
                given(noise),
                likelihood,
                given(eta),
                gamma,
                neighbours == null ? OptionalInt.empty() : OptionalInt.of(neighbours),
                tolerance);
    }

    /** Returns the resolution that is said, or that the image states. */
    static Numbers width(double[] said, Volume image, String name) {
        if (said == null) {
            return image.fwhmMm()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            name
                                                    + " does not state its resolution. Say it:"
                                                    + " --fwhm-mm W, from a phantom, or from the"
                                                    + " image by diapason step estimate-fwhm."));
        }
        if (said.length != 1 && said.length != 3) {
            throw new IllegalArgumentException(
                    "--fwhm-mm takes one width or three, got " + said.length);
        }
        return said.length == 1 ? Numbers.of(said[0], said[0], said[0]) : Numbers.of(said);
    }

    private static OptionalDouble given(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private Optional<Change> drift(Volume before, Volume after, Path pet) {
        if (mask == null) {
            return Optional.empty();
        }
        Mask in = Masks.read(mask, before.geometry(), Optional.of(pet));
        return Optional.of(Change.of(before.values(), after.values(), in.voxels()));
    }

    static void put(List<String> written, Path file, Volume volume) {
        Images.write(file, Image.of(volume));
        written.add(InputFile.name(file));
    }
}
