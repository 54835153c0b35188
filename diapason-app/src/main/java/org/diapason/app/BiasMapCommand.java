package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.app.report.CertificateJson;
import org.diapason.fusion.BiasMap;
import org.diapason.fusion.Misregistration;
import org.diapason.fusion.WeightedAverage;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Interpolation;
import org.diapason.registration.Certificate;
import org.diapason.registration.Status;
import org.diapason.registration.Warp;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason bias-map}: what a misregistration does to the weighted average of two images. */
@Command(
        name = "bias-map",
        description =
                "Say voxel by voxel by how much a weighted average of two registered images is wrong"
                        + " where the registration is off, and from which weight on that does not"
                        + " matter.",
        footer = {
            "",
            "Beside OUT stand the standard deviation (.sd), the safe weight (.safe-alpha) and the"
                    + " voxels of edge risk (.edge-risk).",
            "Example: diapason bias-map ct.nii.gz pet.nii.gz ct-pet.tfm --alpha 0.5 bias.nii.gz"
                    + " --certificate ct-pet.json",
            "         diapason bias-map t1.nii.gz t2.nii.gz t1-t2.tfm --alpha 0.3 bias.nii.gz"
                    + " --shift-mm 1 --noise 12",
            "docs/concepts/bias-map.md has the formulas."
        })
final class BiasMapCommand implements Callable<Integer> {
    static final String NO_TRANSFORM = "identity";

    @Parameters(index = "0", paramLabel = "FIXED", description = "The image whose grid is kept.")
    Path fixed;

    @Parameters(
            index = "1",
            paramLabel = "MOVING",
            description = "The image that is brought there.")
    Path moving;

    @Parameters(
            index = "2",
            paramLabel = "T",
            description = "The transform, fixed to moving; identity where the files say it all.")
    Path transform;

    @Parameters(
            index = "3",
            paramLabel = "OUT",
            description = "The bias, in the unit of the images: .nii.gz .nii .nrrd .mha .mhd.")
    Path out;

    @Option(
            names = "--alpha",
            required = true,
            paramLabel = "A",
            description = "Weight of FIXED in A fixed + (1 - A) moving, 0 to 1.")
    double alpha;

    @ArgGroup(multiplicity = "1")
    Off off;

    /** How far the registration is off: one of these. */
    static final class Off {
        @Option(
                names = "--shift-mm",
                paramLabel = "S",
                description = "Places may be off by so many mm on average, in any direction.")
        Double shiftMm;

        @Option(
                names = "--certificate",
                paramLabel = "C",
                description = "As far as the registration's own certificate predicts.")
        Path certificate;

        @Option(
                names = "--instead",
                paramLabel = "T2",
                description = "The other transform is the right one: the shift is known.")
        Path instead;
    }

    @Option(
            names = "--noise",
            paramLabel = "N",
            description =
                    "Standard deviation of the noise of the fused image. Default: estimated, and"
                            + " printed.")
    Double noise;

    @Option(
            names = "--noise-times",
            paramLabel = "K",
            description =
                    "A voxel is at risk where bias or standard deviation is above K times the noise."
                            + " Default: 1.")
    double noiseTimes = 1;

    @Option(
            names = "--tolerance",
            paramLabel = "TAU",
            description =
                    "Bias that does not matter, in the unit of the images. Default: the limit of"
                            + " edge risk.")
    Double tolerance;

    @Option(
            names = "--smooth-mm",
            paramLabel = "W",
            description =
                    "Blur MOVING by this full width at half maximum before its slopes are taken, so"
                            + " that its noise does not count as edges. Default: 0.")
    double smoothMm;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Count only these voxels; the maps go on beyond.")
    Path mask;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        WeightedAverage rule = new WeightedAverage(alpha);
        requirePlaced();
        Outputs outputs =
                Outputs.besides(fixed, moving, transform, off.certificate, off.instead, mask);
        for (String part : List.of("", ".sd", ".safe-alpha", ".edge-risk")) {
            outputs.and("OUT", Outputs.beside(out, part));
        }
        outputs.and(
                "--json", json.file == null || json.file.equals("-") ? null : Path.of(json.file));
        Volume a = read(fixed);
        Transform t = transform(transform);
        Volume b = Warp.image(read(moving), t, a.geometry(), Interpolation.CUBIC);
        OptionalDouble meanMm = meanMm();
        Misregistration u =
                meanMm.isPresent()
                        ? Misregistration.isotropic(meanMm.getAsDouble(), a.geometry())
                        : Misregistration.between(t, transform(off.instead));
        BiasMap map = BiasMap.of(rule, a, b, u, settings(a));
        List<String> written = write(map).stream().map(InputFile::name).toList();
        BiasMapText text = new BiasMapText(map, alpha, noiseTimes, written);
        if (json.write(text.fields(meanMm, smoothMm))) {
            System.out.print(
                    text.words(
                            InputFile.name(fixed),
                            InputFile.name(moving),
                            offWords(meanMm),
                            Optional.ofNullable(mask).map(InputFile::name)));
        }
        return CommandLines.DONE;
    }

    private void requirePlaced() {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": maps are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
    }

    private BiasMap.Settings settings(Volume a) {
        Optional<Mask> in =
                Optional.ofNullable(mask).map(m -> Masks.read(m, a.geometry(), Optional.of(fixed)));
        return new BiasMap.Settings(number(noise), noiseTimes, number(tolerance), smoothMm, in);
    }

    private static OptionalDouble number(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns by how much places are off on average; nothing where the right places are given. */
    private OptionalDouble meanMm() {
        if (off.certificate == null) {
            return number(off.shiftMm);
        }
        Certificate certificate = CertificateJson.read(off.certificate);
        if (certificate.status() == Status.FAIL) {
            throw new RefusedException(
                    InputFile.name(off.certificate)
                            + ": this registration failed, so what it expects of itself is no"
                            + " measure of how far it is off. Register anew, or give a figure:"
                            + " --shift-mm.");
        }
        return OptionalDouble.of(Misregistration.predictedMm(certificate));
    }

    private static Volume read(Path file) {
        Volume volume = Images.read(file).volume();
        volume.values(); // refuses several channels
        if (volume.quantity() == Quantity.STORED) {
            throw new RefusedException(
                    InputFile.name(file)
                            + ": holds values as stored, which need not be one scale. Give it its"
                            + " units first: diapason convert IN OUT.");
        }
        return volume;
    }

    private static Transform transform(Path file) {
        return file.toString().equals(NO_TRANSFORM) ? Affine.IDENTITY : Transforms.read(file);
    }

    private List<Path> write(BiasMap map) {
        List<Path> written = new ArrayList<>();
        Geometry g = map.bias().geometry();
        boolean[] risk = map.edgeRisk().voxels();
        float[] marked = new float[risk.length];
        for (int v = 0; v < risk.length; v++) {
            marked[v] = risk[v] ? 1 : 0;
        }
        put(written, "", map.bias());
        put(written, ".sd", map.sd());
        map.safeAlpha().ifPresent(safe -> put(written, ".safe-alpha", safe));
        put(written, ".edge-risk", Volume.of(g, marked, Quantity.UNKNOWN));
        return written;
    }

    private void put(List<Path> written, String part, Volume volume) {
        Path file = Outputs.beside(out, part);
        Images.write(file, Image.of(volume));
        written.add(file);
    }

    private String offWords(OptionalDouble meanMm) {
        if (off.instead != null) {
            return "as from " + InputFile.name(transform) + " to " + InputFile.name(off.instead);
        }
        return off.shiftMm != null
                ? Numbers.plain(off.shiftMm) + " mm on average, in any direction"
                : Numbers.fixed(meanMm.getAsDouble(), 3)
                        + " mm on average, in any direction, by "
                        + InputFile.name(off.certificate);
    }
}
