package org.diapason.surface;

import java.util.Arrays;

/** Grows a {@link Hull} from a tetrahedron, always to the farthest point above a face. */
final class HullBuilder {
    private static final int NONE = -1;

    private final int[] points;
    private int[] corner = new int[3 * 64];
    private int[] beside = new int[3 * 64];
    private long[] plane = new long[4 * 64];
    private int[] above = new int[64];
    private int[] mark = new int[64];
    private int faces;
    private int round;
    private final int[] nextAbove;
    private final int[] newFaceFrom;

    HullBuilder(int[] points) {
        this.points = points;
        nextAbove = new int[points.length / 3];
        newFaceFrom = new int[points.length / 3];
    }

    Hull build() {
        start();
        int[] seen = new int[64];
        for (int f = 0; f < faces; f++) {
            if (mark[f] == NONE || above[f] == NONE) {
                continue;
            }
            int apex = farthest(f);
            round++;
            seen = visible(f, apex, seen);
            int count = seen[0];
            int first = faces;
            for (int s = 1; s <= count; s++) {
                cone(seen[s], apex);
            }
            for (int g = first; g < faces; g++) {
                int after = newFaceFrom[corner[3 * g + 1]];
                beside[3 * g + 1] = after;
                beside[3 * after + 2] = g;
            }
            for (int s = 1; s <= count; s++) {
                mark[seen[s]] = NONE;
                hand(above[seen[s]], first);
            }
        }
        return compact();
    }

    /** Makes the first four faces and hands every point to one below it. */
    private void start() {
        int count = nextAbove.length;
        int a = 0;
        int b = best(p -> square(p, a));
        int c = best(p -> spread(a, b, p));
        long[] base = planeOf(a, b, c);
        int d = best(p -> Math.abs(height(base, 0, p)));
        if (count == 0 || height(base, 0, d) == 0) {
            throw new IllegalArgumentException("points in one plane have no hull with a volume");
        }
        int[] t = height(base, 0, d) < 0 ? new int[] {a, b, c, d} : new int[] {a, c, b, d};
        add(t[0], t[1], t[2]);
        add(t[1], t[0], t[3]);
        add(t[2], t[1], t[3]);
        add(t[0], t[2], t[3]);
        beside = Arrays.copyOf(new int[] {1, 2, 3, 0, 3, 2, 0, 1, 3, 0, 2, 1}, beside.length);
        int list = NONE;
        for (int p = 0; p < count; p++) {
            nextAbove[p] = list;
            list = p;
        }
        hand(list, 0);
    }

    private interface Measure {
        long of(int p);
    }

    private int best(Measure measure) {
        int best = 0;
        long most = -1;
        for (int p = 0; p < nextAbove.length; p++) {
            long m = measure.of(p);
            if (m > most) {
                most = m;
                best = p;
            }
        }
        return best;
    }

    private long square(int p, int q) {
        long sum = 0;
        for (int x = 0; x < 3; x++) {
            long d = points[3 * p + x] - points[3 * q + x];
            sum += d * d;
        }
        return sum;
    }

    private long spread(int a, int b, int p) {
        long[] n = planeOf(a, b, p);
        return Math.abs(n[0]) + Math.abs(n[1]) + Math.abs(n[2]);
    }

    /** Returns the normal of a triangle and its product with the points of the plane. */
    private long[] planeOf(int a, int b, int c) {
        long[] u = new long[3];
        long[] v = new long[3];
        for (int x = 0; x < 3; x++) {
            u[x] = points[3 * b + x] - points[3 * a + x];
            v[x] = points[3 * c + x] - points[3 * a + x];
        }
        long[] n = {
            u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0], 0
        };
        n[3] = n[0] * points[3 * a] + n[1] * points[3 * a + 1] + n[2] * points[3 * a + 2];
        return n;
    }

    private static void copy(long[] from, long[] to, int at) {
        System.arraycopy(from, 0, to, at, 4);
    }

    private long height(long[] planes, int at, int p) {
        return planes[at] * points[3 * p]
                + planes[at + 1] * points[3 * p + 1]
                + planes[at + 2] * points[3 * p + 2]
                - planes[at + 3];
    }

    private int add(int a, int b, int c) {
        if (faces == above.length) {
            corner = Arrays.copyOf(corner, 2 * corner.length);
            beside = Arrays.copyOf(beside, 2 * beside.length);
            plane = Arrays.copyOf(plane, 2 * plane.length);
            above = Arrays.copyOf(above, 2 * above.length);
            mark = Arrays.copyOf(mark, 2 * mark.length);
        }
        corner[3 * faces] = a;
        corner[3 * faces + 1] = b;
        corner[3 * faces + 2] = c;
        copy(planeOf(a, b, c), plane, 4 * faces);
        above[faces] = NONE;
        return faces++;
    }

    private int farthest(int f) {
        int best = above[f];
        for (int p = best; p != NONE; p = nextAbove[p]) {
            best = height(plane, 4 * f, p) > height(plane, 4 * f, best) ? p : best;
        }
        return best;
    }

    /** Returns the faces that see a point, from place 1; their number stands at place 0. */
    private int[] visible(int first, int p, int[] room) {
        int[] seen = room;
        mark[first] = round;
        seen[1] = first;
        int count = 1;
        for (int s = 1; s <= count; s++) {
            for (int e = 0; e < 3; e++) {
                int g = beside[3 * seen[s] + e];
                if (mark[g] != round && height(plane, 4 * g, p) > 0) {
                    mark[g] = round;
                    if (++count == seen.length) {
                        seen = Arrays.copyOf(seen, 2 * seen.length);
                    }
                    seen[count] = g;
                }
            }
        }
        seen[0] = count;
        return seen;
    }

    /** Adds a face from each edge of a seen face that borders an unseen one to the new point. */
    private void cone(int f, int p) {
        for (int e = 0; e < 3; e++) {
            int g = beside[3 * f + e];
            if (mark[g] == round) {
                continue;
            }
            int a = corner[3 * f + e];
            int made = add(a, corner[3 * f + (e + 1) % 3], p);
            newFaceFrom[a] = made;
            beside[3 * made] = g;
            for (int x = 0; x < 3; x++) {
                if (beside[3 * g + x] == f && corner[3 * g + (x + 1) % 3] == a) {
                    beside[3 * g + x] = made;
                }
            }
        }
    }

    /** Hands each point of a list to the first face from {@code first} on that it lies above. */
    private void hand(int list, int first) {
        int p = list;
        while (p != NONE) {
            int then = nextAbove[p];
            for (int f = first; f < faces; f++) {
                if (height(plane, 4 * f, p) > 0) {
                    nextAbove[p] = above[f];
                    above[f] = p;
                    break;
                }
            }
            p = then;
        }
    }

    private Hull compact() {
        int[] place = new int[faces];
        int kept = 0;
        for (int f = 0; f < faces; f++) {
            place[f] = mark[f] == NONE ? NONE : kept++;
        }
        int[] face = new int[3 * kept];
        int[] next = new int[3 * kept];
        long[] normals = new long[3 * kept];
        int[] rename = new int[nextAbove.length];
        Arrays.fill(rename, NONE);
        int[] used = new int[points.length];
        int count = 0;
        for (int f = 0; f < faces; f++) {
            if (place[f] == NONE) {
                continue;
            }
            for (int x = 0; x < 3; x++) {
                int p = corner[3 * f + x];
                if (rename[p] == NONE) {
                    rename[p] = count;
                    System.arraycopy(points, 3 * p, used, 3 * count++, 3);
                }
                face[3 * place[f] + x] = rename[p];
                next[3 * place[f] + x] = place[beside[3 * f + x]];
                normals[3 * place[f] + x] = plane[4 * f + x];
            }
        }
        return new Hull(Arrays.copyOf(used, 3 * count), normals, face, next);
    }
}
