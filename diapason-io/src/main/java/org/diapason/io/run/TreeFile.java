package org.diapason.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.catalogue.Tree;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads settings that people write: YAML, with the line and column of everything. */
public final class TreeFile {
    private static final long MOST_BYTES = 3L << 20;
    private static final int DEEPEST = 32;

    private final String name;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private TreeFile(String name) {
        this.name = name;
    }

    /**
     * Reads a YAML file.
     *
     * @throws IllegalArgumentException if it is absent, larger than 3 MB, or not plain YAML
     *     (aliases, duplicate keys and entries nested deeper than 32 are refused); with line and
     *     column
     */
    public static Tree read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + ": there is no such file.");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(
                        name
                                + ": "
                                + Files.size(file)
                                + " bytes are too many for settings (at most "
                                + MOST_BYTES
                                + ").");
            }
            return parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    name + " cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /** Reads YAML text; {@code name} stands in messages. */
    public static Tree parse(String name, String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setUseMarks(true)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? new Tree.Fields(Map.of(), name)
                    : new TreeFile(name).root(root.get());
        } catch (MarkedYamlEngineException e) {
            throw new IllegalArgumentException(
                    name
                            + e.getProblemMark()
                                    .map(
                                            m ->
                                                    ", line "
                                                            + (m.getLine() + 1)
                                                            + ", column "
                                                            + (m.getColumn() + 1))
                                    .orElse("")
                            + ": "
                            + e.getProblem(),
                    e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            // the parser descends once per level, before our own count can stop it
            throw new IllegalArgumentException(name + ": nested deeper than " + DEEPEST + ".", e);
        }
    }

    private Tree root(Node node) {
        return tree(node, where(node), 0);
    }

    private Tree tree(Node node, String where, int depth) {
        if (!seen.add(node)) {
            throw new IllegalArgumentException(
                    where + ": aliases are not supported; write the entry out.");
        }
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(where + ": nested deeper than " + DEEPEST + ".");
        }
        if (node instanceof ScalarNode scalar) {
            boolean none =
                    scalar.isPlain()
                            && (scalar.getValue().equals("null") || scalar.getValue().equals("~"));
            return new Tree.Text(none ? "" : scalar.getValue(), where);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(tree(item, where(item), depth + 1));
            }
            return new Tree.Items(items, where);
        }
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new IllegalArgumentException(
                        where(tuple.getKeyNode()) + ": a name is needed here.");
            }
            // A named entry stands where its name does: that is what people look for.
            Tree value = tree(tuple.getValueNode(), where(key), depth + 1);
            if (fields.put(key.getValue(), value) != null) {
                throw new IllegalArgumentException(
                        where(key) + ": \"" + key.getValue() + "\" stands here twice; keep one.");
            }
        }
        return new Tree.Fields(fields, where);
    }

    private String where(Node node) {
        return name
                + node.getStartMark()
                        .map(m -> ", line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
                        .orElse("");
    }
}
