package org.diapason.registration;

import java.util.List;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * In which direction and by how much each place of a registered image may be off: the covariance Σ
 * of a shift u of mean 0, in mm², of places of the fixed image (LPS). Where the registration puts
 * T(x), {@code T(x + u)} may be right.
 *
 * <p>Σ is kept at the nodes of a coarse grid from border to border of the fixed image, and at a
 * place between them it is
 *
 * <pre>
 * blend of the eight nodes about it − Σ over axes a of 4 w(a) (1 − w(a)) sag(a)
 * </pre>
 *
 * <p>w the way from one node to the next along an axis. A blend of covariances is one. Under a
 * linear model u is linear in x and Σ of second degree: it then hangs below the blend by the same
 * along each axis everywhere, {@code sag(a) = h² C(a) / 4}, h the distance of nodes and C the
 * covariance of the slope of u along the axis, and the sum is exact. (Without it the mean length of
 * u over an object of 60 mm in an image of 96 mm was 19 % too large.) Of deformations sags are 0. A
 * place beyond the nodes has what the nearest border has.
 *
 * @param nodes their grid; an axis of one voxel has one
 * @param mm2 six numbers a node, xx xy xz yy yz zz, the nodes in the order of voxels
 * @param sagMm2 six numbers for each axis of the nodes, half-way between two
 */
public record ErrorCovariance(Geometry nodes, Numbers mm2, Numbers sagMm2) {
    /** Numbers of a covariance. */
    static final int PARTS = 6;

    private static final int NODES = 5;

    /** Share of the largest eigenvalue by which rounding may lower the least one below 0. */
    private static final double ROUNDING = 1e-9;

    /** Numbers whose squares are beyond a double have no eigenvalues. */
    private static final double MOST = 1e150;

    /**
     * @throws IllegalArgumentException if these are not the finite covariances of nodes and axes
     */
    public ErrorCovariance {
        if (mm2.size() != (long) PARTS * nodes.voxels() || sagMm2.size() != 3 * PARTS) {
            throw new IllegalArgumentException(
                    nodes.voxels()
                            + " nodes and 3 axes have 6 numbers each, xx xy xz yy yz zz, got "
                            + mm2.size()
                            + " and "
                            + sagMm2.size());
        }
        for (int n = 0; n < nodes.voxels(); n++) {
            requireCovariance(mm2, n, "node ");
        }
        for (int a = 0; a < 3; a++) {
            requireCovariance(sagMm2, a, "axis ");
        }
    }

    private static void requireCovariance(Numbers of, int n, String what) {
        double[] full = new double[9];
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                full[3 * r + c] = of.get(PARTS * n + part(r, c));
                sum += Math.abs(full[3 * r + c]);
            }
        }
        double[] values = sum < MOST ? Symmetric3.eigenvalues(full) : new double[] {0, 0, -1};
        if (!(values[2] >= -ROUNDING * values[0])) {
            throw new IllegalArgumentException(
                    "the numbers of " + what + n + " are no covariance: no spread has them");
        }
    }

    /**
     * Returns the covariance of errors of linear maps, exactly.
     *
     * @param image the fixed grid
     * @param weight of the squares of their shifts
     * @param maps each puts x at x + u(x)
     */
    static ErrorCovariance linear(Geometry image, double weight, List<Affine> maps) {
        Geometry nodes = nodes(image);
        double[][] places = places(nodes);
        double[] mm2 = new double[PARTS * places.length];
        double[] sag = new double[3 * PARTS];
        double[] u = new double[3];
        for (Affine map : maps) {
            for (int n = 0; n < places.length; n++) {
                shift(map, places[n], u);
                add(mm2, PARTS * n, weight, u);
            }
            for (int a = 0; a < 3; a++) {
                double half = nodes.size(a) > 1 ? nodes.spacing(a) / 2 : 0;
                slope(map, nodes, a, u);
                add(sag, PARTS * a, weight * half * half, u);
            }
        }
        return new ErrorCovariance(nodes, Numbers.of(mm2), Numbers.of(sag));
    }

    private static void shift(Affine map, double[] place, double[] u) {
        System.arraycopy(place, 0, u, 0, 3);
        map.apply(u);
        for (int r = 0; r < 3; r++) {
            u[r] -= place[r];
        }
    }

    /** Writes by how much u grows in a mm along an axis of the nodes. */
    private static void slope(Affine map, Geometry nodes, int axis, double[] u) {
        for (int r = 0; r < 3; r++) {
            u[r] = -nodes.direction().get(3 * r + axis);
            for (int c = 0; c < 3; c++) {
                u[r] += map.get(r, c) * nodes.direction().get(3 * c + axis);
            }
        }
    }

    /** Returns covariances of nodes that are linear between them. */
    static ErrorCovariance blended(Geometry nodes, double[] mm2) {
        return new ErrorCovariance(nodes, Numbers.of(mm2), Numbers.of(new double[3 * PARTS]));
    }

    /** Returns the place of Σ's element among the six. */
    static int part(int row, int column) {
        int low = Math.min(row, column);
        return low * (5 - low) / 2 + Math.max(row, column);
    }

    /** Returns the nodes for an image: five along each axis, fewer where it has fewer voxels. */
    static Geometry nodes(Geometry image) {
        int[] size = new int[3];
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            int n = image.size(a);
            size[a] = Math.min(NODES, n);
            spacing[a] = image.spacing(a) * (n == 1 ? 1 : (n - 1.0) / (size[a] - 1));
        }
        return new Geometry(
                size[0],
                size[1],
                size[2],
                Numbers.of(spacing),
                image.originMm(),
                image.direction());
    }

    /** Returns the places of the nodes of a grid in mm, in the order of voxels. */
    static double[][] places(Geometry nodes) {
        double[][] places = new double[nodes.voxels()][];
        for (int n = 0; n < places.length; n++) {
            int row = n / nodes.ni();
            places[n] =
                    nodes.toWorld(n - row * nodes.ni(), row % nodes.nj(), row / nodes.nj())
                            .toArray();
        }
        return places;
    }

    /** Adds {@code weight · u uᵀ} to six numbers. */
    static void add(double[] to, int offset, double weight, double[] u) {
        to[offset] += weight * u[0] * u[0];
        to[offset + 1] += weight * u[0] * u[1];
        to[offset + 2] += weight * u[0] * u[2];
        to[offset + 3] += weight * u[1] * u[1];
        to[offset + 4] += weight * u[1] * u[2];
        to[offset + 5] += weight * u[2] * u[2];
    }

    /**
     * Writes Σ at a place; may be called by several threads.
     *
     * @param place in mm; not modified
     * @param covariance takes xx, xy, xz, yy, yz, zz in mm²
     */
    public void at(double[] place, double[] covariance) {
        double i = along(nodes, 0, place);
        double j = along(nodes, 1, place);
        double k = along(nodes, 2, place);
        for (int n = 0; n < PARTS; n++) {
            covariance[n] = 0;
        }
        for (int corner = 0; corner < 8; corner++) {
            double share = share(corner, i, j, k);
            if (share > 0) {
                int node = PARTS * node(nodes, corner, i, j, k);
                for (int n = 0; n < PARTS; n++) {
                    covariance[n] += share * mm2.get(node + n);
                }
            }
        }
        for (int n = 0; n < PARTS; n++) {
            covariance[n] -=
                    sags(i) * sagMm2.get(n)
                            + sags(j) * sagMm2.get(PARTS + n)
                            + sags(k) * sagMm2.get(2 * PARTS + n);
        }
    }

    private static double sags(double at) {
        return 4 * share(0, at) * share(1, at);
    }

    /** Writes the nodes about a place and the share that each has in it; returns how many. */
    static int about(Geometry nodes, double[] place, int[] node, double[] shares) {
        double i = along(nodes, 0, place);
        double j = along(nodes, 1, place);
        double k = along(nodes, 2, place);
        int met = 0;
        for (int corner = 0; corner < 8; corner++) {
            double share = share(corner, i, j, k);
            if (share > 0) {
                node[met] = node(nodes, corner, i, j, k);
                shares[met++] = share;
            }
        }
        return met;
    }

    /** Returns where a place lies along an axis in nodes, that of the border beyond it. */
    private static double along(Geometry nodes, int axis, double[] place) {
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            sum += nodes.direction().get(3 * r + axis) * (place[r] - nodes.originMm().get(r));
        }
        return Math.max(0, Math.min(nodes.size(axis) - 1, sum / nodes.spacing(axis)));
    }

    private static double share(int corner, double i, double j, double k) {
        return share(corner & 1, i) * share(corner >> 1 & 1, j) * share(corner >> 2, k);
    }

    private static double share(int side, double at) {
        double above = at - (int) at;
        return side == 0 ? 1 - above : above;
    }

    private static int node(Geometry nodes, int corner, double i, double j, double k) {
        return nodes.index(
                (int) i + (corner & 1), (int) j + (corner >> 1 & 1), (int) k + (corner >> 2));
    }

    /** Returns this many times the same. */
    ErrorCovariance times(double factor) {
        Numbers none = Numbers.of(new double[mm2.size()]);
        Numbers flat = Numbers.of(new double[sagMm2.size()]);
        return new ErrorCovariance(nodes, sum(none, factor, mm2), sum(flat, factor, sagMm2));
    }

    /** Returns the covariance of this error and another, on the same nodes, together. */
    ErrorCovariance plus(ErrorCovariance other) {
        return new ErrorCovariance(nodes, sum(mm2, 1, other.mm2), sum(sagMm2, 1, other.sagMm2));
    }

    private static Numbers sum(Numbers a, double factor, Numbers b) {
        double[] sum = a.toArray();
        for (int n = 0; n < sum.length; n++) {
            sum[n] += factor * b.get(n);
        }
        return Numbers.of(sum);
    }

    /**
     * Returns the same with an error more that is alike everywhere and in all directions of the
     * image.
     *
     * @param meanMm its mean length
     */
    ErrorCovariance plusAlike(double meanMm) {
        double s = meanMm / meanLength(nodes);
        double[] sum = mm2.toArray();
        for (int a = 0; a < 3; a++) {
            if (nodes.size(a) > 1) {
                double[] axis = new double[3];
                for (int r = 0; r < 3; r++) {
                    axis[r] = nodes.direction().get(3 * r + a);
                }
                for (int n = 0; n < nodes.voxels(); n++) {
                    add(sum, PARTS * n, s * s, axis);
                }
            }
        }
        return new ErrorCovariance(nodes, Numbers.of(sum), sagMm2);
    }

    /**
     * Returns the same seen from elsewhere.
     *
     * @param frame moves places without changing lengths; may mirror
     */
    ErrorCovariance seen(Affine frame) {
        double[] origin = nodes.originMm().toArray();
        frame.apply(origin);
        double[] direction = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                for (int q = 0; q < 3; q++) {
                    direction[3 * r + c] += frame.get(r, q) * nodes.direction().get(3 * q + c);
                }
            }
        }
        Geometry there =
                new Geometry(
                        nodes.ni(),
                        nodes.nj(),
                        nodes.nk(),
                        nodes.spacingMm(),
                        Numbers.of(origin),
                        Numbers.of(direction));
        return new ErrorCovariance(there, turned(frame, mm2), turned(frame, sagMm2));
    }

    private static Numbers turned(Affine frame, Numbers from) {
        double[] turned = new double[from.size()];
        for (int n = 0; n < turned.length; n++) {
            int part = n % PARTS;
            int row = part < 3 ? 0 : part < 5 ? 1 : 2;
            int column = part < 3 ? part : part < 5 ? part - 2 : 2;
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    double element = from.get(n - part + part(r, c));
                    turned[n] += frame.get(row, r) * frame.get(column, c) * element;
                }
            }
        }
        return Numbers.of(turned);
    }

    /**
     * Returns the mean length of a standard normal shift along the axes of a grid that have
     * neighbours: {@code √(2/π), √(π/2), √(8/π)} for 1, 2, 3 of them.
     */
    public static double meanLength(Geometry grid) {
        int axes = 0;
        for (int a = 0; a < 3; a++) {
            axes += grid.size(a) > 1 ? 1 : 0;
        }
        return axes < 2
                ? Math.sqrt(2 / Math.PI)
                : axes == 2 ? Math.sqrt(Math.PI / 2) : Math.sqrt(8 / Math.PI);
    }
}
