package org.diapason.volume;

/**
 * What the channels of a volume are.
 *
 * @param kind one, colours, components or frames
 * @param startSeconds start of each frame in s; NaN where the file does not say; empty unless
 *     frames
 * @param durationSeconds duration of each frame in s; NaN where the file does not say; empty unless
 *     frames
 */
public record Channels(Kind kind, Numbers startSeconds, Numbers durationSeconds) {

    /** One channel: the rule. */
    public static final Channels ONE = plain(Kind.ONE);

    /** Red, green, blue, and opacity where there are four; grey and opacity where there are two. */
    public static final Channels COLOURS = plain(Kind.COLOURS);

    /** Components of a vector or tensor, or anything else that is measured side by side. */
    public static final Channels COMPONENTS = plain(Kind.COMPONENTS);

    /** What a channel can be. */
    public enum Kind {
        ONE("channel"),
        COLOURS("colours"),
        COMPONENTS("components"),
        FRAMES("frames");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        /** Returns the word for several of them. */
        public String plural() {
            return plural;
        }
    }

    public Channels {
        if (startSeconds.size() != durationSeconds.size()
                || (kind != Kind.FRAMES && startSeconds.size() > 0)) {
            throw new IllegalArgumentException(
                    "only frames have times, a start and a duration each; got "
                            + startSeconds.size()
                            + " starts and "
                            + durationSeconds.size()
                            + " durations of "
                            + kind.plural());
        }
    }

    private static Channels plain(Kind kind) {
        return new Channels(kind, Numbers.of(), Numbers.of());
    }

    /** Returns time frames with their starts and durations in s, NaN where not known. */
    public static Channels frames(Numbers startSeconds, Numbers durationSeconds) {
        return new Channels(Kind.FRAMES, startSeconds, durationSeconds);
    }

    /** Returns frames of one duration in s, one right after the other; NaN where not known. */
    public static Channels frames(int count, double startSeconds, double durationSeconds) {
        double[] start = new double[count];
        double[] duration = new double[count];
        for (int c = 0; c < count; c++) {
            start[c] = startSeconds + c * durationSeconds;
            duration[c] = durationSeconds;
        }
        return frames(Numbers.of(start), Numbers.of(duration));
    }

    void requireFits(int count) {
        boolean fits =
                switch (kind) {
                    case ONE -> count == 1;
                    case COLOURS, COMPONENTS -> count > 1;
                    case FRAMES -> count > 1 && count == startSeconds.size();
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    count
                            + " channels cannot be "
                            + kind.plural()
                            + (kind == Kind.FRAMES
                                    ? " with " + startSeconds.size() + " times"
                                    : ""));
        }
    }
}
