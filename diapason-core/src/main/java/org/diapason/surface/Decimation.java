package org.diapason.surface;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.diapason.volume.RefusedException;

/**
 * Makes a closed mesh of fewer triangles by drawing edges together, the cheapest first.
 *
 * <p>The cost of an edge is the sum of squared distances of its best new point to the planes of all
 * triangles that went into it, weighted by area ({@link Quadrics}). An edge is drawn together only
 * where the surface stays what it was: its ends have no other common neighbours than the two across
 * it (the link condition of Dey, Edelsbrunner, Guha and Nekhayev 1999, Publ. Inst. Math. 66:23–45),
 * no triangle turns by more than 78° at once, none becomes a needle. So shells, handles and
 * closedness stay.
 *
 * <p>Where triangles of the outcome cut each other, all is done again, and the points that went
 * into their corners may only be drawn together at an eighth of what the dearest of these edges
 * cost; so up to ten times. What then still cuts was cut before, or is to be looked for ({@link
 * MeshCheck}).
 *
 * <p>Ties go to the lower point; one thread, so that the outcome is the same everywhere. About 4 µs
 * a triangle.
 *
 * <p>Method: Garland and Heckbert 1997, Proc. SIGGRAPH, 209–216, doi:10.1145/258734.258849.
 */
public final class Decimation {
    private static final double LEAST_COSINE = 0.2;
    private static final double NEEDLE = 0.01;
    private static final int TELL_EVERY = 1 << 14;
    private static final int ROUNDS = 10;
    private static final double CHEAPER = 8;

    private final double[] points;
    private final double[] middle = new double[3];
    private final Rings rings;
    private final Quadrics quadrics;
    private final double[] cost;
    private final int[] partner;
    private final Queue queue;

    /** What an edge of a point may cost, and what the dearest that went into it did. */
    private final double[] most;

    private final double[] spent;

    /** The point into which each went, itself while it stands. */
    private final int[] into;

    private Decimation(Mesh mesh, double[] mayCost) {
        points = mesh.points().clone();
        for (int a = 0; a < 3; a++) {
            middle[a] = points[a];
        }
        for (int c = 0; c < points.length; c++) {
            points[c] -= middle[c % 3];
        }
        int count = points.length / 3;
        rings = new Rings(mesh.triangles().clone(), count);
        quadrics = new Quadrics(points, mesh.triangles());
        cost = new double[count];
        partner = new int[count];
        most = mayCost.clone();
        spent = new double[count];
        into = new int[count];
        for (int p = 0; p < count; p++) {
            into[p] = p;
        }
        for (int p = 0; p < count; p++) {
            choose(p, Double.NEGATIVE_INFINITY, -1);
        }
        queue = new Queue(cost);
    }

    /**
     * Returns a mesh with at most so many triangles, or as few as the conditions allow.
     *
     * @param faces how many triangles to reach; at least 4
     * @param rootMm an edge whose new point has a larger root mean square distance to its planes
     *     stays; infinity for none
     * @param done is told now and then which share of the way is gone, 0 to 1
     * @throws RefusedException if the mesh is not closed and manifold
     */
    public static Mesh to(Mesh mesh, int faces, double rootMm, DoubleConsumer done) {
        if (faces < 4 || !(rootMm >= 0)) {
            throw new IllegalArgumentException(
                    "at least 4 triangles and a distance of 0 or more are needed, got "
                            + faces
                            + " and "
                            + rootMm);
        }
        MeshCheck check = MeshCheck.of(mesh);
        if (!check.watertight() || !check.manifold()) {
            throw new RefusedException(
                    "only a closed surface can be made of fewer triangles, and this one has "
                            + check.faults().get(0).words()
                            + ". See diapason mesh-check.");
        }
        double[] mayCost = new double[mesh.points().length / 3];
        Arrays.fill(mayCost, Double.POSITIVE_INFINITY);
        Mesh left = mesh;
        for (int round = 0; round < ROUNDS; round++) {
            Decimation decimation = new Decimation(mesh, mayCost);
            decimation.run(faces, rootMm, done);
            left = decimation.left();
            if (!decimation.cheapen(left, mayCost)) {
                break;
            }
        }
        return left;
    }

    /** Lets points cost less whose triangles cut others; says whether any did. */
    private boolean cheapen(Mesh left, double[] mayCost) {
        boolean[] cut = Crossings.of(left).cut();
        boolean[] bad = new boolean[into.length];
        boolean any = false;
        int[] t = rings.triangles();
        int face = 0;
        for (int c = 0; c < t.length; c += 3) {
            if (rings.gone(c)) {
                continue;
            }
            for (int n = c; n < c + 3 && cut[face]; n++) {
                bad[t[n]] = true;
                any |= spent[t[n]] > 0;
            }
            face++;
        }
        for (int p = 0; p < mayCost.length && any; p++) {
            int root = p;
            while (into[root] != root) {
                into[root] = into[into[root]];
                root = into[root];
            }
            mayCost[p] = bad[root] ? Math.min(mayCost[p], spent[root] / CHEAPER) : mayCost[p];
        }
        return any;
    }

    private void run(int faces, double rootMm, DoubleConsumer done) {
        int before = rings.alive();
        int steps = 0;
        while (rings.alive() > faces && cost[queue.first()] < Double.POSITIVE_INFINITY) {
            int u = queue.first();
            int v = partner[u];
            double price = quadrics.cost(points, u, v);
            boolean cheap = price <= Math.min(most[u], most[v]);
            if (cheap && quadrics.rootMm(u, v) <= rootMm && allowed(u, v)) {
                collapse(u, v, price);
            } else {
                choose(u, price, v);
                queue.moved(u);
            }
            if (++steps % TELL_EVERY == 0) {
                done.accept((before - rings.alive()) / (double) (before - faces));
            }
        }
        done.accept(1);
    }

    /** Chooses the cheapest edge of a point that comes after one in the order (cost, other end). */
    private void choose(int p, double after, int afterPoint) {
        double least = Double.POSITIVE_INFINITY;
        int best = -1;
        for (int c = rings.first(p); c >= 0; c = rings.after(c)) {
            int other = rings.triangles()[HalfEdges.next(c)];
            double price = quadrics.cost(points, p, other);
            boolean later = price > after || price == after && other > afterPoint;
            if (later && (price < least || price == least && other < best)) {
                least = price;
                best = other;
            }
        }
        cost[p] = least;
        partner[p] = best;
    }

    private boolean allowed(int u, int v) {
        int[] t = rings.triangles();
        int common = 0;
        for (int c = rings.first(u); c >= 0; c = rings.after(c)) {
            int other = t[HalfEdges.next(c)];
            common += other != v && rings.beside(other, v) ? 1 : 0;
        }
        if (common != 2 || rings.valence(u) == 3 && rings.valence(v) == 3) {
            return false;
        }
        return keeps(u, v) && keeps(v, u);
    }

    /** Says whether the triangles of u without v stay turned as they were, and no needles. */
    private boolean keeps(int u, int v) {
        int[] t = rings.triangles();
        double[] to = quadrics.best;
        for (int c = rings.first(u); c >= 0; c = rings.after(c)) {
            int a = t[HalfEdges.next(c)];
            int b = t[HalfEdges.before(c)];
            if (a == v || b == v) {
                continue;
            }
            double ex = points[3 * b] - points[3 * a];
            double ey = points[3 * b + 1] - points[3 * a + 1];
            double ez = points[3 * b + 2] - points[3 * a + 2];
            double ox = points[3 * u] - points[3 * a];
            double oy = points[3 * u + 1] - points[3 * a + 1];
            double oz = points[3 * u + 2] - points[3 * a + 2];
            double nx = to[0] - points[3 * a];
            double ny = to[1] - points[3 * a + 1];
            double nz = to[2] - points[3 * a + 2];
            double oldX = ey * oz - ez * oy;
            double oldY = ez * ox - ex * oz;
            double oldZ = ex * oy - ey * ox;
            double newX = ey * nz - ez * ny;
            double newY = ez * nx - ex * nz;
            double newZ = ex * ny - ey * nx;
            double e2 = ex * ex + ey * ey + ez * ez;
            double o2 = ox * ox + oy * oy + oz * oz;
            double n2 = nx * nx + ny * ny + nz * nz;
            double was = Math.sqrt(oldX * oldX + oldY * oldY + oldZ * oldZ);
            double is = Math.sqrt(newX * newX + newY * newY + newZ * newZ);
            double dot = oldX * newX + oldY * newY + oldZ * newZ;
            double shape = is / (e2 + n2);
            if (!(dot > LEAST_COSINE * was * is) || shape < Math.min(NEEDLE, was / (e2 + o2))) {
                return false;
            }
        }
        return true;
    }

    private void collapse(int u, int v, double price) {
        into[v] = u;
        most[u] = Math.min(most[u], most[v]);
        spent[u] = Math.max(price, Math.max(spent[u], spent[v]));
        System.arraycopy(quadrics.best, 0, points, 3 * u, 3);
        quadrics.merge(u, v);
        rings.merge(u, v);
        cost[v] = Double.POSITIVE_INFINITY;
        queue.moved(v);
        choose(u, Double.NEGATIVE_INFINITY, -1);
        queue.moved(u);
        int[] t = rings.triangles();
        for (int c = rings.first(u); c >= 0; c = rings.after(c)) {
            int w = t[HalfEdges.next(c)];
            choose(w, Double.NEGATIVE_INFINITY, -1);
            queue.moved(w);
        }
    }

    private Mesh left() {
        int[] t = rings.triangles();
        int[] number = new int[points.length / 3];
        Arrays.fill(number, -1);
        int[] triangles = new int[3 * rings.alive()];
        double[] kept = new double[points.length];
        int corners = 0;
        int count = 0;
        for (int c = 0; c < t.length; c++) {
            if (rings.gone(c)) {
                continue;
            }
            if (number[t[c]] < 0) {
                number[t[c]] = count;
                for (int a = 0; a < 3; a++) {
                    kept[3 * count + a] = points[3 * t[c] + a] + middle[a];
                }
                count++;
            }
            triangles[corners++] = number[t[c]];
        }
        return Mesh.of(Arrays.copyOf(kept, 3 * count), triangles);
    }

    /** The points by cost, then by number: a heap that knows where each point stands. */
    private static final class Queue {
        private final double[] cost;
        private final int[] heap;
        private final int[] place;

        Queue(double[] cost) {
            this.cost = cost;
            heap = new int[cost.length];
            place = new int[cost.length];
            for (int n = 0; n < heap.length; n++) {
                heap[n] = n;
                place[n] = n;
            }
            for (int n = heap.length / 2; n >= 0; n--) {
                down(n);
            }
        }

        int first() {
            return heap[0];
        }

        /** To be told when the cost of a point has changed. */
        void moved(int point) {
            up(place[point]);
            down(place[point]);
        }

        private boolean before(int a, int b) {
            return cost[a] < cost[b] || cost[a] == cost[b] && a < b;
        }

        private void up(int from) {
            int n = from;
            int point = heap[n];
            while (n > 0 && before(point, heap[(n - 1) / 2])) {
                set(n, heap[(n - 1) / 2]);
                n = (n - 1) / 2;
            }
            set(n, point);
        }

        private void down(int from) {
            int n = from;
            int point = heap[n];
            while (2 * n + 1 < heap.length) {
                int child = 2 * n + 1;
                if (child + 1 < heap.length && before(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!before(heap[child], point)) {
                    break;
                }
                set(n, heap[child]);
                n = child;
            }
            set(n, point);
        }

        private void set(int n, int point) {
            heap[n] = point;
            place[point] = n;
        }
    }
}
