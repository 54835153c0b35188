package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.Json;
import org.diapason.io.run.MtfFile;
import org.diapason.io.run.TraceFile;
import org.diapason.io.run.TreeFile;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code diapason step}: one method on one image, to try it. */
@Command(
        name = "step",
        description =
                "Apply one method to one image. Its settings are options: --target-fwhm-mm 6.",
        footer = {
            "",
            "Example: diapason step isotropic ct.nii.gz out.nii.gz --spacing-mm 1",
            "         diapason step histogram-match a.nii.gz out.nii.gz --quantity MR --mask ''"
                    + " --image-file b=b.nii.gz --reference b",
            "Lists and nested settings are written as in a recipe:",
            "  diapason step response ct.nii.gz out.nii.gz"
                    + " --filter '{laplacian-of-gaussian: {sigma-mm: 1.5}}'",
            "  diapason step feature-map ct.nii.gz out.nii.gz --mask-file roi=roi.nii.gz --mask roi"
                    + " --features '[cm_contrast_3D_comb, stat_mean]'",
            "A method that adds images writes them in the place of the image; several get their name"
                    + " before the ending of OUT. A picture becomes a PNG of its name.",
            "Settings of a method: diapason methods NAME"
        })
final class StepCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "METHOD", description = "A method that works on images.")
    String method;

    @Parameters(
            index = "1",
            paramLabel = "IN",
            description = "A DICOM folder or an image file (NIfTI, NRRD, MetaImage).")
    Path in;

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "The NIfTI file to write, .nii or .nii.gz.")
    Path out;

    @Option(
            names = "--quantity",
            description = "What the values of a file are that does not say: HU, SUVbw, MR, …")
    String quantity;

    @Option(
            names = "--fwhm",
            paramLabel = "MM",
            description = "Resolution of the image, FWHM in mm.")
    String fwhm;

    @Option(
            names = "--calibration",
            paramLabel = "JSON",
            description = "Calibration of the scanner.")
    Path calibration;

    @Option(
            names = "--detector-calibration",
            paramLabel = "JSON",
            description = "Calibration of the detector, from detector-fit.")
    Path detector;

    @Option(
            names = "--mask-file",
            paramLabel = "NAME=FILE",
            description = "A mask the method reads.")
    Map<String, Path> masks = new TreeMap<>();

    @Option(
            names = "--image-file",
            paramLabel = "NAME=FILE",
            description = "Another image the method reads, of the same quantity.")
    Map<String, Path> others = new TreeMap<>();

    @Option(
            names = "--trace",
            paramLabel = "F",
            description = "Write what was decided as JSON; - is standard output.")
    String trace;

    @Unmatched List<String> settings = new ArrayList<>();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (!InputFile.name(out).toLowerCase(Locale.ROOT).matches(".*\\.nii(\\.gz)?")) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": a step writes NIfTI. Name it .nii or .nii.gz; diapason convert makes"
                            + " other formats of it.");
        }
        if (others.containsKey("image")) {
            throw new IllegalArgumentException(
                    "--image-file image="
                            + others.get("image").getFileName()
                            + ": image is the name of IN. Give the other image another name.");
        }
        Step<Exam> step = step();
        SortedMap<String, String> row = new TreeMap<>();
        row.put("exam", "image");
        row.put("image.image", in.toAbsolutePath().toString());
        row.put("quantity.image", quantity == null ? "" : quantity);
        row.put("fwhm.image", fwhm == null ? "" : fwhm);
        row.put("calibration", calibration == null ? "" : calibration.toAbsolutePath().toString());
        row.put(
                "detectorCalibration",
                detector == null ? "" : detector.toAbsolutePath().toString());
        masks.forEach((name, file) -> row.put("mask." + name, file.toAbsolutePath().toString()));
        others.forEach(
                (name, file) -> {
                    row.put("image." + name, file.toAbsolutePath().toString());
                    row.put("quantity." + name, quantity == null ? "" : quantity);
                });
        Recipe recipe = new Recipe(List.of(step), false, List.of(), List.of(), List.of(), 1);
        Exam exam = CohortFile.ofRow("image", row, Path.of("")).of(recipe).open("image");
        Trace done = new Trace(method, 1);
        Exam changed = step.apply(exam, done);
        write(exam, changed);
        if (trace != null) {
            Summary.write(trace, TraceFile.write(done));
        } else {
            done.notes()
                    .forEach(
                            (key, value) ->
                                    System.out.println(key + ": " + Json.text(value).trim()));
        }
        done.warnings().forEach(w -> System.err.println("warning: " + w));
        return CommandLines.DONE;
    }

    /** Writes the image, or in its place what the method added to it, one file each. */
    private void write(Exam exam, Exam changed) {
        Set<String> added = new TreeSet<>(changed.images().keySet());
        added.removeAll(exam.images().keySet());
        changed.pictures()
                .forEach(
                        (name, picture) -> {
                            String file = InputFile.name(beside(name));
                            Path png = out.resolveSibling(file.replaceFirst("\\.nii.*$", ".png"));
                            Images.write(png, Image.of(picture));
                            System.out.println(name + ": " + png);
                        });
        if (added.isEmpty() && changed.pictures().isEmpty()) {
            Nifti.write(out, changed.image("image").volume());
        }
        for (String name : added) {
            Path file = added.size() == 1 ? out : beside(name.substring("image.".length()));
            Nifti.write(file, changed.image(name).volume());
            System.out.println(name.substring("image.".length()) + ": " + file);
        }
    }

    /** Returns OUT with a word before its ending. */
    private Path beside(String word) {
        String name = String.valueOf(out.getFileName());
        int end = name.endsWith(".nii.gz") ? name.length() - 7 : name.lastIndexOf('.');
        int cut = end < 0 ? name.length() : end;
        return out.resolveSibling(name.substring(0, cut) + "." + word + name.substring(cut));
    }

    /** Lists and named entries are written as in a recipe, in brackets or braces. */
    private static Tree value(String key, String text) {
        boolean nested = text.startsWith("{") || text.startsWith("[");
        return nested ? TreeFile.parse(key, text) : new Tree.Text(text, key);
    }

    @SuppressWarnings("unchecked") // the Catalogue lists only operations on exams under IMAGES
    private Step<Exam> step() {
        Catalogue.Entry entry = Catalogue.entry(method, "diapason step");
        if (entry.station() != Catalogue.Station.IMAGES) {
            throw new IllegalArgumentException(
                    method
                            + " does not work on images; only methods listed under images can be steps here.");
        }
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (int n = 0; n < settings.size(); n += 2) {
            String key = settings.get(n);
            if (!key.startsWith("--") || n + 1 == settings.size()) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" is not understood: settings are written --name value.");
            }
            fields.put(key.substring(2), value(key, settings.get(n + 1)));
        }
        Tree given = new Tree.Fields(fields, "diapason step " + method);
        Object made = Settings.read(entry.type(), MtfFile.resolve(method, given, Path.of("")));
        if (made instanceof Step) {
            return (Step<Exam>) made;
        }
        throw new IllegalArgumentException(
                method + " learns from a whole cohort; put it into a recipe and use diapason run.");
    }
}
