package org.diapason.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.InputFile;
import org.diapason.step.ContentHash;
import org.diapason.table.FederatedLevels;
import org.diapason.table.FederatedSums;
import org.diapason.volume.DataException;

/**
 * What hospitals send each other to fit one ComBat: sums, and before them the levels to agree on.
 *
 * <p>JSON to be read by people before it leaves; holds the hash of its content and, for sums, of
 * the settings that all hospitals must share, short enough to be compared on the phone.
 */
public final class ComBatSumsFile {
    private static final String SUMS = "combat-sums";
    private static final String LEVELS = "combat-levels";

    private ComBatSumsFile() {}

    /** Writes sums; the file appears whole or not at all. */
    public static void write(Path file, FederatedSums sums) {
        Map<String, Object> derived = Map.of("settings", settings(sums));
        ComBatFile.write(file, SUMS, derived, Settings.write(sums));
    }

    /** Writes levels; the file appears whole or not at all. */
    public static void write(Path file, FederatedLevels levels) {
        ComBatFile.write(file, LEVELS, Settings.write(levels));
    }

    /** Returns the hash of what the sums of all hospitals must share. */
    public static String settings(FederatedSums sums) {
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put("version", sums.version());
        shared.put("batch", sums.batch());
        shared.put("protect", sums.protect());
        shared.put("numbers", sums.design().names());
        shared.put("design", sums.agreed() ? Settings.write(sums.design()) : "of each hospital");
        shared.put("columns", sums.columns());
        return ContentHash.of(Json.text(shared));
    }

    /** Returns the hash of all that sums say. */
    public static String hash(FederatedSums sums) {
        return ContentHash.of(Json.text(Settings.write(sums)));
    }

    /**
     * Reads sums.
     *
     * @throws DataException if the file is none, is of another version, or was changed after it was
     *     written
     */
    public static FederatedSums readSums(Path file) {
        return read(file, SUMS, "combat summarise", FederatedSums.class);
    }

    /**
     * Reads levels.
     *
     * @throws DataException if the file is none, is of another version, or was changed after it was
     *     written
     */
    public static FederatedLevels readLevels(Path file) {
        return read(file, LEVELS, "combat summarise --levels-only", FederatedLevels.class);
    }

    private static <T> T read(Path file, String kind, String maker, Class<T> type) {
        Map<String, Tree> fields = ComBatFile.fields(file, kind, maker);
        String wanted = Integer.toString(FederatedSums.VERSION);
        String found = fields.get("version") instanceof Tree.Text t ? t.value() : "none";
        if (!found.equals(wanted)) {
            throw new DataException(
                    InputFile.name(file)
                            + ": found version "
                            + found
                            + " of "
                            + kind.replace('-', ' ')
                            + ", and this program reads version "
                            + wanted
                            + ". Make it anew by diapason "
                            + maker
                            + " of the program that merges.");
        }
        Map<String, Tree> own = new LinkedHashMap<>(fields);
        own.remove("settings");
        return ComBatFile.checked(file, own, type);
    }

    /** Returns the names of files as messages say them. */
    public static List<String> names(List<Path> files) {
        return files.stream().map(InputFile::name).toList();
    }
}
