package org.diapason.app;

import java.util.ArrayList;
import java.util.List;
import org.diapason.stats.Clusters;
import picocli.CommandLine.Option;

/** The option {@code --cluster} of commands whose rows may belong together. */
final class ClusterOption {

    @Option(
            names = "--cluster",
            paramLabel = "COLUMN",
            description =
                    "Whose rows belong together, such as the lesions of a patient; intervals are those"
                            + " of patients then.")
    String column;

    /** Returns columns with the one of clusters, where there is one. */
    List<String> with(List<String> columns) {
        List<String> all = new ArrayList<>(columns);
        if (column != null) {
            all.add(column);
        }
        return all;
    }

    /** Returns the clusters and says in the answer how many there are. */
    Clusters of(LabelledTable table, OutcomeOptions outcome) {
        if (column == null) {
            return Clusters.single(table.size());
        }
        Clusters clusters = Clusters.of(table.text(column));
        if (clusters.count() < 2) {
            throw new IllegalArgumentException(
                    "--cluster "
                            + column
                            + ": all rows are of one, so nothing can be said of others");
        }
        outcome.fields.put("clusters", clusters.count());
        outcome.lines.add(
                "rows of one " + column + " belong together: " + clusters.count() + " of them");
        return clusters;
    }
}
