package org.diapason.io.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.step.Store;
import org.diapason.volume.Channels;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * What an exam left at one stage, in one file of the work folder: a JSON head with everything
 * small, then the voxels and rows as little-endian bytes. Read only by the version that wrote it.
 * Calibrations of detectors are not kept, since the step that needs them stands before any learner.
 */
final class SavedFile {
    private static final int CHUNK = 1 << 20;
    private static final int COLOURS = 3;

    private SavedFile() {}

    record Head(Optional<ExamHead> exam, Optional<Rows> rows) {}

    record ExamHead(
            String id,
            SortedMap<String, ImageHead> images,
            SortedMap<String, Geometry> masks,
            SortedMap<String, String> covariates,
            SortedMap<String, List<SavedTransform.Part>> transforms,
            SortedMap<String, List<SavedTransform.Part>> applied,
            SortedMap<String, Geometry> pictures) {}

    record ImageHead(
            Geometry geometry,
            Quantity quantity,
            Optional<Numbers> fwhmMm,
            boolean resampled,
            SortedMap<String, String> series,
            SortedMap<String, Numbers> slices,
            Optional<ScannerCalibration> calibration) {}

    record Rows(List<String> features, List<Row> rows) {}

    record Row(String exam, String region, SortedMap<String, String> covariates, Numbers values) {}

    static void write(Path file, Store.Saved saved) throws IOException {
        Head head = new Head(saved.exam().map(SavedFile::head), saved.rows().map(SavedFile::rows));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trace", TraceFile.write(saved.trace()));
        fields.put("head", Settings.write(head));
        byte[] json = Json.text(fields).getBytes(StandardCharsets.UTF_8);
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(4 + json.length).order(ByteOrder.LITTLE_ENDIAN);
            drain(out, start.putInt(json.length).put(json));
            if (saved.exam().isPresent()) {
                for (Image image : saved.exam().get().images().values()) {
                    writeFloats(out, image.volume().values());
                }
                for (Mask mask : saved.exam().get().masks().values()) {
                    writeBits(out, mask.voxels());
                }
                for (Transform t : saved.exam().get().transforms().values()) {
                    SavedTransform.write(out, t);
                }
                for (Transform t : saved.exam().get().applied().values()) {
                    SavedTransform.write(out, t);
                }
                for (Volume picture : saved.exam().get().pictures().values()) {
                    for (int c = 0; c < picture.channels(); c++) {
                        writeFloats(out, picture.channel(c));
                    }
                }
            }
        }
    }

    static Store.Saved read(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = fill(in, 4).getInt();
            String json = StandardCharsets.UTF_8.decode(fill(in, length)).toString();
            Map<String, Tree> fields = ((Tree.Fields) Json.parse("saved exam", json)).values();
            Head head = Settings.read(Head.class, fields.get("head"));
            Optional<Exam> exam = Optional.empty();
            if (head.exam().isPresent()) {
                exam = Optional.of(exam(in, head.exam().get()));
            }
            return new Store.Saved(
                    TraceFile.read(fields.get("trace")), exam, head.rows().map(SavedFile::table));
        }
    }

    private static ExamHead head(Exam exam) {
        SortedMap<String, ImageHead> images = new TreeMap<>();
        exam.images()
                .forEach(
                        (name, i) ->
                                images.put(
                                        name,
                                        new ImageHead(
                                                i.volume().geometry(),
                                                i.volume().quantity(),
                                                i.volume().fwhmMm(),
                                                i.volume().resampled(),
                                                i.tags().series(),
                                                i.tags().slices(),
                                                i.calibration())));
        SortedMap<String, Geometry> masks = new TreeMap<>();
        exam.masks().forEach((name, m) -> masks.put(name, m.geometry()));
        SortedMap<String, Geometry> pictures = new TreeMap<>();
        exam.pictures().forEach((name, p) -> pictures.put(name, p.geometry()));
        return new ExamHead(
                exam.id(),
                images,
                masks,
                exam.covariates(),
                SavedTransform.heads(exam.transforms()),
                SavedTransform.heads(exam.applied()),
                pictures);
    }

    private static Exam exam(FileChannel in, ExamHead head) throws IOException {
        SortedMap<String, Image> images = new TreeMap<>();
        for (Map.Entry<String, ImageHead> e : head.images().entrySet()) {
            ImageHead h = e.getValue();
            Volume volume =
                    Volume.of(h.geometry(), readFloats(in, h.geometry().voxels()), h.quantity())
                            .withFwhmMm(h.fwhmMm().orElse(null))
                            .withResampled(h.resampled());
            images.put(
                    e.getKey(),
                    new Image(volume, new Tags(h.series(), h.slices()), h.calibration()));
        }
        SortedMap<String, Mask> masks = new TreeMap<>();
        for (Map.Entry<String, Geometry> e : head.masks().entrySet()) {
            masks.put(e.getKey(), Mask.of(e.getValue(), readBits(in, e.getValue().voxels())));
        }
        SortedMap<String, Transform> transforms = SavedTransform.read(in, head.transforms());
        SortedMap<String, Transform> applied = SavedTransform.read(in, head.applied());
        SortedMap<String, Volume> pictures = new TreeMap<>();
        for (Map.Entry<String, Geometry> e : head.pictures().entrySet()) {
            List<float[]> colours = new ArrayList<>();
            for (int c = 0; c < COLOURS; c++) {
                colours.add(readFloats(in, e.getValue().voxels()));
            }
            pictures.put(
                    e.getKey(),
                    Volume.of(e.getValue(), colours, Channels.COLOURS, Quantity.PICTURE));
        }
        return new Exam(head.id(), images, masks, head.covariates(), transforms, applied, pictures);
    }

    private static Rows rows(FeatureTable table) {
        List<Row> rows = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            rows.add(
                    new Row(
                            table.exam(r),
                            table.region(r),
                            table.covariates(r),
                            Numbers.of(table.row(r))));
        }
        return new Rows(table.features(), rows);
    }

    private static FeatureTable table(Rows rows) {
        return FeatureTable.of(
                rows.features(),
                rows.rows().stream().map(Row::exam).toList(),
                rows.rows().stream().map(Row::region).toList(),
                rows.rows().stream().map(r -> r.values().toArray()).toArray(double[][]::new),
                rows.rows().stream().map(Row::covariates).toList());
    }

    static void writeFloats(FileChannel out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK / 4) {
            int many = Math.min(CHUNK / 4, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, many);
            drain(out, buffer.position(4 * many));
        }
    }

    static float[] readFloats(FileChannel in, int count) throws IOException {
        float[] values = new float[count];
        for (int from = 0; from < count; from += CHUNK / 4) {
            int many = Math.min(CHUNK / 4, count - from);
            fill(in, 4 * many).asFloatBuffer().get(values, from, many);
        }
        return values;
    }

    private static void writeBits(FileChannel out, boolean[] voxels) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(voxels.length);
        for (boolean v : voxels) {
            buffer.put((byte) (v ? 1 : 0));
        }
        drain(out, buffer);
    }

    private static boolean[] readBits(FileChannel in, int count) throws IOException {
        ByteBuffer buffer = fill(in, count);
        boolean[] voxels = new boolean[count];
        for (int n = 0; n < count; n++) {
            voxels[n] = buffer.get() != 0;
        }
        return voxels;
    }

    private static void drain(FileChannel out, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private static ByteBuffer fill(FileChannel in, int bytes) throws IOException {
        if (bytes < 0 || bytes > in.size() - in.position()) {
            throw new IOException("the saved exam is cut short");
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            in.read(buffer);
        }
        return buffer.flip();
    }
}
