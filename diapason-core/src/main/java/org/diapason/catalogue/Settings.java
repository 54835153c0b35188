package org.diapason.catalogue;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Default;
import org.diapason.step.Names;
import org.diapason.step.Spelling;
import org.diapason.volume.Numbers;

/**
 * Records to settings and back, by their components: the one rule for recipes, fitted models, the
 * command line and calibration files.
 *
 * <p>A component is written under its own name and read under that or its kebab case.
 */
public final class Settings {
    private Settings() {}

    /**
     * Makes a record from settings.
     *
     * @throws IllegalArgumentException if a setting is unknown, missing or not acceptable; the
     *     message says where it stands
     */
    public static <T> T read(Class<T> type, Tree tree) {
        Tree.Fields fields = fields(type, tree);
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>();
        for (RecordComponent c : components) {
            known.add(Names.kebab(c.getName()));
        }
        Map<String, Tree> given = new LinkedHashMap<>();
        fields.values()
                .forEach(
                        (key, value) -> {
                            String name = Names.kebab(key);
                            if (!known.contains(name)) {
                                throw new IllegalArgumentException(
                                        value.where()
                                                + ": "
                                                + Names.of(type)
                                                + " has no setting \""
                                                + key
                                                + "\"; "
                                                + owner(components, name)
                                                        .map(o -> "it belongs in " + o + ".")
                                                        .orElseGet(
                                                                () ->
                                                                        known.isEmpty()
                                                                                ? "it has none."
                                                                                : Spelling.hint(
                                                                                        name,
                                                                                        known)));
                            }
                            given.put(name, value);
                        });
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int n = 0; n < components.length; n++) {
            types[n] = components[n].getType();
            arguments[n] = component(type, components[n], given.get(known.get(n)), fields.where());
        }
        return make(type, types, arguments, fields.where());
    }

    /**
     * Returns the setting that has one of exactly this name in it: people write it one too high.
     */
    private static Optional<String> owner(RecordComponent[] components, String name) {
        for (RecordComponent c : components) {
            Type held = c.getGenericType();
            while (held instanceof ParameterizedType p) {
                held = p.getActualTypeArguments()[p.getActualTypeArguments().length - 1];
            }
            RecordComponent[] nested = ((Class<?>) held).getRecordComponents();
            for (RecordComponent n : nested == null ? new RecordComponent[0] : nested) {
                if (Names.kebab(n.getName()).equals(name)) {
                    return Optional.of(Names.kebab(c.getName()));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the settings of a record as maps, lists, texts, numbers and truth values. */
    public static Map<String, Object> write(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent c : value.getClass().getRecordComponents()) {
            Object plain = plain(get(c, value));
            if (plain != null) {
                fields.put(c.getName(), plain);
            }
        }
        return fields;
    }

    private static Tree.Fields fields(Class<?> type, Tree tree) {
        if (tree instanceof Tree.Fields f) {
            return f;
        }
        if (tree instanceof Tree.Text t && t.value().isBlank()) {
            return new Tree.Fields(Map.of(), t.where());
        }
        throw new IllegalArgumentException(
                tree.where() + ": " + Names.of(type) + " needs named settings");
    }

    private static Object component(
            Class<?> type, RecordComponent component, Tree given, String where) {
        if (given != null) {
            return value(component.getGenericType(), given, Names.kebab(component.getName()));
        }
        Default byDefault = component.getAnnotation(Default.class);
        if (byDefault == null) {
            Object none = none(component.getType());
            if (none != null) {
                return none;
            }
            throw new IllegalArgumentException(
                    where
                            + ": "
                            + Names.of(type)
                            + " needs the setting \""
                            + Names.kebab(component.getName())
                            + "\""
                            + Help.of(type)
                                    .component(component.getName())
                                    .map(h -> ": " + h)
                                    .orElse("")
                            + ".");
        }
        Object none = byDefault.value().isEmpty() ? none(component.getType()) : null;
        return none != null
                ? none
                : value(
                        component.getGenericType(),
                        new Tree.Text(byDefault.value(), "default"),
                        Names.kebab(component.getName()));
    }

    private static Object none(Class<?> raw) {
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == OptionalDouble.class) {
            return OptionalDouble.empty();
        }
        if (raw == OptionalInt.class) {
            return OptionalInt.empty();
        }
        return raw == List.class
                ? List.of()
                : Map.class.isAssignableFrom(raw) ? new TreeMap<>() : null;
    }

    private static Object value(Type type, Tree tree, String name) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
        if (raw == Optional.class) {
            return Optional.of(value(argument(type, 0), tree, name));
        }
        if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            items(tree).forEach(item -> list.add(value(argument(type, 0), item, name)));
            return List.copyOf(list);
        }
        if (raw == Map.class || raw == SortedMap.class) {
            SortedMap<String, Object> map = new TreeMap<>();
            if (!(tree instanceof Tree.Fields fields)) {
                throw wrong(tree, name, "named entries");
            }
            fields.values().forEach((key, v) -> map.put(key, value(argument(type, 1), v, key)));
            return map;
        }
        if (raw == Numbers.class && tree instanceof Tree.Values values) {
            return values.values();
        }
        if (raw == Numbers.class) {
            return Numbers.of(items(tree).stream().mapToDouble(t -> number(t, name)).toArray());
        }
        if (raw.isRecord()) {
            return read(raw, tree);
        }
        if (raw.isSealed()) {
            return member(raw, tree, name);
        }
        return scalar(raw, tree, name);
    }

    /** Reads one record of a family: its name, or its name with settings. */
    private static Object member(Class<?> family, Tree tree, String name) {
        Map<String, Class<?>> members = new LinkedHashMap<>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            members.put(Names.of(member), member);
        }
        String chosen = null;
        Tree settings = new Tree.Fields(Map.of(), tree.where());
        if (tree instanceof Tree.Text t) {
            chosen = t.value().trim();
        } else if (tree instanceof Tree.Fields f && f.values().size() == 1) {
            chosen = f.values().keySet().iterator().next();
            settings = f.values().get(chosen);
        }
        if (chosen == null) {
            throw wrong(tree, name, "a name, or one name with its settings");
        }
        Class<?> member = members.get(Names.kebab(chosen));
        if (member == null) {
            throw new IllegalArgumentException(
                    tree.where()
                            + ": "
                            + name
                            + " has no \""
                            + chosen
                            + "\"; "
                            + FusionFamilies.elsewhere(family, chosen)
                                    .orElse(Spelling.hint(chosen, List.copyOf(members.keySet()))));
        }
        return read(member, settings);
    }

    private static Object scalar(Class<?> raw, Tree tree, String name) {
        if (!(tree instanceof Tree.Text t)) {
            throw wrong(tree, name, "one value");
        }
        String text = t.value().trim();
        if (raw == String.class) {
            return t.value();
        }
        if (raw == double.class || raw == Double.class) {
            return number(tree, name);
        }
        if (raw == OptionalDouble.class) {
            return OptionalDouble.of(number(tree, name));
        }
        if (raw == int.class || raw == Integer.class) {
            return (int) whole(tree, name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (raw == OptionalInt.class) {
            return OptionalInt.of((int) whole(tree, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (raw == long.class) {
            return whole(tree, name, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (raw == boolean.class) {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            throw wrong(tree, name, "true or false");
        }
        if (raw.isEnum()) {
            List<String> known = new ArrayList<>();
            for (Object constant : raw.getEnumConstants()) {
                String word = word(constant);
                if (word.equals(text) || ((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
                known.add(word);
            }
            throw wrong(tree, name, "one of " + String.join(", ", known));
        }
        throw new IllegalStateException("no rule to read a setting of " + raw);
    }

    private static List<Tree> items(Tree tree) {
        if (tree instanceof Tree.Items items) {
            return items.values();
        }
        return tree instanceof Tree.Text t && t.value().isBlank() ? List.of() : List.of(tree);
    }

    private static double number(Tree tree, String name) {
        if (tree instanceof Tree.Text t) {
            if (t.value().isEmpty()) {
                return Double.NaN;
            }
            try {
                return Double.parseDouble(t.value().trim());
            } catch (NumberFormatException e) {
                throw wrong(tree, name, "a number");
            }
        }
        throw wrong(tree, name, "a number");
    }

    private static long whole(Tree tree, String name, long least, long most) {
        double value = number(tree, name);
        if (value != Math.rint(value) || value < least || value > most) {
            throw wrong(tree, name, "a whole number");
        }
        return Math.abs(value) < 0x1p53
                ? (long) value
                : Long.parseLong(((Tree.Text) tree).value().trim());
    }

    private static IllegalArgumentException wrong(Tree tree, String name, String needed) {
        String found =
                tree instanceof Tree.Text t ? "\"" + t.value() + "\"" : "a list or named entries";
        return new IllegalArgumentException(
                tree.where() + ": " + name + " needs " + needed + ", found " + found);
    }

    private static Type argument(Type type, int place) {
        return ((ParameterizedType) type).getActualTypeArguments()[place];
    }

    /** Returns a constant of an enumeration as settings write it: {@code half-table}. */
    public static String word(Object constant) {
        return constant.toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static Object plain(Object value) {
        if (value instanceof Optional<?> o) {
            return o.map(Settings::plain).orElse(null);
        }
        if (value instanceof OptionalDouble o) {
            return o.isPresent() ? (Object) o.getAsDouble() : null;
        }
        if (value instanceof OptionalInt o) {
            return o.isPresent() ? (Object) o.getAsInt() : null;
        }
        if (value instanceof Enum<?> e) {
            return word(e);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Settings::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((k, v) -> plain.put((String) k, plain(v)));
            return plain;
        }
        if (!(value instanceof Record)) {
            return value;
        }
        return ofFamily(value) ? Map.of(Names.of(value), write(value)) : write(value);
    }

    /** Says whether the record is one of several that a setting may name. */
    private static boolean ofFamily(Object value) {
        for (Class<?> parent : value.getClass().getInterfaces()) {
            if (parent.isSealed()) {
                return true;
            }
        }
        return false;
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record gives its components away", e);
        }
    }

    private static <T> T make(Class<T> type, Class<?>[] types, Object[] arguments, String where) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        where + ": " + Names.of(type) + ": " + wrong.getMessage(), wrong);
            }
            throw new IllegalStateException(type + " could not be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " could not be made", e);
        }
    }
}
