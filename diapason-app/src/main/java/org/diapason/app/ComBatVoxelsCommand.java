package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.VoxelModelFile;
import org.diapason.math.Parallel;
import org.diapason.step.Progress;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.ComBatSums;
import org.diapason.volume.DataException;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason combat voxels}: ComBat on every voxel of registered images. */
@Command(
        name = "voxels",
        description = {
            "Harmonize registered images voxel by voxel: each voxel of the mask is a feature.",
            "Images are read twice, once for sums, once to be changed; few are in memory at a time."
                    + " Outside the mask the output is 0. NIfTI headers are kept, but for extensions."
        },
        footer = {
            "",
            "Example: diapason combat voxels --cohort cohort.csv --image gm --mask brain.nii.gz"
                    + " --batch site --protect age --out harmonized",
            "The model is written to OUT/model, with maps that a viewer can show; --model takes it for"
                    + " later images.",
            "Exit code: 0 done; 1 refused, or some image left out; 2 settings."
        })
final class ComBatVoxelsCommand implements Callable<Integer> {
    private static final Pattern NIFTI = Pattern.compile("(?i).*\\.(nii|hdr)(\\.gz)?");

    @Option(
            names = "--cohort",
            required = true,
            paramLabel = "CSV",
            description =
                    "A row per exam, with exam, the column of the image, batch and covariates.")
    Path cohort;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "NAME",
            description = "Which image: column image.NAME. All lie on the grid of the mask.")
    String image;

    @Option(
            names = "--mask",
            paramLabel = "NII",
            description = "The voxels to harmonize; with --model they are those of the model.")
    Path mask;

    @Option(
            names = "--batch",
            paramLabel = "COLUMN",
            description = "The column that names the batch (site, scanner) of an exam.")
    String batch;

    @Mixin ComBatTerms terms = new ComBatTerms();

    @Mixin ComBatOptions options = new ComBatOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Fit nothing: harmonize by what was learned before.")
    Path model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write EXAM.nii.gz to, and after a fit the model.")
    Path out;

    @Option(names = "--uncompressed", description = "Write EXAM.nii, faster and larger.")
    boolean uncompressed;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        check();
        CohortFile table = CohortFile.read(cohort, null);
        Trace trace = new Trace();
        VoxelModelFile.Fitted fitted;
        VoxelCohort images;
        List<String> left;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            if (model != null) {
                fitted = VoxelModelFile.read(model);
                images = new VoxelCohort(table, image, fitted.mask(), fitted.model().columns());
                fitted.model().cohortColumns().forEach(images::need);
                refuseOverwriting(images);
            } else {
                Mask voxels = voxels();
                images =
                        new VoxelCohort(table, image, voxels, VoxelModelFile.names(voxels.count()));
                fitted = new VoxelModelFile.Fitted(voxels, fit(images, progress, trace));
            }
            Files.createDirectories(out);
            left = harmonize(images, fitted.model(), progress, trace);
        }
        if (model == null) {
            VoxelModelFile.write(out.resolve("model"), fitted);
        }
        say(images, fitted.model(), trace, left);
        return left.isEmpty() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private Mask voxels() {
        Mask voxels = Masks.read(mask);
        if (voxels.count() == 0) {
            throw new DataException(
                    mask.getFileName()
                            + ": the mask has no voxel, so there is nothing to harmonize. Give"
                            + " another.");
        }
        return voxels;
    }

    private ComBatModel fit(VoxelCohort images, Progress progress, Trace trace) {
        ComBat settings = options.settings(batch, terms.protect(), "*");
        if (!ComBatSums.suffice(settings)) {
            throw new IllegalArgumentException(
                    "voxels are summed image by image, which --method, --mean-only, --reference,"
                            + " --min-scale-exams, --original-stop and --smoothing go with; other"
                            + " settings need all images at once. Leave them out.");
        }
        settings.cohortColumns().forEach(images::need);
        refuseOverwriting(images);
        return VoxelModelFile.rounded(images.fit(settings, progress, trace));
    }

    private void check() {
        SeveralComBatJob.refuse("combat voxels", batch);
        if (model == null && (mask == null || batch == null)) {
            throw new IllegalArgumentException(
                    "a fit needs --mask and --batch; or give --model to take what was learned before.");
        }
        if (model == null) {
            Design.covariates(terms.protect());
            terms.refuseLeak("");
            return;
        }
        List<String> given = new ArrayList<>(options.given());
        if (mask != null) {
            given.add("--mask");
        }
        if (batch != null) {
            given.add("--batch");
        }
        if (!terms.protect().isEmpty()) {
            given.add("--protect");
        }
        terms.target().ifPresent(t -> given.add("--target"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "--model has its mask, batch and settings, and nothing is fitted: leave "
                            + String.join(", ", given)
                            + " out.");
        }
    }

    private Path to(String id) {
        return out.resolve(id + (uncompressed ? ".nii" : ".nii.gz"));
    }

    private void refuseOverwriting(VoxelCohort images) {
        List<Path> read = new ArrayList<>();
        for (String id : images.ids()) {
            read.add(images.file(id));
        }
        for (Path one : new Path[] {cohort, mask}) {
            if (one != null) {
                read.add(one);
            }
        }
        Outputs outputs = Outputs.besides(read);
        images.ids().forEach(id -> outputs.and("exam " + id + ": --out", to(id)));
    }

    /** Writes every image that the model can harmonize; returns why the others are left out. */
    private List<String> harmonize(
            VoxelCohort images, ComBatModel fitted, Progress progress, Trace trace) {
        List<String> ids = images.ids();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        String[] left = new String[ids.size()];
        Trace[] said = new Trace[ids.size()];
        Parallel.forEach(
                ids.size(),
                n -> {
                    said[n] = new Trace();
                    try {
                        write(images, fitted, ids.get(n), said[n]);
                    } catch (RefusedException | DataException e) {
                        left[n] = e.getMessage();
                        lost.incrementAndGet();
                    }
                    progress.at("images", done.incrementAndGet(), ids.size(), lost.get());
                });
        Arrays.stream(said).flatMap(t -> t.warnings().stream()).distinct().forEach(trace::warn);
        return Arrays.stream(left).filter(Objects::nonNull).toList();
    }

    private void write(VoxelCohort images, ComBatModel fitted, String id, Trace trace) {
        Image before = images.open(id);
        FeatureTable after = fitted.apply(images.row(id, images.values(before)), trace);
        Image changed = images.with(before, after.row(0));
        if (NIFTI.matcher(images.file(id).toString()).matches()) {
            Nifti.writeLike(to(id), changed.volume(), images.file(id));
            if (Nifti.hasExtensions(images.file(id))) {
                trace.warn(
                        "some images have extensions of the NIfTI header, which are not written.");
            }
        } else {
            Images.write(to(id), changed);
        }
    }

    private void say(VoxelCohort images, ComBatModel fitted, Trace trace, List<String> left)
            throws IOException {
        trace.warnings().forEach(w -> System.err.println("warning: " + w));
        left.forEach(l -> System.err.println("left out: " + l));
        Map<String, Object> fields = new LinkedHashMap<>();
        int done = images.ids().size() - left.size();
        fields.put("images", done);
        fields.put("leftOut", left);
        fields.put("voxels", fitted.columns().size());
        Map<String, Object> batches = new LinkedHashMap<>();
        fitted.batches().forEach(b -> batches.put(b.name(), b.exams()));
        fields.put("batches", batches);
        fields.put("warnings", trace.warnings());
        fields.put("fit", trace.notes());
        fields.put("out", out.toString());
        if (json.write(fields)) {
            System.out.println(
                    fitted.columns().size()
                            + " voxels of "
                            + done
                            + " of "
                            + images.ids().size()
                            + " images harmonized");
            System.out.println("images: " + out);
            if (model == null) {
                System.out.println("model: " + out.resolve("model"));
            }
        }
    }
}
