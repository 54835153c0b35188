package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.ObjDoubleConsumer;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.mesh.MeshFile;
import org.diapason.io.mesh.MeshFormat;
import org.diapason.math.Grid;
import org.diapason.picture.MeshPicture;
import org.diapason.surface.CrossingPlace;
import org.diapason.surface.ErrorBudget;
import org.diapason.surface.Mesh;
import org.diapason.surface.PartChoice;
import org.diapason.surface.PrintModel;
import org.diapason.surface.SurfaceDistance;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason mesh}: the surface of an image or mask as a file to print. */
@Command(
        name = "mesh",
        description =
                "Make a closed surface of an image above a threshold, or of a mask, in millimetres,"
                        + " and say by how much it may be off. A surface that no printer could fill"
                        + " is refused.",
        footer = {
            "",
            "Inside is above the threshold; at the border of the image the surface is closed. By"
                    + " default nothing is resampled, smoothed or thinned out.",
            "Coordinates are the patient's in mm: LPS (DICOM), or RAS with --coordinates ras; the"
                    + " file says which. Only 3MF keeps the unit itself.",
            "Example: diapason mesh ct/ bone.stl --threshold 250 --smooth 10 --largest 1",
            "         diapason mesh gtv.nii.gz gtv.3mf --from-mask --max-error-mm 0.1",
            "         diapason mesh rs.dcm#GTV gtv.ply --from-mask --like ct/ --picture gtv.png",
            "         diapason mesh labels.nii.gz organ.stl --labels all",
            "docs/methods/mesh.md has the formulas and what the errors mean."
        })
final class MeshCommand implements Callable<Integer> {

    /** Which way x and y of the file run. */
    enum Space {
        LPS,
        RAS
    }

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description =
                    "A DICOM folder, NIfTI, NRRD or MetaImage; with --from-mask also a structure"
                            + " set or segmentation. A mask may be followed by #LABEL.")
    Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file: .stl .obj .ply .3mf")
    Path out;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Inside is above T, in the unit of the image (HU, SUV, …).")
    Double threshold;

    @Option(
            names = "--from-mask",
            description = "IN is a mask: inside is above 0.5, the surface halfway between centres.")
    boolean fromMask;

    @Option(
            names = "--labels",
            paramLabel = "LIST",
            description =
                    "IN is a label map: a smooth surface of each label by surface nets, all or as"
                            + " in 1,3; OUT.stl becomes OUT.1.stl …")
    String labels;

    @Option(
            names = "--spacing",
            paramLabel = "MM",
            description =
                    "Put the image on cubes of MM first, by cubic B-spline; of a mask its signed"
                            + " distance.")
    Double spacing;

    @Option(
            names = "--smooth",
            paramLabel = "N",
            description = "Passes of Taubin's smoothing, λ 0.5, μ −0.53. Default: none.")
    int smooth;

    @Option(
            names = "--decimate",
            paramLabel = "SHARE",
            description = "Share of the triangles to keep, as in 0.1. Default: all.")
    Double decimate;

    @Option(
            names = "--max-error-mm",
            paramLabel = "MM",
            description = "Keep as few triangles as leave the surface within MM of where it was.")
    Double maxErrorMm;

    @Option(
            names = "--largest",
            paramLabel = "N",
            description = "Keep the N largest parts, each with its hollows. Default: all.")
    Integer largest;

    @Option(
            names = "--min-ml",
            paramLabel = "ML",
            description = "Leave out parts that enclose less than ML mL, and fill such hollows.")
    Double minMl;

    @Option(
            names = "--like",
            paramLabel = "IMAGE",
            description =
                    "With --from-mask of a structure set or segmentation (rs.dcm#GTV): the image on"
                            + " whose voxels it is drawn.")
    Path like;

    @Option(
            names = "--noise",
            paramLabel = "SD",
            description = "Standard deviation of the noise of IN. Default: estimated inside.")
    Double noise;

    @Option(
            names = "--printer-mm",
            paramLabel = "MM",
            description = "By how much the printer is off, for the sum of errors.")
    Double printerMm;

    @Option(
            names = "--coordinates",
            paramLabel = "SPACE",
            description = "lps or ras. Default: lps.")
    Space space = Space.LPS;

    @Option(names = "--ascii", description = "Write STL or PLY as text.")
    boolean ascii;

    @Option(
            names = "--picture",
            paramLabel = "PNG",
            description = "Draw the surface from three sides.")
    Path picture;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    private final StringBuilder words = new StringBuilder();
    private final List<Map<String, Object>> surfaces = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        common.start();
        PrintModel.Settings settings =
                new PrintModel.Settings(
                        smooth,
                        optional(decimate),
                        optional(maxErrorMm),
                        new PartChoice(
                                largest == null ? OptionalInt.empty() : OptionalInt.of(largest),
                                minMl == null
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(1000 * minMl)));
        requireSense();
        try (ProgressLine line = ProgressLine.onTerminal(common.quiet)) {
            ObjDoubleConsumer<String> progress =
                    (stage, share) -> line.at(stage, (int) (100 * share), share > 0 ? 100 : 0, 0);
            progress.accept("reading", 0);
            if (labels != null) {
                for (MeshLabels.Label label : MeshLabels.read(in, labels)) {
                    label(label, settings, progress);
                }
            } else {
                single(settings, progress);
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (labels == null) {
            fields.putAll(surfaces.get(0));
        } else {
            fields.put("surfaces", surfaces);
        }
        if (json.write(fields)) {
            System.out.print(words);
        }
        return CommandLines.DONE;
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Checks everything that can be checked before anything is read. */
    private void requireSense() {
        MeshFormat format = MeshFormat.of(out);
        int ways = (threshold != null ? 1 : 0) + (fromMask ? 1 : 0) + (labels != null ? 1 : 0);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "one of --threshold, --from-mask and --labels says where the surface lies, got "
                            + (ways == 0 ? "none." : ways + " of them."));
        }
        if (threshold != null && !Double.isFinite(threshold)) {
            throw new IllegalArgumentException("--threshold must be a number, got " + threshold);
        }
        if (spacing != null) {
            Grid.requireSpacing(spacing);
        }
        if (labels != null && spacing != null) {
            throw new IllegalArgumentException(
                    "--labels works on the grid of the file; --spacing is for --threshold and"
                            + " --from-mask.");
        }
        if (like != null && !fromMask) {
            throw new IllegalArgumentException(
                    "--like goes with --from-mask: it is the image a structure set or segmentation"
                            + " is drawn on.");
        }
        if (noise != null && (!(noise >= 0) || Double.isInfinite(noise) || threshold == null)) {
            throw new IllegalArgumentException(
                    "--noise is a standard deviation of 0 or more and goes with --threshold, got "
                            + noise);
        }
        if (printerMm != null && (!(printerMm >= 0) || Double.isInfinite(printerMm))) {
            throw new IllegalArgumentException("--printer-mm must be 0 or more, got " + printerMm);
        }
        if (ascii && !format.eitherWay()) {
            throw new IllegalArgumentException(
                    "--ascii is for STL and PLY; " + format.label() + " has one form only.");
        }
        if (picture != null && ImageFormat.toWrite(picture).placed()) {
            throw new IllegalArgumentException(
                    "--picture "
                            + InputFile.name(picture)
                            + ": surfaces are drawn as .png or .tif.");
        }
        Outputs.besides(in, like)
                .and("OUT", out)
                .and("--picture", picture)
                .and("--json", json.path());
    }

    private void single(PrintModel.Settings settings, ObjDoubleConsumer<String> progress) {
        MeshSource source =
                fromMask
                        ? MeshSource.ofMask(in, Optional.ofNullable(like), optional(spacing))
                        : MeshSource.ofThreshold(in, threshold, optional(spacing));
        progress.accept("taking the surface", 0);
        Mesh raw = source.surface();
        double step = stepMm(source.chosenGrid().spacingMm());
        PrintModel model = PrintModel.of(raw, settings, step, progress);
        Optional<SurfaceDistance> regrid = Optional.empty();
        if (source.cubes().isPresent()) {
            progress.accept("comparing", 0);
            regrid = Optional.of(SurfaceDistance.between(source.originalSurface(), raw, step));
        }
        Optional<CrossingPlace> place = source.place(model.raw());
        OptionalDouble sd = noise == null ? source.noiseSd() : optional(noise);
        ErrorBudget budget =
                new MeshBudget()
                        .image(source, place, sd, regrid)
                        .model(model, optional(printerMm))
                        .done();
        source.notes().forEach(note -> System.err.println("warning: " + note));
        words.append(
                Columns.line(
                        "surface",
                        (fromMask
                                        ? "of the mask "
                                        : "above "
                                                + Numbers.plain(threshold)
                                                + source.unit()
                                                + " of ")
                                + InputFile.name(in)
                                + ", voxels of "
                                + MeshText.sizes(source.chosenGrid().spacingMm(), 3)
                                + " mm"
                                + (source.cubes().isPresent() ? " (cubic B-spline)" : "")));
        Map<String, Object> fields = MeshText.fields(model.check());
        fields.put("threshold", threshold);
        fields.put("quantity", source.quantity());
        fields.put("spacingMm", source.chosenGrid().spacingMm());
        fields.put("interpolation", source.cubes().isPresent() ? "cubic" : null);
        progress.accept("writing", 0);
        write(out, picture, model, budget, source.voxelsMm3(), fields);
    }

    /** Triangles of a cell of voxels are hardly longer: each is one part. */
    private static double stepMm(Numbers spacingMm) {
        return 1.5 * spacingMm.max();
    }

    private void label(
            MeshLabels.Label label,
            PrintModel.Settings settings,
            ObjDoubleConsumer<String> progress) {
        progress.accept("label " + label.name(), 0);
        double step = stepMm(label.spacingMm());
        PrintModel model = PrintModel.of(label.net(), settings, step, progress);
        ErrorBudget budget =
                new MeshBudget()
                        .mask(label.spacingMm().max())
                        .net(SurfaceDistance.between(label.cut(), label.net(), step))
                        .model(model, optional(printerMm))
                        .done();
        words.append(
                Columns.line("surface", "of label " + label.name() + " of " + InputFile.name(in)));
        Map<String, Object> fields = MeshText.fields(model.check());
        fields.put("label", label.name());
        fields.put("quantity", "label");
        fields.put("spacingMm", label.spacingMm());
        progress.accept("writing label " + label.name(), 0);
        Path drawn = picture == null ? null : Outputs.named(picture, "." + label.name());
        write(
                Outputs.named(out, "." + label.name()),
                drawn,
                model,
                budget,
                label.voxelsMm3(),
                fields);
    }

    private void write(
            Path file,
            Path drawn,
            PrintModel model,
            ErrorBudget budget,
            double voxelsMm3,
            Map<String, Object> fields) {
        MeshText.warnings(model, decimate).forEach(w -> System.err.println("warning: " + w));
        Mesh written = space == Space.LPS ? model.mesh() : turned(model.mesh());
        MeshFile.write(file, written, ascii, "Diapason SPACE=" + space + " UNIT=mm");
        List<String> files = new ArrayList<>(List.of(InputFile.name(file)));
        if (drawn != null) {
            Images.write(drawn, Image.of(MeshPicture.draw(model.mesh())));
            files.add(InputFile.name(drawn));
        }
        words.append(MeshText.words(model.check()));
        words.append(MeshText.leftOut(model));
        if (model.check().crumbs() > 0 && largest == null && minMl == null) {
            words.append(Columns.line("", "(--largest 1 or --min-ml ML leaves small parts out)"));
        }
        words.append(Columns.line("drift", "volume " + MeshText.drift(model, voxelsMm3)));
        model.moved().ifPresent(d -> words.append(Columns.line("moved", MeshText.moved(d))));
        words.append(MeshText.budget(budget));
        words.append(
                Columns.line(
                        "written",
                        String.join(", ", files)
                                + " in mm, "
                                + space
                                + "; closed, manifold"
                                + (model.check().printable() ? ", turned outwards" : "")));
        fields.put("coordinates", space.name().toLowerCase(Locale.ROOT));
        fields.put("voxelsMm3", voxelsMm3);
        fields.put("driftPercent", model.driftPercent(voxelsMm3));
        fields.put("leftOutShells", model.leftOut().shells());
        fields.put("leftOutMm3", model.leftOut().volumeMm3());
        fields.put("fadedShells", model.leftOut().faded());
        fields.put("rawFaces", model.raw().triangles().length / 3);
        fields.put("rawVolumeMm3", model.raw().volumeMm3());
        fields.put("moved", model.moved().map(MeshText::fields).orElse(null));
        fields.put("errorBudget", MeshText.fields(budget));
        fields.put("files", files);
        surfaces.add(fields);
    }

    /** LPS to RAS is half a turn about z: triangles keep their outside. */
    private static Mesh turned(Mesh mesh) {
        double[] points = mesh.points().clone();
        for (int p = 0; p < points.length; p += 3) {
            points[p] = 0.0 - points[p];
            points[p + 1] = 0.0 - points[p + 1];
        }
        return Mesh.of(points, mesh.triangles());
    }
}
