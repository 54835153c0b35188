package org.diapason.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The study of subarachnoid haemorrhage that comes with pROC, as far as it is on this machine. */
record Asah(List<String> header, List<String[]> rows) {

    static Asah read() throws IOException {
        return read("aSAH.csv");
    }

    /** Reads a plain table without quoted commas from the references. */
    static Asah read(String name) throws IOException {
        Path file = Path.of(System.getProperty("diapason.data", "absent"), "references", name);
        Assumptions.assumeTrue(Files.isRegularFile(file), file + " is absent");
        List<String> lines = Files.readAllLines(file);
        return new Asah(
                List.of(lines.get(0).replace("\"", "").split(",")),
                lines.stream().skip(1).map(l -> l.replace("\"", "").split(",")).toList());
    }

    double[] column(String name) {
        int at = header.indexOf(name);
        return rows.stream().mapToDouble(r -> Double.parseDouble(r[at])).toArray();
    }

    boolean[] poor() {
        return is("outcome", "Poor");
    }

    boolean[] is(String column, String level) {
        int at = header.indexOf(column);
        boolean[] is = new boolean[rows.size()];
        for (int r = 0; r < is.length; r++) {
            is[r] = rows.get(r)[at].equals(level);
        }
        return is;
    }
}
