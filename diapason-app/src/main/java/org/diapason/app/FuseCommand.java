package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.fusion.BiasMap;
import org.diapason.fusion.Fused;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Misregistration;
import org.diapason.fusion.Scale;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.picture.TrustPicture;
import org.diapason.step.Names;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason fuse}: one image of several on one grid. */
@Command(
        name = "fuse",
        description =
                "Make one image of several that lie on one grid, say whether its numbers still mean"
                        + " something, and where it cannot be trusted if the registration is off.",
        footer = {
            "",
            "Rules: weighted, max, min, energy, softmax-energy, pca, laplacian, dwt, swt, guided.",
            "Other settings of a rule are written as in a recipe:"
                    + " --rule '{swt: {levels: 3, detail: {match: {threshold: 0.8}}}}'",
            "An image on another grid is brought there first: diapason warp PET T OUT --like CT.",
            "Example: diapason fuse t1.nii.gz t2.nii.gz out.nii.gz --rule swt --scale percentiles",
            "         diapason fuse ct.nii.gz pet.nii.gz out.nii.gz --rule laplacian"
                    + " --scale percentiles --mask gtv.nii.gz --bias-certificate ct-pet.json",
            "         diapason fuse ct.nii.gz pet.nii.gz out.nii.gz --rule swt --scale percentiles"
                    + " --shift-mm 2 --trust-picture trust.png",
            "docs/methods/fuse.md has the formulas."
        })
final class FuseCommand implements Callable<Integer> {
    private static final List<String> MAPS = List.of(".bias", ".bias-sd", ".edge-risk");

    @Parameters(
            arity = "3..*",
            paramLabel = "IMAGE IMAGE… OUT",
            description = "Two images or more, then OUT: .nii.gz .nii .nrrd .mha .mhd.")
    List<Path> files;

    @Mixin FusionOptions rule = new FusionOptions();

    @Option(
            names = "--scale",
            paramLabel = "S",
            description =
                    "as-is, or percentiles: 1 and 99 of each image become 0 and 1. Needed where"
                            + " quantities differ.")
    String scale;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description =
                    "Say how far mean and largest value in these voxels drift; the bias is counted"
                            + " there.")
    Path mask;

    @Option(
            names = "--shift-mm",
            paramLabel = "S",
            description = "One image may be off by so many mm on average: write what that does.")
    Double shiftMm;

    @Option(
            names = "--bias-certificate",
            paramLabel = "C",
            description = "The same, as far as the certificate of its registration predicts.")
    Path certificate;

    @Option(
            names = "--moving",
            paramLabel = "N",
            description = "The image that may be off, counted from 1. Default: 2.")
    int moving = 2;

    @Option(
            names = "--noise",
            paramLabel = "N",
            description = "Standard deviation of the noise of OUT. Default: estimated.")
    Double noise;

    @Option(
            names = "--trust-picture",
            paramLabel = "PNG",
            description =
                    "With a misregistration: draw slices of OUT, coloured where bias or its standard"
                            + " deviation is above the noise: do not trust OUT there.")
    Path trustPicture;

    @Option(
            names = "--tolerance",
            paramLabel = "TAU",
            description =
                    "Bias that does not matter, in the unit of OUT: the picture marks what is above"
                            + " both it and the noise.")
    Double tolerance;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        List<Path> images = files.subList(0, files.size() - 1);
        Path out = files.get(files.size() - 1);
        Fusion chosen = rule.rule();
        Optional<Scale> on = Optional.ofNullable(scale).map(FusionOptions::scale);
        requireSense(images, out);
        List<String> names = names(images);
        List<Volume> volumes = images.stream().map(InUnits::read).toList();
        Fused fused = Fused.of(chosen, names, volumes, on);
        Geometry g = fused.volume().geometry();
        Optional<Mask> in =
                Optional.ofNullable(mask).map(m -> Masks.read(m, g, Optional.of(images.get(0))));
        List<Fused.Drift> drift = in.map(fused::drift).orElse(List.of());
        Optional<BiasMap> bias = bias(chosen, fused, in);
        List<String> written = new ArrayList<>();
        put(written, out, fused.volume());
        if (bias.isPresent()) {
            BiasMap map = bias.get();
            put(written, Outputs.named(out, MAPS.get(0)), map.bias());
            put(written, Outputs.named(out, MAPS.get(1)), map.sd());
            put(written, Outputs.named(out, MAPS.get(2)), BiasMapCommand.marked(map.edgeRisk()));
            if (trustPicture != null) {
                double tau = tolerance == null ? 0 : tolerance;
                TrustPicture picture = TrustPicture.of(fused.volume(), map, tau);
                put(written, trustPicture, picture.draw(fused.volume()));
            }
        }
        FuseText text = new FuseText(Names.of(chosen), fused, drift, bias, written);
        if (json.write(text.fields(bias.isPresent() ? offMm() : OptionalDouble.empty(), moving))) {
            System.out.print(text.words(Optional.ofNullable(mask).map(InputFile::name)));
        }
        return CommandLines.DONE;
    }

    /** Checks everything that can be checked before anything is read. */
    private void requireSense(List<Path> images, Path out) {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
        if (moving < 1 || moving > images.size()) {
            throw new IllegalArgumentException(
                    "--moving must be 1 … " + images.size() + ", got " + moving);
        }
        if (shiftMm != null && certificate != null) {
            throw new IllegalArgumentException(
                    "--shift-mm and --bias-certificate exclude each other.");
        }
        if (trustPicture == null && tolerance != null) {
            throw new IllegalArgumentException("--tolerance is for --trust-picture.");
        }
        if (trustPicture != null && shiftMm == null && certificate == null) {
            throw new IllegalArgumentException(
                    "--trust-picture shows what a misregistration does. Say how far the registration"
                            + " may be off: --shift-mm or --bias-certificate.");
        }
        if (trustPicture != null && ImageFormat.toWrite(trustPicture).placed()) {
            throw new IllegalArgumentException(
                    "--trust-picture "
                            + InputFile.name(trustPicture)
                            + ": slices are drawn as .png or .tif.");
        }
        List<Path> read = new ArrayList<>(images);
        Collections.addAll(read, mask, certificate);
        Outputs outputs = Outputs.besides(read).and("OUT", out);
        if (shiftMm != null || certificate != null) {
            MAPS.forEach(part -> outputs.and("OUT", Outputs.named(out, part)));
        }
        outputs.and("--trust-picture", trustPicture).and("--json", json.path());
    }

    private Optional<BiasMap> bias(Fusion chosen, Fused fused, Optional<Mask> in) {
        if (shiftMm == null && certificate == null) {
            return Optional.empty();
        }
        Geometry g = fused.volume().geometry();
        OptionalDouble sd = noise == null ? OptionalDouble.empty() : OptionalDouble.of(noise);
        BiasMap.Settings settings = new BiasMap.Settings(sd, 1, OptionalDouble.empty(), 0, in);
        Misregistration u =
                certificate == null
                        ? Misregistration.isotropic(shiftMm, g)
                        : Misregistration.predicted(BiasMapCommand.trusted(certificate), g);
        return Optional.of(BiasMap.of(chosen, fused.inputs(), moving - 1, u, settings));
    }

    private OptionalDouble offMm() {
        if (certificate != null) {
            return OptionalDouble.of(
                    Misregistration.predictedMm(BiasMapCommand.trusted(certificate)));
        }
        return shiftMm == null ? OptionalDouble.empty() : OptionalDouble.of(shiftMm);
    }

    /** Returns the names of the files, with their place where two have one name. */
    private static List<String> names(List<Path> images) {
        List<String> names = new ArrayList<>(images.stream().map(InputFile::name).toList());
        if (new HashSet<>(names).size() < names.size()) {
            for (int n = 0; n < names.size(); n++) {
                names.set(n, names.get(n) + " (" + (n + 1) + ")");
            }
        }
        return names;
    }

    private static void put(List<String> written, Path file, Volume volume) {
        Images.write(file, Image.of(volume));
        written.add(InputFile.name(file));
    }
}
