package org.diapason.io.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Tree;
import org.diapason.step.Recipe;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/**
 * Recipes: YAML as people write it, and {@code fitted.json} with everything learned in it.
 *
 * <p>More than {@value #MANY} numbers in a row stand in a file of their own, {@code
 * fitted/<sha256>.f64} (little-endian doubles), named by the hash of its bytes and checked against
 * it.
 */
public final class RecipeFile {
    static final int MANY = 4096;

    private RecipeFile() {}

    /**
     * Reads a recipe: YAML, or JSON where the name ends in {@code .json}. In YAML a curve may be
     * the name of its file, from the folder of the recipe on ({@link MtfFile}).
     *
     * @throws IllegalArgumentException if a setting is wrong; with line and column
     * @throws DataException if a fitted recipe is broken
     */
    public static Recipe read(Path file) {
        if (!file.getFileName().toString().endsWith(".json")) {
            return Catalogue.recipe(
                    MtfFile.resolve(TreeFile.read(file), file.toAbsolutePath().getParent()));
        }
        Tree tree = resolve(Json.read(file), file.toAbsolutePath().getParent());
        try {
            return Catalogue.recipe(tree);
        } catch (IllegalArgumentException e) {
            throw tree instanceof Tree.Fields fields
                            && fields.values().get("version") instanceof Tree.Text version
                    ? new IllegalArgumentException(
                            e.getMessage()
                                    + " The file was written by version "
                                    + version.value()
                                    + ": if this program is another, fit anew, or take that one.",
                            e)
                    : e;
        }
    }

    /** Writes a fitted recipe and the numbers beside it; existing files are replaced. */
    public static void write(Path file, Recipe recipe, String version) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.putAll(Catalogue.write(recipe));
        Object detached = detach(fields, file.toAbsolutePath().getParent());
        Files.writeString(file, Json.text(detached));
    }

    private static Object detach(Object value, Path folder) throws IOException {
        if (value instanceof Numbers numbers && numbers.size() > MANY) {
            byte[] bytes = bytes(numbers);
            String name = "fitted/" + sha256(bytes) + ".f64";
            Files.createDirectories(folder.resolve("fitted"));
            Files.write(folder.resolve(name), bytes);
            return Map.of("numbers-in", name);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> e : map.entrySet()) {
                copy.put(e.getKey(), detach(e.getValue(), folder));
            }
            return copy;
        }
        if (value instanceof List<?> list) {
            Object[] copy = new Object[list.size()];
            for (int n = 0; n < copy.length; n++) {
                copy[n] = detach(list.get(n), folder);
            }
            return List.of(copy);
        }
        return value;
    }

    private static Tree resolve(Tree tree, Path folder) {
        if (tree instanceof Tree.Items items) {
            return new Tree.Items(
                    items.values().stream().map(t -> resolve(t, folder)).toList(), items.where());
        }
        if (!(tree instanceof Tree.Fields fields)) {
            return tree;
        }
        if (fields.values().size() == 1
                && fields.values().get("numbers-in") instanceof Tree.Text name) {
            return new Tree.Values(load(folder, name), name.where());
        }
        Map<String, Tree> copy = new LinkedHashMap<>();
        fields.values().forEach((key, value) -> copy.put(key, resolve(value, folder)));
        return new Tree.Fields(copy, fields.where());
    }

    private static Numbers load(Path folder, Tree.Text name) {
        if (!name.value().matches("fitted/[0-9a-f]{64}\\.f64")) {
            throw new DataException(
                    name.where() + ": \"" + name.value() + "\" is no file of fitted numbers.");
        }
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve(name.value()));
            if (!name.value().contains(sha256(bytes)) || bytes.length % 8 != 0) {
                throw new DataException(
                        name.value()
                                + " does not have the content it is named by; fit again or restore it.");
            }
            DoubleBuffer buffer =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
            double[] values = new double[buffer.remaining()];
            buffer.get(values);
            return Numbers.of(values);
        } catch (IOException e) {
            throw new DataException(
                    name.where()
                            + ": "
                            + name.value()
                            + " cannot be read; keep the folder fitted/ beside it.",
                    e);
        }
    }

    private static byte[] bytes(Numbers numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < numbers.size(); n++) {
            buffer.putDouble(numbers.get(n));
        }
        return buffer.array();
    }

    /** Returns the SHA-256 of the bytes of a fitted recipe, by which a trace names it. */
    public static String hash(Path fitted) {
        try {
            return sha256(Files.readAllBytes(fitted));
        } catch (IOException e) {
            throw new DataException(fitted.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
